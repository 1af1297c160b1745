package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Importer.Imported;
import org.encore.api.run.Event;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderOnly;
import org.encore.distill.CommonSpans;
import org.encore.distill.cache.CacheFile;
import org.encore.distill.cache.CacheHeader;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.distil.Agreement;
import org.encore.experiment.distil.TokenByToken;
import org.encore.experiment.imported.ImportedModel;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.graph.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher that reads with another tokenizer than its students, run for real. */
class SpansRunTest {

    private static final Registry REGISTRY = Registry.ofPlatform();
    /** The teacher writes some pairs of letters as one token, the students write letters. */
    private static final List<String> PAIRS = List.of("ab", "xx", "ox", "cd", "xa", "ne");
    private static final List<String> VOCABULARY = Stream.of(Stream.of("<s>", "</s>"), "abcdefghijklmnopx".chars().mapToObj(Character::toString), PAIRS.stream())
            .flatMap(part -> part).toList();
    private static final Block BLOCK = new Block(16, 1, 1, 16, Block.Mlp.SWIGLU, 2, false, true, 10_000, false, 0);
    private static final String EXPERIMENT = """
            name: small
            task: {pairs: {train: words.tsv}}
            tokenizer: symbols
            variants:
              plain: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
              taught: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
            settings: {taught: {distil.training.objective: {span-uld: {alpha: 0.8}}}}
            resources: {threads: 1}
            stages: [data, tokenizer, teacher-cache, train, distil, agreement]
            teacher-cache: {teacher: {imported: {model: MODEL, pairs: {gives: spans, between: x}}}}
            train: {tokens: 4k, batchTokens: 1024, evaluations: 1, evaluationPairs: 32}
            distil: {training: {tokens: 8k, batchTokens: 1024, evaluations: 2, evaluationPairs: 32}}
            """;

    @TempDir
    Path folder;

    private final List<Event> events = new ArrayList<>();

    private Runner.Ending run(String yaml) throws IOException {
        events.clear();
        ReversedWords.write(folder);
        var workshop = new Workshop(REGISTRY, new Corpora(REGISTRY, NoData.FILES, folder.resolve("tokenizers")), List.of(), folder.resolve("runs"), Optional.empty());
        Plan plan = Plan.of(ExperimentReader.read(folder.resolve("test.yaml"), yaml.replace("MODEL", model().toString()), List.of(), REGISTRY), workshop.corpora());
        return Runner.run(plan, workshop, List.of((run, time, event) -> events.add(event)), () -> false);
    }

    /** A language model of random weights, as {@code encore import} leaves one. */
    private Path model() throws IOException {
        Path target = folder.resolve("model");
        if (!Files.exists(target)) {
            Model model = new DecoderOnly().build(new DecoderOnly.Options(1, DecoderOnly.Prefix.CAUSAL, BLOCK), new Build("decoder-only", VOCABULARY.size(), 0));
            Map<String, Object> block = Map.of("width", 16, "heads", 1, "kvHeads", 1, "headSize", 16, "expansion", 2);
            ImportedModel.write(new Imported("decoder-only", Map.of("layers", 1, "block", block), VOCABULARY.size(), 0, 1, Weights.initial(model, 3),
                    Optional.of(tokenizer()), Optional.empty()), "by hand", target, REGISTRY);
        }
        return target;
    }

    private static String tokenizer() {
        String vocabulary = IntStream.range(0, VOCABULARY.size()).mapToObj(id -> "\"" + VOCABULARY.get(id) + "\": " + id).collect(Collectors.joining(", "));
        String special = IntStream.range(0, 2).mapToObj(id -> "{\"id\": " + id + ", \"content\": \"" + VOCABULARY.get(id)
                + "\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false, \"normalized\": false, \"special\": true}").collect(Collectors.joining(", "));
        String merges = PAIRS.stream().map(pair -> "\"" + pair.charAt(0) + " " + pair.charAt(1) + "\"").collect(Collectors.joining(", "));
        return """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [%s], "normalizer": null, "pre_tokenizer": null, "post_processor": null,
                "decoder": {"type": "Fuse"}, "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null, "end_of_word_suffix": null,
                "fuse_unk": false, "byte_fallback": false, "vocab": {%s}, "merges": [%s]}}""".formatted(special, vocabulary, merges);
    }

    @Test
    void studentsLearnSpanBySpanFromATeacherWithAnotherTokenizer() throws IOException {
        Runner.Ending ending = run(EXPERIMENT);
        assertThat(ending.failures()).isEmpty();
        CacheHeader header = CacheFile.header(ending.folder().ofGroup("", "teacher-cache"));
        assertThat(header.identity().spans()).isTrue();
        assertThat(header.identity().vocabulary()).as("the teacher's").isEqualTo(VOCABULARY.size());
        TokenByToken shown = TokenByToken.read(ending.folder().result("taught-seed1", "distil")).orElseThrow();
        assertThat(shown.examples()).hasSize(3).allSatisfy(SpansRunTest::assertSpans);
        assertThat(shown.examples()).as("the teacher's pairs of letters occur").anySatisfy(example -> assertThat(example.spans()).anyMatch(at -> at.span().students() == 2));
        assertThat(apart(shown, true)).as("before and after").isGreaterThan(apart(shown, false));
        assertThat(Agreement.read(ending.folder().result("taught-seed1", "agreement"))).as("tokens of two tokenizers cannot be compared one by one").isEmpty();
        assertThat(events).anyMatch(e -> e instanceof Event.Message m && m.text().contains("so agreement token by token is not known"));
    }

    private static double apart(TokenByToken shown, boolean before) {
        return shown.examples().stream().flatMap(example -> example.positions().stream()).filter(TokenByToken.Position::told)
                .mapToDouble(position -> before ? position.before() : position.after()).average().orElseThrow();
    }

    private static void assertSpans(TokenByToken.Example example) {
        assertThat(example.spans().stream().map(shown -> shown.span().text()).collect(Collectors.joining())).isEqualTo(example.target() + CommonSpans.END);
        List<Integer> begins = example.spans().stream().map(shown -> shown.span().student()).toList();
        assertThat(IntStream.range(0, example.positions().size()).filter(i -> example.positions().get(i).told()).boxed().toList()).isEqualTo(begins);
        example.positions().stream().filter(TokenByToken.Position::told).forEach(position -> assertThat(position.after()).isBetween(0.0, 2.0));
        example.spans().forEach(shown -> assertThat(shown.teacherTokens()).as("letters, and pairs that the teacher knows").allMatch(token -> token.length() == 1 || PAIRS.contains(token)
                || token.equals(CommonSpans.END)));
    }

    @Test
    void anObjectiveThatComparesTokensRefusesSuchATeacher() throws IOException {
        assertThatThrownBy(() -> run(EXPERIMENT.replace("span-uld: {alpha: 0.8}", "forward-kl: {alpha: 0.8}")))
                .hasMessageContaining("objective 'forward-kl' compares the teacher's distribution with the student's token by token, but teacher 'imported' gives distributions by spans of text");
        Runner.Ending asked = run(EXPERIMENT.replace("gives: spans", "gives: distributions"));
        assertThat(asked.failures()).isNotEmpty().anySatisfy(failure -> assertThat(failure.message()).contains("or compare spans of text (gives: spans, objective: span-uld)"));
    }

    /** A model of a run that has learnt pieces of several letters, and one of a run that names no tokenizer. */
    @Test
    void aModelOfAnotherRunTeachesStudentsOfAnotherTokenizer() throws IOException {
        String trained = EXPERIMENT.replaceAll("(?m)^(settings|teacher-cache|distil|  taught).*\n", "").replace("tokenizer: symbols", "tokenizer: {bpe: {vocabulary: 300}}")
                .replace("tokenizer, teacher-cache, train, distil, agreement", "tokenizer, train");
        Runner.Ending other = run(trained);
        assertThat(other.failures()).isEmpty();
        String teaching = EXPERIMENT.replaceAll("(?m)^teacher-cache:.*$", "teacher-cache: {teacher: {trained: {run: " + other.folder().path() + ", gives: spans}}}");
        Runner.Ending taught = run(teaching);
        assertThat(taught.failures()).isEmpty();
        CacheHeader header = CacheFile.header(taught.folder().ofGroup("", "teacher-cache"));
        assertThat(header.identity().spans()).isTrue();
        assertThat(header.identity().vocabulary()).as("the teacher's").isBetween(258, 300);
        TokenByToken shown = TokenByToken.read(taught.folder().result("taught-seed1", "distil")).orElseThrow();
        assertThat(shown.examples().stream().flatMap(example -> example.spans().stream())).as("a piece of several letters is a span").anyMatch(at -> at.span().students() > 1);
        assertThatThrownBy(() -> run(teaching.replace("gives: spans", "gives: answers"))).hasMessageContaining("a trained one is decoded by the stage 'sequences'");
        assertThatThrownBy(() -> run(EXPERIMENT.replaceAll("(?m)^teacher-cache:.*$", "teacher-cache: {teacher: {trained: {gives: spans}}}")))
                .hasMessageContaining("the stage 'teacher' of this experiment reads with the students' tokenizer");
        assertThat(run(teaching.replace(", gives: spans", "").replace("span-uld", "forward-kl")).failures()).anySatisfy(failure -> assertThat(failure.message())
                .contains("reads with tokenizer ").contains("or compare spans of text (gives: spans, objective: span-uld)"));
    }

    /** What others write by themselves, the students' sequences among it, is cut into spans as well. */
    @Test
    void theStudentsOwnSequencesAreCommentedToo() throws IOException {
        Runner.Ending ending = run(EXPERIMENT.replace("settings: {taught: {", "settings: {taught: {distil.onPolicy: {fraction: 0.5, refresh: 4, maxTokens: 8, "
                + "teacher: {imported: {model: MODEL, pairs: {gives: spans, between: x}}}}, ").replace(", train, distil, agreement", ", distil").replaceAll("(?m)^train.*\n", ""));
        assertThat(ending.failures()).isEmpty();
        assertThat(events).anyMatch(e -> e instanceof Event.Message m && m.text().contains("updates learnt from"));
    }
}
