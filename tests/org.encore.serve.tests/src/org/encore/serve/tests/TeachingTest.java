package org.encore.serve.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.option.Choice;
import org.encore.api.run.StageContext;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Answering;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.TeacherSession;
import org.encore.api.training.Guidance;
import org.encore.distill.ModelScores;
import org.encore.distill.SpanScores;
import org.encore.distill.http.HttpTeacher;
import org.encore.distill.http.HttpTeacher.Form;
import org.encore.distill.language.LanguageModel;
import org.encore.distill.language.Pairs;
import org.encore.testing.GivenTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is served teaches as if it were here. */
class TeachingTest {

    private static final String KEY = "sesame-seed";

    @TempDir
    Path scratch;

    private TeacherSession open(Running server, Gives gives, Form form, String key, Tokenizer students) {
        return open(server, gives, form, key, students, "{source}", Optional.empty());
    }

    private TeacherSession spans(Running server, String prompt, Tokenizer own, Tokenizer students) {
        return open(server, Gives.SPANS, Form.COMPLETIONS, KEY, students, prompt, Optional.of(GivenTokenizer.of(own)));
    }

    private TeacherSession open(Running server, Gives gives, Form form, String key, Tokenizer students, String prompt, Optional<Choice<Tokenization<?>>> own) {
        var options = new HttpTeacher.Options("http://127.0.0.1:" + server.port() + "/v1", "backwards", gives, form, prompt, Optional.empty(), Optional.of("TEACHER_KEY"), 20, 0, own,
                false, 3, 0, 20, 1, Optional.empty());
        var context = (StageContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {StageContext.class}, (proxy, method, arguments) -> switch (method.getName()) {
            case "scratch" -> scratch;
            case "tokenizer" -> students;
            case "cancelled" -> false;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return new HttpTeacher(Map.of("TEACHER_KEY", key)).open(options, context);
    }

    @Test
    void itAnswersAsACompletionAndAsAChat() throws IOException {
        try (Running server = Running.with(Backwards.source(), KEY)) {
            for (Form form : Form.values()) {
                try (var session = (Answering) open(server, Gives.ANSWERS, form, KEY, new Letters())) {
                    assertThat(session.answer(List.of("abc", "z", "hello"))).containsExactly("cba", "z", "olleh");
                    assertThat(session.spent().completionTokens()).isPositive();
                }
            }
        }
    }

    /** More rows than one request takes, of all lengths, with the whole distribution and with a part of it. */
    @Test
    void itsDistributionsAreThoseOfTheModelAtEveryPosition() throws IOException {
        List<Scoring.Row> rows = java.util.stream.IntStream.range(0, 40).mapToObj(i -> new Scoring.Row(new Letters().encodeSource("abcdefg".substring(0, 1 + i % 7)),
                new Letters().encodeTarget("xyzw".substring(0, i % 5)))).toList();
        try (Running server = Running.with(Backwards.source(), KEY); var session = (Scoring) open(server, Gives.DISTRIBUTIONS, Form.COMPLETIONS, KEY, new Letters())) {
            for (int k : List.of(3, 30)) {
                List<Guidance.Top> said = session.score(rows, k, 1);
                for (int row = 0; row < rows.size(); row++) {
                    int[] source = rows.get(row).source();
                    for (int position = 0; position < rows.get(row).positions(); position++) {
                        int right = position < source.length ? source[source.length - 1 - position] : Letters.END;
                        double sum = said.get(row).tail()[position];
                        for (int i = position * k; i < (position + 1) * k; i++) {
                            int token = (int) said.get(row).tokens()[i];
                            assertThat(said.get(row).logProbabilities()[i]).isCloseTo((float) Backwards.logProbability(token, right), within(1e-5f));
                            sum += Math.exp(said.get(row).logProbabilities()[i]);
                        }
                        assertThat(said.get(row).tokens()[position * k]).isEqualTo(right);
                        assertThat(sum).isCloseTo(1, within(1e-5));
                    }
                }
            }
        }
    }

    @Test
    void aWrongKeyAndAnotherTokenizerAreRefusedBeforeAnythingIsAsked() throws IOException {
        try (Running server = Running.with(Backwards.source(), KEY)) {
            assertThatThrownBy(() -> open(server, Gives.ANSWERS, Form.CHAT, "open-barley", new Letters()))
                    .hasMessageEndingWith("refused: status 401, 'the key is not the right one'. The key is the value of the environment variable TEACHER_KEY.");
            Tokenizer other = (Tokenizer) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Tokenizer.class},
                    (proxy, method, arguments) -> method.getName().equals("toJson") ? "{}" : 7);
            assertThatThrownBy(() -> open(server, Gives.DISTRIBUTIONS, Form.COMPLETIONS, KEY, other)).hasMessageContaining(" reads with tokenizer ")
                    .hasMessageContaining(", the students with ").hasMessageContaining("(7 tokens)");
        }
    }

    private static final List<String> TEXTS = List.of("abcdefg", "ab", "zyx", "cdab", "yzab", "a", "bab");

    /** Of students that write some couples of letters as one token: sources of all lengths, targets that the model finds likely and others. */
    private static List<Scoring.Row> ofCouples() {
        return java.util.stream.IntStream.range(0, 40).mapToObj(i -> new Scoring.Row(new Couples().encodeSource(TEXTS.get(i % 7)), new Couples().encodeTarget(TEXTS.get(i % 5)))).toList();
    }

    private static void assertSame(Scoring served, Scoring here, int k, double temperature) {
        List<Guidance.Top> said = served.score(ofCouples(), k, temperature);
        List<Guidance.Top> expected = here.score(ofCouples(), k, temperature);
        for (int row = 0; row < expected.size(); row++) {
            assertThat(said.get(row).tail()).containsExactly(expected.get(row).tail(), within(1e-5f));
            for (int position = 0; position < expected.get(row).tail().length; position++) {
                if (expected.get(row).tail()[position] != Guidance.Top.WITHIN) {
                    for (int i = position * k; i < (position + 1) * k; i++) {
                        assertThat(said.get(row).tokens()[i]).isEqualTo(expected.get(row).tokens()[i]);
                        assertThat(said.get(row).logProbabilities()[i]).isCloseTo(expected.get(row).logProbabilities()[i], within(1e-4f));
                    }
                }
            }
        }
        double mass = said.getFirst().tail()[0] + java.util.stream.IntStream.range(0, k).mapToDouble(i -> Math.exp(said.getFirst().logProbabilities()[i])).sum();
        assertThat(mass).as("ab is one span: all of it times the probability of b").isLessThan(0.9);
    }

    /** Students of another tokenizer: what the service says of spans is what the same model says of them here. */
    @Test
    void itTeachesStudentsOfAnotherTokenizerBySpans() throws IOException {
        try (Running server = Running.with(Backwards.source(), KEY); var served = (Scoring) spans(server, "{source}", new Letters(), new Couples());
                var here = new SpanScores(new ModelScores("here", "", Backwards.source(), new Letters().size(), 64), new Letters(), Letters.END, new Couples())) {
            assertThat(served.tokenizer()).isPresent();
            assertThat(served.vocabulary()).isEqualTo(new Letters().size());
            assertSame(served, here, 3, 1);
            assertSame(served, here, 30, 1);
            assertSame(served, here, 30, 2);
            assertThat(served.spent().promptTokens()).isPositive();
        }
    }

    /** A language model has no place for a start token between source and target: it reads the prompt. */
    @Test
    void aServedLanguageModelTeachesThemToo() throws IOException {
        var model = new Backwards(true, 0, false, new java.util.concurrent.atomic.AtomicInteger());
        var pairs = new Pairs(Gives.SPANS, Optional.of("qq"), Optional.of("b"), Optional.empty(), 8, 64);
        try (Running server = Running.with(model, KEY); var served = (Scoring) spans(server, "qq{source}b", new Letters(), new Couples());
                var here = (Scoring) new LanguageModel("here", "", model, Letters.START, Letters.END, new Letters()).teaching(pairs, new Couples())) {
            assertSame(served, here, 3, 1);
        }
    }

    @Test
    void anotherTokenizerThanThatOfTheServiceIsRefused() throws IOException {
        try (Running server = Running.with(Backwards.source(), KEY)) {
            assertThatThrownBy(() -> spans(server, "{source}", new Couples(), new Letters())).hasMessageContaining(" reads with tokenizer ")
                    .hasMessageContaining(", 'tokenizer' names ").hasMessageContaining("(33 tokens). That is the students': leave tokenizer out, with gives: distributions.");
            assertThatThrownBy(() -> spans(server, "{source}", new Couples(), new Couples())).hasMessageContaining("Of a run of Encore's it is the tokenizer.json in the run's folder.");
            assertThatThrownBy(() -> open(server, Gives.DISTRIBUTIONS, Form.COMPLETIONS, KEY, new Couples()))
                    .hasMessageContaining("or compare spans of text (gives: spans, with its tokenizer, and the objective span-uld)");
        }
    }
}
