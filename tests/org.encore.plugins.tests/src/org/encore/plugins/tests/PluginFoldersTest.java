package org.encore.plugins.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.encore.plugins.PluginFolders;
import org.junit.jupiter.api.Test;

class PluginFoldersTest {

    private static List<Path> folders(Map<String, String> environment) {
        return PluginFolders.of(environment, Path.of("/home/ada")).folders();
    }

    @Test
    void pluginsLieWhereTheDataOfTheUserLie() {
        assertThat(folders(Map.of())).containsExactly(Path.of("/home/ada/.local/share/encore/plugins"));
        assertThat(folders(Map.of("XDG_DATA_HOME", ""))).containsExactly(Path.of("/home/ada/.local/share/encore/plugins"));
        assertThat(folders(Map.of("XDG_DATA_HOME", "/data/ada"))).containsExactly(Path.of("/data/ada/encore/plugins"));
    }

    @Test
    void theUserNamesOthersOrNone() {
        assertThat(folders(Map.of("ENCORE_PLUGINS", "/mine::/ours", "XDG_DATA_HOME", "/data"))).containsExactly(Path.of("/mine"), Path.of("/ours"));
        assertThat(folders(Map.of("ENCORE_PLUGINS", ""))).isEmpty();
        assertThatThrownBy(() -> new PluginFolders(List.of()).first()).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ENCORE_PLUGINS is set to nothing, so there is no folder for plug-ins. Unset it, or name a folder.");
    }

    @Test
    void aFolderThatIsNotThereHoldsNone() {
        assertThat(new PluginFolders(List.of(Path.of("/not/there"))).jars()).isEmpty();
    }
}
