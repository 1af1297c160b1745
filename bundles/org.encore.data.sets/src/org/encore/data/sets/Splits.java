package org.encore.data.sets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

import org.encore.api.Sha256;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Example;
import org.encore.api.task.TaskData.Pair;

/**
 * Pairs to learn from, and held-out examples.
 *
 * @param tests by name of the set, the one that counts first
 */
public record Splits(List<Pair> train, List<Example> development, SequencedMap<String, List<Example>> tests) {

    /** With one test set. */
    public static Splits of(List<Pair> train, List<Example> development, List<Example> test) {
        var tests = new LinkedHashMap<String, List<Example>>();
        tests.put("test", test);
        return new Splits(train, development, tests);
    }

    /** Each pair as an example with its one reference. */
    public static List<Example> examples(List<Pair> pairs) {
        return pairs.stream().map(pair -> new Example(pair.source(), List.of(pair.target()))).toList();
    }

    /**
     * The data of a task. Their digest is of all sources and references, in order, by split.
     *
     * @param source what the data are and where they come from; the counts follow it
     * @param tokenizer as one would write it in an experiment
     * @param metrics ids, the primary one first
     */
    public TaskData data(String source, String tokenizer, List<String> metrics) {
        return new TaskData(source + ": " + counts(), digest(), tokenizer, train, development, tests, metrics);
    }

    private String counts() {
        var counts = new StringBuilder(String.format(Locale.ROOT, "%,d training pairs, %,d development", train.size(), development.size()));
        tests.forEach((name, examples) -> counts.append(String.format(Locale.ROOT, ", %,d %s", examples.size(), name)));
        return counts.append(" examples").toString();
    }

    private String digest() {
        MessageDigest sha256 = Sha256.digest();
        number(sha256, train.size());
        train.forEach(pair -> texts(sha256, List.of(pair.source(), pair.target())));
        var heldOut = new LinkedHashMap<>(tests);
        heldOut.putFirst(TaskData.DEVELOPMENT, development);
        heldOut.forEach((name, examples) -> {
            texts(sha256, List.of(name));
            number(sha256, examples.size());
            examples.forEach(example -> {
                texts(sha256, List.of(example.source()));
                number(sha256, example.references().size());
                texts(sha256, example.references());
            });
        });
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void texts(MessageDigest digest, List<String> texts) {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(digest, bytes.length);
            digest.update(bytes);
        }
    }

    private static void number(MessageDigest digest, int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }
}
