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

import org.encore.api.run.StageContext;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Answering;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.TeacherSession;
import org.encore.api.training.Guidance;
import org.encore.distill.http.HttpTeacher;
import org.encore.distill.http.HttpTeacher.Form;
import org.encore.distill.http.HttpTeacher.Gives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is served teaches as if it were here. */
class TeachingTest {

    private static final String KEY = "sesame-seed";

    @TempDir
    Path scratch;

    private TeacherSession open(Running server, Gives gives, Form form, String key, Tokenizer students) {
        var options = new HttpTeacher.Options("http://127.0.0.1:" + server.port() + "/v1", "backwards", gives, form, "{source}", Optional.empty(), Optional.of("TEACHER_KEY"), 20, 0,
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
}
