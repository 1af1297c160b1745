package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import org.encore.api.Monitor;
import org.encore.api.Unavailable;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.ConfigNode.Scalar;
import org.encore.api.option.Problems;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Example;
import org.encore.api.task.TaskData.Pair;
import org.encore.data.sets.Buckets;
import org.encore.data.sets.pairs.TextPairs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as users have them, and every way in which they may be wrong. */
class TextPairsTest {

    private static final TextPairs PAIRS = new TextPairs();

    @TempDir
    Path folder;

    private Path write(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    /** Options as in an experiment file that lies in the folder. */
    private TaskData load(Object... namesAndValues) {
        return load(Monitor.NONE, namesAndValues);
    }

    private TaskData load(Monitor monitor, Object... namesAndValues) {
        var at = new Position(folder.resolve("experiment.yaml").toString(), 1, 1);
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            ConfigNode value = new Scalar(String.valueOf(namesAndValues[i + 1]), at);
            entries.add(new Entry(new Scalar((String) namesAndValues[i], at), value));
        }
        var problems = new Problems();
        var options = new Binder(new Registry(point -> List.of()), problems).bind(TextPairs.Options.class, new Mapping(entries, at), at);
        problems.throwIfAny();
        return PAIRS.load(options.orElseThrow(), new DataFiles() {
            @Override
            public Path find(DataFile file) {
                throw new AssertionError("pairs are no public data");
            }

            @Override
            public Monitor monitor() {
                return monitor;
            }
        });
    }

    private TaskData threeFiles(Object... more) throws IOException {
        write("dev.tsv", "d1\tx", "d2\ty", "d1\tz", "d1\tx");
        write("test.tsv", "t\tu");
        var all = new ArrayList<Object>(List.of("development", "dev.tsv", "test", "test.tsv"));
        all.addAll(List.of(more));
        return load(all.toArray());
    }

    @Test
    void linesOfTheSameSourceAreOneExampleWithSeveralReferences() throws IOException {
        write("train.tsv", "a\tA", "a\tB", "b\tB\tmore");
        TaskData data = threeFiles("train", "train.tsv");
        assertThat(data.train()).containsExactly(new Pair("a", "A"), new Pair("a", "B"), new Pair("b", "B"));
        assertThat(data.development()).containsExactly(new Example("d1", List.of("x", "z")), new Example("d2", List.of("y")));
        assertThat(data.description()).isEqualTo("pairs of train.tsv: 3 training pairs, 2 development, 1 test examples");
        assertThat(data.tokenizer()).isEqualTo("bpe");
        assertThat(data.metrics()).containsExactly("exact-match");
    }

    @Test
    void columnsMayBeNumberedOrNamed() throws IOException {
        write("n.tsv", "1\ten\tde", "2\tcat\tKatze");
        write("train.tsv", "source\ttarget", "x\ty");
        write("h.tsv", "id\ten\tde", "1\tdog\tHund");
        assertThat(load("train", "h.tsv", "development", "h.tsv", "test", "h.tsv", "source", "en", "target", "de").train())
                .containsExactly(new Pair("dog", "Hund"));
        assertThat(load("train", "n.tsv", "development", "n.tsv", "test", "n.tsv", "source", "2", "target", "3").train())
                .containsExactly(new Pair("en", "de"), new Pair("cat", "Katze"));
        assertThat(load("train", "h.tsv", "development", "h.tsv", "test", "h.tsv", "source", "3", "target", "2", "header", "true").train())
                .containsExactly(new Pair("Hund", "dog"));
        assertThat(load("train", "train.tsv", "development", "train.tsv", "test", "train.tsv", "header", "true").train())
                .containsExactly(new Pair("x", "y"));
        assertThatThrownBy(() -> load("train", "h.tsv", "development", "h.tsv", "test", "h.tsv", "source", "eng"))
                .hasMessage(folder.resolve("h.tsv") + ":1: no column 'eng' for option 'source'. Did you mean 'en'? Valid: id, en, de.");
    }

    @Test
    void jsonLinesMayHaveSeveralTargetsAndBePacked() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("train.jsonl.gz")))) {
            out.write("{\"q\": \"two\\nlines\", \"a\": [\"x\", \"y\"]}\n{\"q\": \"n\", \"a\": 7}".getBytes(StandardCharsets.UTF_8));
        }
        write("dev.jsonl", "{\"q\": \"d\", \"a\": [\"x\", \"y\"], \"other\": null}");
        TaskData data = load("train", "train.jsonl.gz", "development", "dev.jsonl", "test", "dev.jsonl", "source", "q", "target", "a");
        assertThat(data.train()).containsExactly(new Pair("two\nlines", "x"), new Pair("two\nlines", "y"), new Pair("n", "7"));
        assertThat(data.development()).containsExactly(new Example("d", List.of("x", "y")));
    }

    @Test
    void onlyALineFeedEndsALine() throws IOException {
        Files.write(folder.resolve("train.tsv"), "\ufeffa\u2028b\tA\u0085\r\nc\tC\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(threeFiles("train", "train.tsv").train()).containsExactly(new Pair("a\u2028b", "A\u0085"), new Pair("c", "C"));
    }

    @Test
    void lettersMayBeComposed() throws IOException {
        write("train.tsv", "e\u0301\tE\u0301");
        assertThat(threeFiles("train", "train.tsv").train()).containsExactly(new Pair("e\u0301", "E\u0301"));
        assertThat(threeFiles("train", "train.tsv", "letters", "composed").train()).containsExactly(new Pair("é", "É"));
    }

    @Test
    void oneFileIsSplitByAHashOfTheSourceWhateverTheOrder() throws IOException {
        List<String> lines = IntStream.range(0, 2000).mapToObj(i -> "word" + i % 1900 + "\tW" + i).toList();
        write("a.tsv", lines.toArray(String[]::new));
        write("b.tsv", lines.reversed().toArray(String[]::new));
        TaskData data = load("train", "a.tsv");
        assertThat(data.train()).allMatch(pair -> Buckets.of(pair.source()) >= 15);
        assertThat(data.test()).allMatch(example -> Buckets.of(example.source()) < 10);
        assertThat(data.train().size() + data.heldOut().values().stream().flatMap(List::stream).mapToInt(e -> e.references().size()).sum())
                .isEqualTo(2000);
        assertThat(data.test().size()).isBetween(150, 230);
        assertThat(data.description()).startsWith("pairs of a.tsv, split by a hash of the source: ");
        assertThat(load("train", "b.tsv").test().stream().map(Example::source).collect(Collectors.toSet()))
                .isEqualTo(data.test().stream().map(Example::source).collect(Collectors.toSet()));
        assertThat(load("train", "a.tsv").digest()).isEqualTo(data.digest()).isNotEqualTo(load("train", "b.tsv").digest());
    }

    @Test
    void whatHasAFileOfItsOwnIsNotTakenFromTraining() throws IOException {
        write("train.tsv", IntStream.range(0, 400).mapToObj(i -> "word" + i + "\tW").toArray(String[]::new));
        write("test.tsv", "word1\tW", "new\tW");
        TaskData data = load("train", "train.tsv", "test", "test.tsv");
        assertThat(data.test()).hasSize(2);
        assertThat(data.train().size() + data.development().size()).isEqualTo(400);
        assertThat(data.description()).contains(", split by a hash of the source, 1 held-out sources are in training too: ");
    }

    @Test
    void tooFewPairsToSplitAreTold() throws IOException {
        Path file = write("train.tsv", "a\tA");
        assertThatThrownBy(() -> load("train", "train.tsv")).hasMessageStartingWith(file + ": 1 pairs are too few to be split by a hash (")
                .hasMessageEndingWith("Give options 'development' and 'test' files of their own.");
    }

    @Test
    void everyMalformedLineIsToldWithItsPlace() throws IOException {
        Path file = write("train.tsv", "a\tA", "b", "", "\tC", "c\tC", "x".repeat(100));
        assertThatThrownBy(() -> threeFiles("train", "train.tsv")).hasMessage(String.join("\n",
                file + ":2: expected 2 columns with tabs between, found 1: 'b'",
                file + ":3: expected 2 columns with tabs between, found 1: ''",
                file + ":4: expected a source, but it is empty",
                file + ":6: expected 2 columns with tabs between, found 1: '" + "x".repeat(60) + "…'"));
    }

    @Test
    void ofManyMalformedLinesTheFirstFiveAreShownAndTheOthersCounted() throws IOException {
        Path file = write("train.tsv", IntStream.range(0, 12).mapToObj(i -> "bad" + i).toArray(String[]::new));
        assertThatThrownBy(() -> threeFiles("train", "train.tsv")).hasMessageStartingWith(file + ":1: ").hasMessageEndingWith(
                file + ":5: expected 2 columns with tabs between, found 1: 'bad4'\nand 7 more lines that cannot be used");
    }

    @Test
    void malformedJsonIsToldWithItsPlace() throws IOException {
        Path file = write("train.jsonl", "{\"source\": \"a\", \"target\": \"b\"}", "{\"source\": \"a\"", "[1]",
                "{\"sorce\": \"a\", \"target\": \"b\"}",
                "{\"source\": \"a\", \"target\": []}", "{\"source\": \"a\", \"target\": {\"x\": 1}}");
        assertThatThrownBy(() -> threeFiles("train", "train.jsonl")).hasMessage(String.join("\n",
                file + ":2: expected a JSON object, found '{\"source\": \"a\"'",
                file + ":3: expected a JSON object, found '[1]'",
                file + ":4: expected a key 'source'. Did you mean 'sorce'? Valid: sorce, target.",
                file + ":5: expected a target, but the list is empty",
                file + ":6: expected a text as 'target', found '{\"x\":1}'"));
    }

    @Test
    void filesThatAreNoneAreTold() throws IOException {
        Path missing = folder.resolve("nothing.tsv");
        assertThatThrownBy(() -> load("train", "nothing.tsv")).isInstanceOf(Unavailable.class)
                .hasMessage("there is no file " + missing
                        + ". Put the pairs there, or correct the path; a relative one begins at the experiment file.");
        Path latin = Files.write(folder.resolve("latin.tsv"), "a\tA\nb\t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> load("train", "latin.tsv"))
                .hasMessage(latin + ":2: this line is not UTF-8; convert the file, such as by 'iconv -f latin1 -t utf-8'");
        Path unpacked = write("train.tsv.gz", "a\tA");
        assertThatThrownBy(() -> load("train", "train.tsv.gz")).hasMessage(unpacked + " cannot be read: Not in GZIP format");
        Path empty = Files.createFile(folder.resolve("empty.tsv"));
        assertThatThrownBy(() -> load("train", "empty.tsv")).hasMessage(empty + ": there are no pairs in this file");
        assertThatThrownBy(() -> load("format", "tsv")).hasMessageContaining("'train' is missing: file to learn from");
    }

    @Test
    void readingStopsWhenAsked() throws IOException {
        write("train.tsv", "a\tA");
        assertThatThrownBy(() -> load(new Monitor() {
            @Override
            public void progress(long done, long total, String unit) {
                throw new AssertionError("stopped before");
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        }, "train", "train.tsv")).isInstanceOf(CancellationException.class);
    }

    @Test
    void theLicenceIsWhatTheUserSays() throws IOException {
        write("train.tsv", "a\tA");
        var none = java.util.Optional.<String>empty();
        var options = new TextPairs.Options(folder.resolve("train.tsv"), java.util.Optional.empty(), java.util.Optional.empty(),
                org.encore.data.sets.pairs.Format.TSV, none, none, false, TextPairs.Letters.AS_WRITTEN, List.of("bleu"),
                        java.util.Optional.of("CC0."));
        assertThat(PAIRS.licence(options)).isEqualTo("CC0.");
        assertThat(PAIRS.files(options)).isEmpty();
    }
}
