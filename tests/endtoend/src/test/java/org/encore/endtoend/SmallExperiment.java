package org.encore.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * An experiment on pairs of its own, which trains in a second, and what it leaves on disk.
 *
 * @param folder of its files
 */
record SmallExperiment(Path folder) {

    static final String FILE = "small.yaml";
    private static final String TEXT = """
            name: small
            task: {pairs: {train: pairs.tsv}}
            variants:
              enc: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
            resources: {threads: 1}
            stages: [data, tokenizer, train]
            train: {tokens: 20k, batchTokens: 512, evaluations: 4, evaluationPairs: 16}
            """;
    private static final int PAIRS = 400;

    /** Writes both files. */
    static SmallExperiment in(Path folder) throws IOException {
        var experiment = new SmallExperiment(folder);
        experiment.pairs(1);
        experiment.text(TEXT);
        return experiment;
    }

    static String text() {
        return TEXT;
    }

    void text(String text) throws IOException {
        Files.writeString(folder.resolve(FILE), text);
    }

    /** Words and the same backwards. */
    void pairs(long seed) throws IOException {
        var random = new Random(seed);
        var lines = new StringBuilder();
        for (int i = 0; i < PAIRS; i++) {
            String word = random.ints(3 + random.nextInt(5), 'a', 'k').collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            lines.append(String.join(" ", word.split(""))).append('\t').append(String.join(" ", new StringBuilder(word).reverse().toString().split(""))).append('\n');
        }
        Files.writeString(folder.resolve("pairs.tsv"), lines);
    }

    Encore run(String... more) throws IOException, InterruptedException {
        String[] arguments = Stream.concat(Stream.of("run", FILE), Arrays.stream(more)).toArray(String[]::new);
        return Encore.start(folder, arguments).await();
    }

    /** Folders of finished results. */
    List<Path> results(String stage) throws IOException {
        return results("runs", stage);
    }

    List<Path> results(String runs, String stage) throws IOException {
        Path store = folder.resolve(runs).resolve("store");
        if (!Files.isDirectory(store)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(store)) {
            return folders.filter(p -> p.getFileName().toString().startsWith(stage + "-")).sorted().toList();
        }
    }

    /** The bits of what was trained, all files of it. */
    String trained(String runs) throws IOException {
        var bits = new StringBuilder();
        for (Path result : results(runs, "train")) {
            for (String file : List.of("model.safetensors", "last.safetensors", "development.csv")) {
                bits.append(HexFormat.of().formatHex(Files.readAllBytes(result.resolve(file))));
            }
        }
        return bits.toString();
    }

    /** The newest run. */
    Path newest() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.filter(p -> !p.endsWith("store")).max(java.util.Comparator.naturalOrder()).orElseThrow();
        }
    }
}
