package org.encore.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window as a user starts it, on the display that the test command has. */
class WindowTest {

    private static final long PATIENCE_MILLIS = 120_000;

    @TempDir
    private Path folder;

    @Test
    void aWindowThatClosesLeavesItsClassesToTheNextOne() throws Exception {
        openAndClose("");
        Path archive = folder.resolve("cache/encore/window.jsa");
        assertThat(archive).as("the archive of classes").exists();
        Path loaded = folder.resolve("loaded.txt");
        openAndClose("-Xlog:class+load:file=" + loaded);
        assertThat(Files.readString(loaded)).as("where classes came from")
                .contains("org.encore.workbench.WorkbenchApplication source: shared objects file (top)");
    }

    private void openAndClose(String javaOptions) throws IOException, InterruptedException {
        Path log = folder.resolve("state/encore/workbench/.metadata/.log");
        Files.deleteIfExists(log);
        Encore window = Encore.start(folder, Map.of("XDG_STATE_HOME", folder.resolve("state").toString(), "XDG_CACHE_HOME", folder.resolve("cache").toString(),
                "ENCORE_JAVA_OPTIONS", javaOptions), "workbench");
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!Files.exists(log) || !Files.readString(log).contains("the window is ready")) {
            assertThat(System.currentTimeMillis()).as("the window did not come up: " + window.out() + window.err()).isLessThan(end);
            Thread.sleep(50);
        }
        window.signal("TERM");
        window.await();
    }
}
