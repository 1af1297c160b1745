package org.encore.data.sets.pairs;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.encore.api.option.Option;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Example;
import org.encore.api.task.TaskData.Pair;
import org.encore.data.sets.Buckets;
import org.encore.data.sets.Splits;

/**
 * Sources and targets in files of the user's. What has no file of its own is taken from the training file by a hash of the source: 10 of 100 for the
 * test, 5 for development. Held-out lines of the same source are one example with several references.
 */
public final class TextPairs implements Task<TextPairs.Options> {

    private static final int TEST = 10;
    private static final int DEVELOPMENT = 15;

    /** How letters with accents are written. */
    public enum Letters {
        /** As in the files. */
        AS_WRITTEN,
        /** Composed (NFC), so that equal letters are equal symbols. */
        COMPOSED
    }

    /**
     * @param train file to learn from
     * @param development file for choosing
     * @param test file that is scored once
     * @param format of all files
     * @param source column or key
     * @param target column or key
     * @param header whether TSV files begin with a line of names
     * @param letters how accents are written
     * @param metrics ids
     * @param licence for model cards
     */
    public record Options(
            @Option(help = "file to learn from: TSV or JSON lines, .gz too; a relative path begins at the experiment file") Path train,
            @Option(help = "file for choosing; if left out, 5 of 100 sources of the training file") Optional<Path> development,
            @Option(help = "file that is scored once; if left out, 10 of 100 sources of the training file") Optional<Path> test,
            @Option(value = "by-name", help = "what lines are; by-name: JSON in .jsonl, .ndjson and .json, else columns") Format format,
            @Option(help = "column (number, or name in the first line) or key of the source; 1 or 'source' if left out") Optional<String> source,
            @Option(help = "column or key of the target; 2 or 'target' if left out") Optional<String> target,
            @Option(value = "false", help = "whether the first line of TSV files has names; a column that is given by name implies it")
            boolean header,
            @Option(value = "as-written", help = "letters with accents as in the files, or composed (NFC)") Letters letters,
            @Option(value = "[exact-match]", help = "what outputs are scored by, the primary metric first") List<String> metrics,
            @Option(help = "under what terms the data may be used, a sentence for model cards") Optional<String> licence) {

        public Options {
            metrics = List.copyOf(metrics);
            if (metrics.isEmpty()) {
                throw new IllegalArgumentException("metrics: give one at least, such as [exact-match]");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public String licence(Options options) {
        return options.licence().orElse("");
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        List<Row> all = read(options.train(), options, files);
        List<Row> train = all.stream().filter(row -> !heldOut(row, options)).toList();
        List<Example> development = examples(options.development().map(file -> read(file, options, files))
                .orElseGet(() -> all.stream().filter(row -> Buckets.of(row.source()) >= TEST && Buckets.of(row.source()) < DEVELOPMENT).toList()));
        List<Example> test = examples(options.test().map(file -> read(file, options, files))
                .orElseGet(() -> all.stream().filter(row -> Buckets.of(row.source()) < TEST).toList()));
        if (train.isEmpty() || development.isEmpty() || test.isEmpty()) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s: %,d pairs are too few to be split by a hash (%,d training pairs, "
                    + "%,d development, %,d test examples). Give options 'development' and 'test' files of their own.", options.train(), all.size(),
                    train.size(), development.size(), test.size()));
        }
        List<Pair> pairs = train.stream().flatMap(row -> row.targets().stream().map(target -> new Pair(row.source(), target))).toList();
        return Splits.of(pairs, development, test).data(description(options, pairs, development, test), "bpe", options.metrics());
    }

    private static boolean heldOut(Row row, Options options) {
        int bucket = Buckets.of(row.source());
        return options.test().isEmpty() && bucket < TEST || options.development().isEmpty() && bucket >= TEST && bucket < DEVELOPMENT;
    }

    private static List<Row> read(Path file, Options options, DataFiles files) {
        List<Row> rows = RowReader.read(file, options, files.monitor());
        return switch (options.letters()) {
            case AS_WRITTEN -> rows;
            case COMPOSED -> rows.stream().map(row -> new Row(composed(row.source()), row.targets().stream().map(TextPairs::composed).toList()))
                    .toList();
        };
    }

    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static List<Example> examples(List<Row> rows) {
        var references = new LinkedHashMap<String, Set<String>>();
        rows.forEach(row -> references.computeIfAbsent(row.source(), source -> new LinkedHashSet<>()).addAll(row.targets()));
        return references.entrySet().stream().map(entry -> new Example(entry.getKey(), List.copyOf(entry.getValue()))).toList();
    }

    /** Says how many held-out sources training shows too: a score on those is of memory. */
    private static String description(Options options, List<Pair> train, List<Example> development, List<Example> test) {
        Set<String> learnt = train.stream().map(Pair::source).collect(Collectors.toCollection(HashSet::new));
        long seen = Stream.concat(development.stream(), test.stream()).filter(example -> learnt.contains(example.source())).count();
        String split = options.development().isEmpty() || options.test().isEmpty() ? ", split by a hash of the source" : "";
        String leak = seen == 0 ? "" : String.format(Locale.ROOT, ", %,d held-out sources are in training too", seen);
        return "pairs of " + options.train().getFileName() + split + leak;
    }
}
