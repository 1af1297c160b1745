package org.encore.plugins.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.encore.api.extension.Registry;
import org.encore.plugins.Contents;
import org.encore.plugins.Plugin;
import org.encore.plugins.Plugins;
import org.encore.plugins.tests.guest.Length;
import org.encore.plugins.tests.guest.Steps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

class ContentsTest {

    private static final String STEPS = Jar.extension("schedules", "<schedule id=\"steps\" class=\"org.encore.plugins.tests.guest.Steps\"/>");

    @TempDir
    Path folder;

    @AfterEach
    void takeOut() throws BundleException {
        Loaded.takeOut();
    }

    private Contents contents(Jar jar) throws IOException {
        Plugin plugin = Plugins.load(List.of(jar.in(folder))).getFirst();
        return Contents.of(((Plugin.State.Works) plugin.state()).bundle(), Registry.ofPlatform());
    }

    @Test
    void whatItBringsIsNamed() throws IOException {
        Contents contents = contents(Jar.plugin("x", "1.0.0", Jar.metric("length"), STEPS).with(Length.class).with(Steps.class)
                .with(Steps.Options.class));
        assertThat(contents.problems()).isEmpty();
        assertThat(contents).hasToString("metric 'length', schedule 'steps'");
        assertThat(contents(Jar.bundle("library", "1.0.0"))).hasToString("no extension; for other plug-ins to use");
    }

    @Test
    void aClassThatIsNotThereIsNamed() throws IOException {
        assertThat(contents(Jar.plugin("x", "1.0.0", Jar.metric("length"))).problems())
                .containsExactly("metric 'length' of bundle x 1.0.0 cannot be created: "
                + "there is no class org.encore.plugins.tests.guest.Length. Update or remove the bundle.");
    }

    @Test
    void aClassForANewerJavaIsNamed() throws IOException {
        assertThat(contents(Jar.plugin("x", "1.0.0", Jar.metric("length")).withFuture(Length.class)).problems()).singleElement().asString()
                .startsWith("metric 'length' of bundle x 1.0.0 cannot be created: it was compiled for a newer Java than this, "
                        + Runtime.version().feature());
    }

    @Test
    void aClassOfAnotherKindIsNamed() throws IOException {
        assertThat(contents(Jar.plugin("x", "1.0.0", Jar.extension("tasks", "<task id=\"length\" class=\"org.encore.plugins.tests.guest.Length\"/>"))
                .with(Length.class)).problems())
                .containsExactly("task 'length' of bundle x 1.0.0 is a org.encore.plugins.tests.guest.Length, which does not implement "
                        + "org.encore.api.task.Task");
    }

    @Test
    void anIdThatIsTakenIsNamed() throws IOException {
        assertThat(contents(Jar.plugin("x", "1.0.0", Jar.metric("wer")).with(Length.class)).problems()).singleElement().asString()
                .startsWith("metric 'wer' of bundle x 1.0.0 is left out: the id is taken by bundle org.encore.tasks ");
    }

    @Test
    void aMistakeInPluginXmlIsNamedWithItsPlace() throws IOException {
        assertThat(contents(Jar.plugin("x", "1.0.0", "<extension point=\"org.encore.api.metric\"/>")).problems()).singleElement().asString()
                .startsWith("plugin.xml: there is no extension point 'org.encore.api.metric'. Did you mean 'org.encore.api.metrics'?");
        assertThat(contents(Jar.plugin("y", "1.0.0", Jar.extension("metrics", "<metrics id=\"length\"/>"))).problems())
                .containsExactly("plugin.xml: an extension of org.encore.api.metrics holds <metric>, not <metrics>");
        assertThat(contents(Jar.plugin("z", "1.0.0", "<extension>")).problems()).singleElement().asString().startsWith("plugin.xml:4:");
    }

    /** The virtual machine leaves out an annotation that it cannot load, without a word. */
    @Test
    void optionsWhoseDefaultsAreNotSeenAreNamed() throws IOException {
        assertThat(contents(Jar.plugin("x", "1.0.0", STEPS).header("Import-Package", "org.encore.api.training").with(Steps.class)
                .with(Steps.Options.class)).problems())
                .containsExactly("schedule 'steps' of bundle x 1.0.0: defaults and help of its options are not seen, because its manifest does not "
                        + "import org.encore.api.option");
    }
}
