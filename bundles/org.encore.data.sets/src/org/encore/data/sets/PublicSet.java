package org.encore.data.sets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.encore.api.task.DataFile;

/** A data set that others publish, at one version: its files, their digests, and where each may be downloaded from. */
enum PublicSet {
    SIGMORPHON_2020("sigmorphon2020-g2p", "https://raw.githubusercontent.com/sigmorphon/2020/3d9bb3658b6a964ccd127e2a6781665262516bf6/task1/"),
    SIGMORPHON_2021("sigmorphon2021-g2p", "https://raw.githubusercontent.com/sigmorphon/2021-task1/821bcdece5a47820872215969f275004b0abe80c/"),
    SCAN("scan", "https://raw.githubusercontent.com/brendenlake/SCAN/c4b756cbc010d75c912f16c42c8f15dc6b7e6c8f/"),
    COGS("cogs", "https://raw.githubusercontent.com/najoungkim/COGS/165a7b669eade971fa47bf568a2e51925360fed8/data/"),
    CODEXGLUE("codexglue", "https://raw.githubusercontent.com/microsoft/CodeXGLUE/ac74a62802a0dd159b3258c78a2df8ad36cdf2b9/"),
    SQUAD("squad", "https://raw.githubusercontent.com/rajpurkar/SQuAD-explorer/eee5fdbf62f8613a7812b03419e6b29617b74fd1/dataset/",
            "https://rajpurkar.github.io/SQuAD-explorer/dataset/"),
    /** The development sets with the same texts, taken from the pages of the explorer; nobody publishes these files. */
    SQUAD_REBUILT("squad-dev"),
    /** Made from Debian's package descriptions; nobody publishes these files. */
    DEBSUM("debsum");

    private final List<DataFile> files;

    PublicSet(String name, String... addresses) {
        try (InputStream sums = PublicSet.class.getResourceAsStream(name + ".sha256")) {
            files = new String(sums.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split(" +", 2))
                    .map(parts -> new DataFile(name, parts[1], parts[0], addresses(addresses, parts[1]))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the digests of " + name + " cannot be read from the bundle", e);
        }
    }

    private static List<URI> addresses(String[] folders, String path) {
        return Stream.of(folders).map(folder -> URI.create(folder + path)).toList();
    }

    List<DataFile> files() {
        return files;
    }

    /** The file of a path inside the set. */
    DataFile file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + path + " in data set " + this));
    }
}
