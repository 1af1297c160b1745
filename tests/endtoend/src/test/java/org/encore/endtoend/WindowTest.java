package org.encore.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window as a user starts it, on the display that the test command has. */
class WindowTest {

    private static final long PATIENCE_MILLIS = 120_000;
    private static final String UNUSED = "org.eclipse.ui.dialogs.ListDialog";

    @TempDir
    private Path folder;

    @Test
    void aWindowThatClosesLeavesItsClassesToTheNextOne() throws Exception {
        openAndClose("");
        Path archive = folder.resolve("my cache/encore/window.jsa");
        assertThat(archive).as("the archive of classes").exists();
        Path classes = folder.resolve("my cache/encore/window.classes");
        assertThat(classes).as("where it found its classes").content().contains("org.encore.workbench.WorkbenchApplication source: file:").doesNotContain(UNUSED + " ");
        // one that no window needs as it opens, and some that are not there
        Files.writeString(classes, "no.such.Type source: file:/org.eclipse.jface_3.0.0.jar\nno.such.Type source: file:/no.such.bundle_1.0.0.jar\n.jar\n"
                + UNUSED + " source: file:/elsewhere/org.eclipse.ui.workbench_3.0.0.jar\n" + Files.readString(classes));
        Path loaded = folder.resolve("loaded.txt");
        openAndClose("-Xlog:class+load:file=" + loaded);
        assertThat(Files.readString(loaded)).as("where classes came from")
                .contains("org.encore.workbench.WorkbenchApplication source: shared objects file (top)").contains(UNUSED);
    }

    @Test
    void aSignalClosesTheWindowInGoodOrderAndWhatIsStartedByItWaitsForThat() throws Exception {
        Encore first = start(Map.of());
        awaitReady(first);
        Encore second = start(Map.of("ENCORE_RESTARTED", "true"));
        Files.delete(log());
        first.signal("TERM");
        first.await();
        assertThat(log().resolveSibling(".plugins/org.eclipse.e4.workbench/workbench.xmi")).as("how it was left").exists();
        awaitReady(second); // in the same workspace
        second.signal("TERM");
        second.await();
    }

    private void openAndClose(String javaOptions) throws IOException, InterruptedException {
        Files.deleteIfExists(log());
        Encore window = start(Map.of("ENCORE_JAVA_OPTIONS", javaOptions));
        awaitReady(window);
        window.signal("TERM");
        window.await();
    }

    private Path log() {
        return folder.resolve("state/encore/workbench/.metadata/.log");
    }

    private Encore start(Map<String, String> environment) throws IOException {
        var all = new HashMap<>(environment);
        all.put("XDG_STATE_HOME", folder.resolve("state").toString());
        all.put("XDG_CACHE_HOME", folder.resolve("my cache").toString());
        return Encore.start(folder, all, "workbench");
    }

    private void awaitReady(Encore window) throws IOException, InterruptedException {
        Path log = log();
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!Files.exists(log) || !Files.readString(log).contains("the window is ready")) {
            assertThat(System.currentTimeMillis()).as("the window did not come up: " + window.out() + window.err()).isLessThan(end);
            Thread.sleep(50);
        }
    }
}
