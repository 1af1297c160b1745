package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Scalar;
import org.encore.api.option.Problems;
import org.encore.experiment.yaml.YamlEdits;
import org.encore.experiment.yaml.YamlReader;
import org.junit.jupiter.api.Test;

/** A value of a text that people wrote is changed, and nothing else of it. */
class YamlEditsTest {

    private static final String TEXT = """
            # which of two is better?
            name: mine          # a name

            task:   g2p-cmudict
            train:              # at night
              tokens: 3M        # all of it
              schedule:
                linear: {warmup: 0.02}

              # about memory
              batchTokens: 4096
            benchmark: {backend: ort-cpu, repeats: 100}   # quiet
            stages: [data, tokenizer,   # what is read
              train, report]
            seeds:
              - 1    # the first
              - 2
            """;

    private static String set(String text, String path, String value) {
        return YamlEdits.set(text, List.of(path.split("\\.")), value).applied(text);
    }

    private static String removed(String text, String path) {
        return YamlEdits.remove(text, List.of(path.split("\\."))).applied(text);
    }

    @Test
    void aValueIsReplacedAndWhatStandsAroundItStays() {
        assertThat(set(TEXT, "train.tokens", "5M")).isEqualTo(TEXT.replace("tokens: 3M ", "tokens: 5M "));
        assertThat(set(TEXT, "task", "files")).isEqualTo(TEXT.replace("task:   g2p-cmudict", "task:   files"));
        assertThat(set(TEXT, "benchmark.repeats", "7")).isEqualTo(TEXT.replace("100", "7"));
        assertThat(set(TEXT, "train.schedule.linear.warmup", "0.1")).isEqualTo(TEXT.replace("0.02", "0.1"));
    }

    @Test
    void whatIsNotThereIsAddedBehindItsNeighbours() {
        assertThat(set(TEXT, "train.precision", "bf16")).isEqualTo(TEXT.replace("  batchTokens: 4096\n", "  batchTokens: 4096\n  precision: bf16\n"));
        assertThat(set(TEXT, "benchmark.warmup", "3")).isEqualTo(TEXT.replace("100}", "100, warmup: 3}"));
        assertThat(set(TEXT, "evaluate.decoding", "greedy")).isEqualTo(TEXT + "evaluate: {decoding: greedy}\n");
        assertThat(set("name: a", "train.tokens", "1M")).isEqualTo("name: a\ntrain: {tokens: 1M}");
        assertThat(set("# nothing yet\n", "train.tokens", "1M")).isEqualTo("# nothing yet\ntrain: {tokens: 1M}\n");
        assertThat(set("train:\nname: a\n", "train.tokens", "1M")).isEqualTo("train: {tokens: 1M}\nname: a\n");
        assertThat(set("train: {}\n", "train.tokens", "1M")).isEqualTo("train: {tokens: 1M}\n");
        assertThat(set("name: a\r\ntrain:\r\n  tokens: 2M # x\r\n", "train.batchTokens", "8"))
                .isEqualTo("name: a\r\ntrain:\r\n  tokens: 2M # x\r\n  batchTokens: 8\r\n");
    }

    @Test
    void theNameOfAChoiceGetsOptions() {
        assertThat(set(TEXT, "benchmark.backend.ort-cpu.threads", "2")).isEqualTo(TEXT.replace("ort-cpu", "{ort-cpu: {threads: 2}}"));
    }

    @Test
    void aBlockThatIsReplacedKeepsTheCommentBehindItsName() {
        assertThat(set("train:   # at night\n  tokens: 3M\n  batchTokens: 2\nname: a\n", "train", "{preset: small}"))
                .isEqualTo("train: {preset: small}   # at night\nname: a\n");
    }

    @Test
    void anEntryIsTakenAwayWithItsLineAndNoOther() {
        assertThat(removed(TEXT, "train.tokens")).isEqualTo(TEXT.replace("  tokens: 3M        # all of it\n", ""));
        assertThat(removed(TEXT, "train.schedule")).isEqualTo(TEXT.replace("  schedule:\n    linear: {warmup: 0.02}\n", ""));
        assertThat(removed(TEXT, "benchmark.backend")).isEqualTo(TEXT.replace("backend: ort-cpu, ", ""));
        assertThat(removed(TEXT, "benchmark.repeats")).isEqualTo(TEXT.replace(", repeats: 100", ""));
        assertThat(removed(TEXT, "no.such")).isEqualTo(TEXT);
    }

    @Test
    void valuesOfListsComeAndGo() {
        List<String> stages = List.of("stages");
        assertThat(YamlEdits.list(TEXT, stages)).contains(List.of("data", "tokenizer", "train", "report"));
        assertThat(YamlEdits.insertItem(TEXT, stages, 3, "evaluate").applied(TEXT)).isEqualTo(TEXT.replace("train, report",
                "train, evaluate, report"));
        assertThat(YamlEdits.insertItem(TEXT, stages, 4, "more").applied(TEXT)).isEqualTo(TEXT.replace("report]", "report, more]"));
        assertThat(YamlEdits.removeItem(TEXT, stages, 0).applied(TEXT)).isEqualTo(TEXT.replace("[data, ", "["));
        assertThat(YamlEdits.removeItem(TEXT, stages, 2).applied(TEXT)).as("the comment stays").isEqualTo(TEXT.replace("  train, report",
                "   report"));
        assertThat(YamlEdits.removeItem(TEXT, stages, 3).applied(TEXT)).isEqualTo(TEXT.replace(", report", ""));
        List<String> seeds = List.of("seeds");
        assertThat(YamlEdits.insertItem(TEXT, seeds, 0, "7").applied(TEXT)).isEqualTo(TEXT.replace("- 1 ", "- 7\n  - 1 "));
        assertThat(YamlEdits.insertItem(TEXT, seeds, 2, "7").applied(TEXT)).isEqualTo(TEXT.replace("  - 2\n", "  - 2\n  - 7\n"));
        assertThat(YamlEdits.removeItem(TEXT, seeds, 0).applied(TEXT)).isEqualTo(TEXT.replace("  - 1    # the first\n", ""));
        assertThat(YamlEdits.insertItem("stages: []\n", stages, 0, "data").applied("stages: []\n")).isEqualTo("stages: [data]\n");
    }

    @Test
    void whatCannotBeChangedByPiecesIsRefusedInASentence() {
        assertThatThrownBy(() -> set("name: [a\n", "name", "b")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the text is not YAML yet");
        assertThatThrownBy(() -> set("a: &x 1\nb: *x\n", "a", "b")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("aliases");
        assertThatThrownBy(() -> set("train: 3\n", "train.tokens", "b")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'tokens' cannot be set here: there is a single value in its place");
    }

    /** Every value of every example is changed and taken away: the rest reads as before, and every comment is still there. */
    @Test
    void aBlockOfLinesEndsBeforeTheLineThatFollowsIt() {
        for (String style : List.of("|", ">", "|-", "|+")) {
            String text = "about:\n  note: " + style + "\n    two\n    lines\n\n# of the name\nname: demo\n";
            assertThat(YamlEdits.remove(text, List.of("about", "note")).applied(text)).as(style).isEqualTo("about:\n\n# of the name\nname: demo\n");
            assertThat(YamlEdits.set(text, List.of("about", "note"), "short").applied(text)).as(style)
                    .isEqualTo("about:\n  note: short\n\n# of the name\nname: demo\n");
            assertThat(YamlEdits.set(text, List.of("about", "more"), "1").applied(text)).as(style)
                    .isEqualTo("about:\n  note: " + style + "\n    two\n    lines\n  more: 1\n\n# of the name\nname: demo\n");
        }
    }

    @Test
    void noEditOfAnExampleTouchesAnythingElse() throws IOException {
        int edits = 0;
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("encore.root", "."), "examples"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                String text = Files.readString(file);
                for (List<String> path : paths(read(text), List.of())) {
                    String changed = YamlEdits.set(text, path, "other-value").applied(text);
                    assertThat(YamlEdits.written(changed, path)).as("%s %s", file, path).contains("other-value");
                    assertThat(others(read(changed), path)).as("%s %s", file, path).isEqualTo(others(read(text), path));
                    assertThat(comments(changed)).as("%s %s", file, path).isEqualTo(comments(text));
                    String without = YamlEdits.remove(text, path).applied(text);
                    assertThat(others(read(without), path)).as("%s %s", file, path).isEqualTo(others(read(text), path));
                    assertThat(linesOfComments(without)).as("%s %s", file, path).isEqualTo(linesOfComments(text));
                    edits += 2;
                }
            }
        }
        assertThat(edits).isGreaterThan(200);
    }

    private static Mapping read(String text) {
        var problems = new Problems();
        Optional<ConfigNode> node = YamlReader.read("example", text, problems);
        problems.throwIfAny();
        return (Mapping) node.orElseThrow();
    }

    /** Paths of single values. */
    private static List<List<String>> paths(Mapping mapping, List<String> above) {
        var paths = new ArrayList<List<String>>();
        for (Entry entry : mapping.entries()) {
            var path = new ArrayList<>(above);
            path.add(entry.key().text());
            if (entry.value() instanceof Mapping inside) {
                paths.addAll(paths(inside, path));
            } else if (entry.value() instanceof Scalar word && !word.text().isEmpty()) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** All values as text, but the one. */
    private static List<String> others(Mapping mapping, List<String> but) {
        return paths(mapping, List.of()).stream().filter(path -> !path.equals(but)).map(path -> path + "=" + value(mapping, path)).toList();
    }

    private static String value(ConfigNode node, List<String> path) {
        return path.isEmpty() ? ((Scalar) node).text() : value(((Mapping) node).entry(path.getFirst()).value(), path.subList(1, path.size()));
    }

    private static List<String> linesOfComments(String text) {
        return text.lines().map(String::strip).filter(line -> line.startsWith("#")).toList();
    }

    private static List<String> comments(String text) {
        return text.lines().filter(line -> line.contains("#")).map(line -> line.substring(line.indexOf('#'))).toList();
    }
}
