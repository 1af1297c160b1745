package org.encore.plugins.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.encore.plugins.NoPlugin;
import org.encore.plugins.PluginFile;
import org.encore.plugins.PluginFolders;
import org.encore.plugins.install.Incoming;
import org.encore.plugins.install.PluginStore;
import org.encore.plugins.install.Trial;
import org.encore.plugins.tests.guest.Length;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

class InstallTest {

    static final Incoming.Network NO_NETWORK = (address, file) -> {
        throw new IOException(address + " cannot be fetched: there is no network");
    };

    @TempDir
    Path folder;

    private Path scratch;
    private Path plugins;

    @BeforeEach
    void makeFolders() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
        plugins = folder.resolve("a/b/plugins");
    }

    @AfterEach
    void takeOut() throws BundleException {
        Loaded.takeOut();
    }

    private List<Path> jars(String what, String sha256) throws IOException {
        return new Incoming(scratch, NO_NETWORK).jars(what, sha256);
    }

    private static Jar length(String version) throws IOException {
        return Jar.plugin("com.example.length", version, Jar.metric("length")).with(Length.class);
    }

    private static PluginFile read(Path jar) throws IOException {
        try {
            return PluginFile.read(jar);
        } catch (NoPlugin e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsDisabledStaysInItsFolderAndIsNotLoadedUntilItIsEnabled() throws IOException {
        var store = new PluginStore(plugins);
        assertThat(store.disabled()).as("there is no folder yet").isEmpty();
        store.put(read(length("1.0.0").in(folder)));
        Jar.bundle("other", "1.0.0").in(plugins);
        assertThat(store.disable("com.example.length")).hasSize(1);
        assertThat(new PluginFolders(List.of(plugins)).jars()).extracting(jar -> jar.getFileName().toString()).singleElement().asString()
                .startsWith("other");
        assertThat(store.disabled()).extracting(PluginFile::name).containsExactly("com.example.length");
        assertThat(store.disable("com.example.length")).as("it is set aside already").isEmpty();
        assertThat(store.enable("com.example.length")).hasSize(1);
        assertThat(new PluginFolders(List.of(plugins)).jars()).hasSize(2);
        assertThat(store.disabled()).isEmpty();
        assertThat(store.enable("nothing")).isEmpty();
    }

    @Test
    void aNewVersionTakesThePlaceOfTheOldOneWhateverItsFileIsCalled() throws IOException {
        var store = new PluginStore(plugins);
        assertThat(store.put(read(length("1.0.0").in(folder)))).isEmpty();
        length("0.9.0").to(plugins.resolve("dropped.jar"));
        Jar.bundle("other", "1.0.0").in(plugins);
        assertThat(store.put(read(length("1.1.0").in(folder)))).extracting(file -> file.version().toString())
                .containsExactlyInAnyOrder("1.0.0", "0.9.0");
        assertThat(PluginFolders.jarsIn(plugins)).extracting(Path::getFileName).extracting(Path::toString)
                .containsExactly("com.example.length_1.1.0.jar", "other-1.0.0.jar");
        assertThat(store.put(read(length("1.1.0").in(folder)))).as("the same again").hasSize(1);
        assertThat(store.remove("com.example.length")).hasSize(1);
        assertThat(plugins).isDirectoryContaining("glob:**other-1.0.0.jar").isDirectoryNotContaining("glob:**length*")
                .isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFolderThatCannotBeWrittenToIsToldAndLeftAsItWas() throws IOException {
        Files.writeString(folder.resolve("file"), "in the way");
        PluginFile plugin = read(length("1.0.0").in(folder));
        assertThatThrownBy(() -> new PluginStore(folder.resolve("file/plugins")).put(plugin)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot put a plug-in into " + folder.resolve("file/plugins") + ": ")
                .hasMessageEndingWith(". It is as before.");
    }

    @Test
    void aTrialShowsWhatItBringsOrRefuses() throws IOException {
        var folders = new PluginFolders(List.of(plugins));
        new PluginStore(plugins).put(read(length("1.0.0").in(folder)));
        Trial trial = Trial.of(List.of(length("2.0.0").in(folder)), folders);
        assertThat(trial.incoming().values()).extracting(Object::toString).containsExactly("metric 'length'");
        assertThat(trial.others()).isEmpty();
    }

    @Test
    void aTrialRefusesWhatDoesNotWorkAndNamesEveryReason() throws IOException {
        var folders = new PluginFolders(List.of(plugins));
        Path missing = Jar.bundle("missing", "1.0.0").header("Import-Package", "com.example.gone").in(folder);
        Path empty = Jar.plugin("empty", "1.0.0", Jar.metric("length")).in(folder);
        assertThatThrownBy(() -> Trial.of(List.of(missing, empty), folders)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("missing 1.0.0 does not work here: it needs package com.example.gone, which is not here. (missing-1.0.0.jar)\n"
                        + "empty 1.0.0 does not work here: metric 'length' of bundle empty 1.0.0 cannot be created: there is no class "
                        + "org.encore.plugins.tests.guest.Length. Update or remove the bundle. (empty-1.0.0.jar)");
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertThatThrownBy(() -> Trial.of(List.of(text), folders)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text.jar is no plug-in: it is damaged, or no jar at all: zip END header not found.");
        Path twice = Jar.bundle("missing", "2.0.0").in(folder);
        assertThatThrownBy(() -> Trial.of(List.of(twice, Jar.bundle("missing", "3.0.0").in(folder)), folders))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing 2.0.0 does not work here: version 3.0.0 of it is used, which is ");
    }

    @Test
    void foldersGiveTheirJarsWithoutWhatBuildsLeaveBeside() throws IOException {
        length("1.0.0").to(folder.resolve("x-1.0.0.jar"));
        new Jar().to(folder.resolve("x-1.0.0-sources.jar"));
        new Jar().to(folder.resolve("x-1.0.0-javadoc.jar"));
        assertThat(jars(folder.toString(), "")).containsExactly(folder.resolve("x-1.0.0.jar"));
        Files.createDirectories(folder.resolve("project/target"));
        assertThatThrownBy(() -> jars(folder.resolve("project").toString(), "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("folder " + folder.resolve("project") + " holds no jar. Did you mean " + folder.resolve("project/target") + "?");
        assertThatThrownBy(() -> jars("gone.jar", "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no gone.jar. Give a jar, a zip of jars, a folder of jars, or an address (https: or file:).");
    }

    @Test
    void addressesAreFetchedAndWhatIsNotWhatWasMeantIsRefused() throws IOException {
        Path jar = length("1.0.0").in(folder);
        String digest = java.util.HexFormat.of().formatHex(sha256(jar));
        assertThat(jars(jar.toUri().toString(), digest.toUpperCase(java.util.Locale.ROOT))).singleElement().satisfies(fetched -> {
            assertThat(fetched).hasSameBinaryContentAs(jar);
            assertThat(fetched).startsWith(scratch);
        });
        String other = "0".repeat(64);
        assertThatThrownBy(() -> jars(jar.toString(), other)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(jar + " has SHA-256 " + digest + ", not " + other + ". It is another file than was meant: nothing was installed.");
        assertThatThrownBy(() -> jars("http://example.com/x.jar", "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("http://example.com/x.jar: plug-ins come by https: or file:, so that nobody on the way can change them");
        assertThatThrownBy(() -> jars("https://example.com/x.jar", "")).isInstanceOf(IOException.class)
                .hasMessage("https://example.com/x.jar cannot be fetched: there is no network");
        assertThatThrownBy(() -> jars("https://example.com/", "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("https://example.com/ names no file. Give the address of a jar or a zip.");
    }

    private static byte[] sha256(Path file) throws IOException {
        try {
            return java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
