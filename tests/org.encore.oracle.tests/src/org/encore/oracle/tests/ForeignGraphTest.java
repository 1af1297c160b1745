package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.api.inference.LoadedModel;
import org.encore.api.option.Choice;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Answering;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Scoring;
import org.encore.api.training.Guidance;
import org.encore.distill.ModelScores;
import org.encore.distill.language.LanguageModel;
import org.encore.distill.language.Pairs;
import org.encore.graph.Dim;
import org.encore.graph.Shape;
import org.encore.onnx.OnnxExporter;
import org.encore.onnx.OnnxRuntimeExporter;
import org.encore.onnx.foreign.CausalGraph;
import org.encore.onnx.foreign.ExportedModel;
import org.encore.onnx.foreign.OnnxTeacher;
import org.encore.onnx.proto.ElementType;
import org.encore.onnx.proto.OnnxGraph;
import org.encore.reference.ReferenceBackend;
import org.encore.tasks.tokenizer.SymbolTokenization;
import org.encore.tasks.tokenizer.Symbols;
import org.encore.testing.Case;
import org.encore.testing.Inputs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Graphs of others as teachers. The language model here has the inputs and outputs of Hugging Face's exports and is simple enough to be computed by hand: its
 * caches hold what it has read, and its scores are products of their sums.
 */
class ForeignGraphTest {

    private static final int V = 12;
    private static final int HEADS = 2;
    private static final int K = 3;
    private static final int D = HEADS * K;
    private static final int START = 1;
    private static final int END = 2;
    private static final float PER_POSITION = 0.05f;

    @TempDir
    Path folder;
    private final float[] embedding = numbers(V * D, 1);
    private final float[] head = numbers(D * V, 2);
    private Path file = Path.of("");

    private static float[] numbers(int count, long seed) {
        var random = new Random(seed);
        var numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian() / 2;
        }
        return numbers;
    }

    @BeforeEach
    void write() throws IOException {
        file = Files.write(folder.resolve("model.onnx"), graph(true));
    }

    private byte[] graph(boolean positions) {
        var g = new OnnxGraph("causal");
        Dim b = Dim.symbol("B");
        Dim t = Dim.symbol("T");
        Dim p = Dim.symbol("P");
        g.input("input_ids", ElementType.INT64, Shape.of(b, t));
        g.input("attention_mask", ElementType.INT64, Shape.of(b, Dim.symbol("A")));
        Shape cache = Shape.of(b, Dim.of(HEADS), p, Dim.of(K));
        g.input("past_key_values.0.key", ElementType.FLOAT, cache);
        g.input("past_key_values.0.value", ElementType.FLOAT, cache);
        g.reals("embedding", new long[] {V, D}, embedding);
        g.reals("head", new long[] {D, V}, head);
        String split = g.node("Reshape", Map.of(), g.node("Gather", Map.of("axis", 0), "embedding", "input_ids"), g.longs(false, 0, 0, HEADS, K));
        String x = g.node("Transpose", Map.of("perm", List.of(0, 2, 1, 3)), split);
        g.node("", "Concat", Map.of("axis", 2), List.of("past_key_values.0.key", x), List.of("present.0.key"));
        g.node("", "Concat", Map.of("axis", 2), List.of("past_key_values.0.value", g.node("Mul", Map.of(), x, x)), List.of("present.0.value"));
        String mask = g.node("Unsqueeze", Map.of(), g.node("Cast", Map.of("to", 1), "attention_mask"), g.longs(false, 1, 3));
        String time = g.node("Gather", Map.of("axis", 0), g.node("Shape", Map.of(), "input_ids"), g.longs(false, 1));
        String sum = g.node("Add", Map.of(), ofLast(g, "present.0.key", mask, time), ofLast(g, "present.0.value", mask, time));
        String rows = g.node("Reshape", Map.of(), g.node("Transpose", Map.of("perm", List.of(0, 2, 1, 3)), sum), g.longs(false, 0, 0, D));
        if (positions) {
            g.input("position_ids", ElementType.INT64, Shape.of(b, t));
            String at = g.node("Unsqueeze", Map.of(), g.node("Cast", Map.of("to", 1), "position_ids"), g.longs(false, 2));
            rows = g.node("Add", Map.of(), rows, g.node("Mul", Map.of(), at, g.real(PER_POSITION)));
        }
        g.node("", "MatMul", Map.of(), List.of(rows, "head"), List.of("logits"));
        g.output("logits", ElementType.FLOAT, Shape.of(b, t, Dim.of(V)));
        Shape grown = Shape.of(b, Dim.of(HEADS), Dim.symbol("A"), Dim.of(K));
        g.output("present.0.key", ElementType.FLOAT, grown);
        g.output("present.0.value", ElementType.FLOAT, grown);
        return g.toBytes();
    }

    /** Sum over a token and all before it, for the new tokens. */
    private static String ofLast(OnnxGraph g, String cache, String mask, String time) {
        String sums = g.node("CumSum", Map.of(), g.node("Mul", Map.of(), cache, mask), g.longs(true, 2));
        return g.node("Slice", Map.of(), sums, g.node("Neg", Map.of(), time), g.longs(false, Integer.MAX_VALUE), g.longs(false, 2));
    }

    /** Scores after a row, by hand. */
    private double[] scores(int[] row) {
        var sum = new double[D];
        for (int token : row) {
            for (int i = 0; i < D; i++) {
                double x = embedding[token * D + i];
                sum[i] += x + x * x;
            }
        }
        var scores = new double[V];
        for (int token = 0; token < V; token++) {
            for (int i = 0; i < D; i++) {
                scores[token] += (sum[i] + PER_POSITION * (row.length - 1)) * head[i * V + token];
            }
        }
        return scores;
    }

    private static int[] row(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    /** Letters a to i, from token 3. */
    private record NineLetters(int endToken) implements Tokenizer {
        @Override
        public int size() {
            return V;
        }

        @Override
        public int padToken() {
            return 0;
        }

        @Override
        public int startToken() {
            return START;
        }

        @Override
        public int[] encodeSource(String text) {
            return text.chars().map(letter -> letter - 'a' + 3).toArray();
        }

        @Override
        public int[] encodeTarget(String text) {
            return encodeSource(text);
        }

        @Override
        public String decodeTarget(int[] ids) {
            return Arrays.stream(ids).filter(id -> id > 2).mapToObj(id -> String.valueOf((char) (id - 3 + 'a'))).collect(Collectors.joining());
        }

        @Override
        public String toJson() {
            return "nine letters";
        }
    }

    private LanguageModel model() throws IOException {
        return new LanguageModel("a graph", "f", CausalGraph.open(file, START, V, 1), START, END, new NineLetters(END));
    }

    @Test
    void distributionsAreThoseOfTheRowThatPairsAreWrittenAs() throws IOException {
        var random = new Random(5);
        var rows = new ArrayList<Scoring.Row>();
        for (int i = 0; i < 9; i++) {
            rows.add(new Scoring.Row(random.ints(1 + random.nextInt(6), 3, V).toArray(), random.ints(random.nextInt(6), 3, V).toArray()));
        }
        try (var teacher = (Scoring) model().teaching(new Pairs(Gives.DISTRIBUTIONS, Optional.of("a"), Optional.of("bc"), Optional.empty(), 5, 4), new NineLetters(END))) {
            List<Guidance.Top> said = teacher.score(rows, V, 1);
            for (int i = 0; i < rows.size(); i++) {
                for (int position = 0; position < rows.get(i).positions(); position++) {
                    int[] target = Arrays.copyOf(rows.get(i).target(), position);
                    double[] expected = scores(row(new int[] {START, 3}, rows.get(i).source(), new int[] {4, 5}, target));
                    double normalizer = Math.log(Arrays.stream(expected).map(Math::exp).sum());
                    for (int k = position * V; k < (position + 1) * V; k++) {
                        double log = expected[(int) said.get(i).tokens()[k]] - normalizer;
                        assertThat((double) said.get(i).logProbabilities()[k]).as("row %d, position %d", i, position).isCloseTo(log, within(1e-3));
                    }
                }
            }
        }
    }

    /** With caches that grow, are taken back and chosen from, one row beside another of another length. */
    @Test
    void answersAreWhatGreedyChoiceMakesOfTheWholeRowEveryTime() throws IOException {
        List<String> sources = List.of("abc", "i", "hgfedc", "bb");
        List<String> expected = sources.stream().map(source -> {
            int[] all = row(new int[] {START}, new NineLetters(END).encodeSource(source));
            int prompt = all.length;
            while (all.length < prompt + 7) {
                double[] scores = scores(all);
                int best = IntStream.range(0, V).boxed().max((a, b) -> Double.compare(scores[a], scores[b])).orElseThrow();
                if (best == END || best == START) {
                    break;
                }
                all = row(all, new int[] {best});
            }
            return new NineLetters(END).decodeTarget(Arrays.copyOfRange(all, prompt, all.length));
        }).toList();
        try (var teacher = (Answering) model().teaching(new Pairs(Gives.ANSWERS, Optional.empty(), Optional.empty(), Optional.empty(), 7, 3), new NineLetters(END))) {
            assertThat(teacher.answer(sources)).isEqualTo(expected).anyMatch(answer -> !answer.isEmpty());
        }
    }

    @Test
    void whatIsNoLanguageModelAndWhatDoesNotFitIsNamed() throws IOException {
        Path none = Files.write(folder.resolve("none.onnx"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> CausalGraph.open(none, START, V, 1)).hasMessageStartingWith(none + " cannot be opened by ONNX Runtime");
        assertThatThrownBy(() -> CausalGraph.open(folder.resolve("nowhere.onnx"), START, V, 1)).hasMessage("there is no graph " + folder.resolve("nowhere.onnx"));
        assertThatThrownBy(() -> CausalGraph.open(file, START, V + 1, 1)).hasMessageContaining("has a vocabulary of 12 tokens, its tokenizer one of 13");
        LanguageModel model = model();
        assertThatThrownBy(() -> model.teaching(new Pairs(Gives.DISTRIBUTIONS, Optional.empty(), Optional.empty(), Optional.empty(), 5, 4), new NineLetters(0)))
                .hasMessageStartingWith("a graph ends a text with token 2, the students with 0");
    }

    /** Every architecture, in both forms of files. */
    @Test
    void ownExportsSayWhatTheModelSays() throws IOException {
        for (Case c : Cases.all()) {
            for (boolean fused : new boolean[] {false, true}) {
                Path to = Files.createDirectories(folder.resolve(c.name().replace(' ', '-') + fused));
                if (fused) {
                    new OnnxRuntimeExporter().export(c.model(), c.weights(), to, new OnnxRuntimeExporter.Options(64));
                } else {
                    new OnnxExporter().export(c.model(), c.weights(), to, new OnnxExporter.Options(0, 0, 0));
                }
                agree(c, ExportedModel.open(to, 1));
            }
        }
        Path broken = Files.createDirectory(folder.resolve("broken"));
        assertThatThrownBy(() -> ExportedModel.open(broken, 1)).hasMessageContaining("is no exported model: there is no model.json");
        for (String damaged : List.of("{", "{}", "{\"vocabularySize\": 9, \"prefill\": 3, \"step\": 3}", "{\"vocabularySize\": \"many\"}")) {
            Files.writeString(broken.resolve("model.json"), damaged);
            assertThatThrownBy(() -> ExportedModel.open(broken, 1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("model.json is damaged");
        }
    }

    /** A cache of what a teacher said must not outlive its weights, wherever they lie. */
    @Test
    void weightsInAFileOfAnotherNameBelongToTheTeacher() throws IOException {
        Case c = Cases.all().getFirst();
        Path to = Files.createDirectories(folder.resolve("exported"));
        new OnnxExporter().export(c.model(), c.weights(), to, new OnnxExporter.Options(0, 0, 0));
        Path graph;
        try (Stream<Path> files = Files.list(to)) {
            graph = files.filter(file -> file.toString().endsWith(".onnx")).sorted().findFirst().orElseThrow();
        }
        List<String> before = key(graph);
        Files.writeString(to.resolve("unrelated.txt"), "nothing that the graph names");
        assertThat(key(graph)).isEqualTo(before);
        byte[] weights = Files.readAllBytes(to.resolve("weights.bin"));
        weights[5] ^= 1;
        Files.write(to.resolve("weights.bin"), weights);
        assertThat(key(graph)).isNotEqualTo(before);
    }

    /** The stage's context is not asked. */
    private static List<String> key(Path graph) {
        var tokenizer = new Choice<Tokenization<?>>("symbols", new SymbolTokenization(), new SymbolTokenization.Options(Symbols.LETTERS, Symbols.LETTERS));
        var pairs = new Pairs(Gives.ANSWERS, Optional.empty(), Optional.empty(), Optional.empty(), 8, 4);
        return new OnnxTeacher().keyParts(new OnnxTeacher.Options(graph, Optional.of(tokenizer), 1, pairs), null);
    }

    private static void agree(Case c, LoadedModel exported) {
        List<Scoring.Row> rows = List.of(new Scoring.Row(new int[] {3, 4, 5, 6}, new int[] {4, 3}), new Scoring.Row(new int[] {5}, new int[] {3, 3, 4, 5}),
                new Scoring.Row(new int[] {6, 6}, new int[0]));
        List<Guidance.Top> said;
        List<Guidance.Top> expected;
        try (var teacher = new ModelScores("", "", exported, Inputs.VOCABULARY, 3)) {
            said = teacher.score(rows, Inputs.VOCABULARY, 1);
        }
        try (var teacher = new ModelScores("", "", new ReferenceBackend().load(c.model(), c.weights(), new ReferenceBackend.Options()), Inputs.VOCABULARY, 3)) {
            expected = teacher.score(rows, Inputs.VOCABULARY, 1);
        }
        for (int row = 0; row < rows.size(); row++) {
            assertThat(said.get(row).logProbabilities()).as(c.name()).containsExactly(expected.get(row).logProbabilities(), within(2e-3f));
        }
    }
}
