package org.encore.plugins.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.encore.api.Monitor;
import org.encore.api.Unavailable;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.experiment.job.JobFile;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.store.Digests;
import org.encore.plugins.Plugins;
import org.encore.plugins.tests.guest.Length;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

/** Results are named by the code they came from, so a plug-in that is built anew must not find those of its older self. */
class CodeOfPluginsTest {

    @TempDir
    Path folder;

    @AfterEach
    void takeOut() throws BundleException {
        Loaded.takeOut();
    }

    private String digest(Jar... jars) throws IOException, BundleException {
        Loaded.takeOut();
        var files = new ArrayList<Path>();
        for (Jar jar : jars) {
            files.add(jar.in(folder));
        }
        Plugins.load(files);
        return Digests.code(Registry.ofPlatform().find(ExtensionPoint.METRICS, "length").get().getClass());
    }

    private static Jar length() throws IOException {
        return Jar.plugin("com.example.length", "1.0.0", Jar.metric("length")).with(Length.class);
    }

    @Test
    void theSameContentHasTheSameDigestAndAnyOtherAnother() throws Exception {
        String plain = digest(length());
        assertThat(digest(length().header("Built-On", "another day"))).isEqualTo(plain);
        assertThat(digest(length().with("words.txt", "a b c"))).as("a table that it reads").isNotEqualTo(plain);
        assertThat(digest(length().with("lib/library.jar", "in it"))).as("a library inside").isNotEqualTo(plain);
    }

    @Test
    void aPluginThatItUsesCountsToo() throws Exception {
        String needs = "org.encore.api.task,org.encore.api.option,com.example.library";
        Jar user = length().header("Import-Package", needs);
        String one = digest(user, Jar.bundle("library", "1.0.0").header("Export-Package", "com.example.library")
                .with("com/example/library/x.txt", "1"));
        assertThat(digest(user, Jar.bundle("library", "1.0.0").header("Export-Package", "com.example.library")
                .with("com/example/library/x.txt", "2"))).isNotEqualTo(one);
    }

    @Test
    void aWorkerThatHasAnotherPluginThanThePlanRefusesTheJob() throws Exception {
        assertThat(Digests.plugins()).isEmpty();
        digest(length());
        String then = Digests.plugins().get("com.example.length");
        Path job = Files.writeString(folder.resolve("job.yaml"), "plugins: {com.example.length: " + then + "}\nkey: x\n");
        var files = new JobFile(Registry.ofPlatform(), new Corpora(Registry.ofPlatform(), new NoFiles(), folder));
        assertThatThrownBy(() -> files.read(job)).as("the rest of the file is looked at").isNotInstanceOf(Unavailable.class);
        for (Optional<Jar> now : List.of(Optional.of(length().with("words.txt", "new")), Optional.<Jar>empty())) {
            Loaded.takeOut();
            if (now.isPresent()) {
                Plugins.load(List.of(now.get().in(folder)));
            }
            assertThatThrownBy(() -> files.read(job)).isInstanceOf(Unavailable.class)
                    .hasMessage("plug-in com.example.length was changed or removed while the run went on. "
                    + "Run it again: what is finished and does not depend on it is kept.");
        }
    }

    private static final class NoFiles implements DataFiles {
        @Override
        public Path find(DataFile file) {
            throw new Unavailable("no files here", "");
        }

        @Override
        public Monitor monitor() {
            return Monitor.NONE;
        }
    }
}
