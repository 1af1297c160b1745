package org.encore.distill.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.encore.api.Unavailable;
import org.encore.api.option.Contact;
import org.encore.api.option.WrongOption;
import org.encore.api.teachers.Answering;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.Spent;
import org.encore.distill.http.HttpTeacher;
import org.encore.distill.http.HttpTeacher.Form;
import org.encore.distill.tests.Service.Reply;
import org.encore.testing.GivenTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;

/** A service as a teacher: what it is asked, and every way in which it fails. */
class HttpTeacherTest {

    private static final String KEY = "sesame-seed";

    @TempDir
    Path scratch;

    private static HttpTeacher.Options options(Service service, Gives gives, int seconds, int retries) {
        return new HttpTeacher.Options(service.url(), "wise", gives, Form.COMPLETIONS, "Say {source}:", Optional.empty(), Optional.of("TEACHER_KEY"), 20, 0, Optional.empty(), true, 4, 0,
                seconds, retries, Optional.of(new HttpTeacher.Prices(2, 10)));
    }

    private Answering open(HttpTeacher.Options options) {
        return (Answering) new HttpTeacher(Map.of("TEACHER_KEY", KEY)).open(options, new Bare(scratch, null));
    }

    private List<String> answers(Service service, int seconds, int retries, List<String> sources) {
        try (Answering session = open(options(service, Gives.ANSWERS, seconds, retries))) {
            return session.answer(sources);
        }
    }

    private Path journal() throws IOException {
        try (var files = Files.list(scratch)) {
            return files.filter(file -> file.toString().endsWith(".journal")).findFirst().orElseThrow();
        }
    }

    private static String source(JsonObject question) {
        return question.get("prompt").getAsString().replaceAll("Say (.*):", "$1");
    }

    private static Reply upper(JsonObject question) {
        return Reply.text(" " + source(question).toUpperCase() + "\n");
    }

    @Test
    void sourcesAreAnsweredInTheirOrderSeveralAtATimeAndAccountedFor() throws IOException {
        try (var service = new Service(question -> {
            Service.sleep(source(question).equals("s0") ? 200 : 30);
            return upper(question);
        }); Answering session = open(options(service, Gives.ANSWERS, 20, 0))) {
            List<String> sources = IntStream.range(0, 12).mapToObj(i -> "s" + i).toList();
            assertThat(session.answer(sources)).containsExactlyElementsOf(sources.stream().map(String::toUpperCase).toList());
            assertThat(service.most.get()).isBetween(2, 4);
            assertThat(service.keys).allMatch(key -> key.equals("Bearer " + KEY));
            assertThat(service.asked.getFirst().get("max_tokens").getAsInt()).isEqualTo(20);
            assertThat(session.spent()).isEqualTo(new Spent(12, 120, 36, (120 * 2 + 36 * 10) / 1e6));
        }
    }

    @Test
    void aChatIsAskedWithItsSystemMessage() throws IOException {
        try (var service = new Service(question -> Reply.of(200, "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"yes\"}}]}"))) {
            var o = options(service, Gives.ANSWERS, 20, 0);
            var chat = new HttpTeacher.Options(o.url(), o.model(), o.gives(), Form.CHAT, "{source}?", Optional.of("Be brief."), Optional.empty(), 5, 0.5, Optional.empty(), false, 1, 0, 20, 0, Optional.empty());
            try (Answering session = open(chat)) {
                assertThat(session.answer(List.of("a"))).containsExactly("yes");
            }
            assertThat(service.asked.getFirst().get("messages"))
                    .hasToString("[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"a?\"}]");
            assertThat(service.keys).containsOnly("null");
        }
    }

    /** One of three fails for good: the other two were paid for, and are not asked for again, not even by another process. */
    @Test
    void whatWasAnsweredIsKeptWhateverHappensToTheRest() throws IOException {
        Set<String> broken = new HashSet<>(Set.of("b"));
        try (var service = new Service(question -> broken.contains(source(question)) ? Reply.of(500, "{\"error\": {\"message\": \"out of thoughts\"}}") : upper(question))) {
            assertThatThrownBy(() -> answers(service, 20, 1, List.of("a", "b", "c"))).isInstanceOf(Unavailable.class).hasMessage("the teacher at " + service.url()
                    + "/completions gave no good answer in 2 attempts; the last: status 500, 'out of thoughts'. What it answered before is kept; run again to go on.");
            broken.clear();
            service.asked.clear();
            try (Answering session = open(options(service, Gives.ANSWERS, 20, 1))) {
                assertThat(session.answer(List.of("a", "b", "c"))).containsExactly("A", "B", "C");
                assertThat(service.asked.stream().map(HttpTeacherTest::source)).containsExactly("b");
                assertThat(session.spent().requests()).as("before and after").isEqualTo(3);
                // the next part: those of the first are safe elsewhere, and only what they took is remembered
                session.answer(List.of("d"));
                assertThat(session.spent().requests()).isEqualTo(4);
            }
            assertThat(Files.readString(journal())).contains("\"D\"").doesNotContain("\"A\"");
        }
    }

    /** As the members of an ensemble do. */
    @Test
    void teachersThatShareAFolderKeepEachTheirOwn() throws IOException {
        try (var service = new Service(HttpTeacherTest::upper)) {
            var o = options(service, Gives.ANSWERS, 20, 0);
            var other = new HttpTeacher.Options(o.url(), "wiser", o.gives(), o.form(), o.prompt(), o.system(), o.key(), 20, 0, Optional.empty(), true, 4, 0, 20, 0, o.prices());
            for (int time = 0; time < 2; time++) {
                try (Answering one = open(o); Answering two = open(other)) {
                    assertThat(one.answer(List.of("a"))).containsExactly("A");
                    assertThat(two.answer(List.of("b"))).containsExactly("B");
                }
            }
            assertThat(service.asked).hasSize(2);
        }
    }

    @Test
    void halfALineOfAKilledProcessIsLeftOut() throws IOException {
        try (var service = new Service(HttpTeacherTest::upper)) {
            answers(service, 20, 0, List.of("a", "b"));
            Path journal = journal();
            String whole = Files.readString(journal);
            Files.writeString(journal, whole.substring(0, whole.length() - 9));
            service.asked.clear();
            assertThat(answers(service, 20, 0, List.of("a", "b"))).containsExactly("A", "B");
            assertThat(service.asked).hasSize(1);
        }
    }

    private String refusal(Function<JsonObject, Reply> answers, int seconds, int retries) throws IOException {
        try (var service = new Service(answers)) {
            var message = new String[1];
            assertThatThrownBy(() -> answers(service, seconds, retries, List.of("a"))).isInstanceOf(Unavailable.class)
                    .satisfies(failure -> message[0] = failure.getMessage().replace(service.url(), "URL"));
            return message[0];
        }
    }

    @Test
    void aServiceThatIsBusyIsAskedAgainWhenItSaysSo() throws IOException {
        var times = new AtomicInteger();
        long begun = System.nanoTime();
        try (var service = new Service(question -> times.getAndIncrement() == 0 ? Reply.of(429, "slowly").with("Retry-After: 2") : upper(question))) {
            assertThat(answers(service, 20, 1, List.of("a"))).containsExactly("A");
        }
        assertThat((System.nanoTime() - begun) / 1e9).as("seconds").isGreaterThan(1.9);
        assertThat(refusal(question -> Reply.of(429, "tomorrow").with("Retry-After: 86400"), 20, 3))
                .isEqualTo("the teacher at URL/completions asks to wait 1440 minutes, 'tomorrow'. What it answered before is kept; run again then.");
    }

    @Test
    void halfAnAnswerIsAskedForAgain() throws IOException {
        var times = new AtomicInteger();
        try (var service = new Service(question -> times.getAndIncrement() == 0 ? upper(question).coming(Reply.Way.HALF) : upper(question))) {
            assertThat(answers(service, 20, 1, List.of("a"))).containsExactly("A");
        }
        assertThat(refusal(question -> Reply.of(200, "{\"choices\": [{\"te"), 20, 0))
                .startsWith("the teacher at URL/completions gave no good answer in 1 attempts; the last: an answer that is no JSON, or was cut off: {\"choices\": [{\"te.");
        assertThat(refusal(question -> Reply.of(200, "{\"choices\": []}"), 20, 0)).contains("the last: an answer without a text.");
    }

    @Test
    void anAnswerThatNeverComesIsNotWaitedForForEver() throws IOException {
        assertThat(refusal(question -> upper(question).coming(Reply.Way.NEVER), 1, 0)).contains("in 1 attempts; the last: no answer within 1 s.");
    }

    @Test
    void nobodyListening() throws IOException {
        Service gone = new Service(HttpTeacherTest::upper);
        gone.close();
        assertThatThrownBy(() -> answers(gone, 5, 0, List.of("a"))).isInstanceOf(Unavailable.class).hasMessageContaining("the last: nobody listens there.");
    }

    /** It is not sent again, and neither message nor any file has the key, although the service repeats it. */
    @Test
    void aWrongKeyIsToldByTheNameOfItsVariable() throws IOException {
        var times = new AtomicInteger();
        String message = refusal(question -> {
            times.incrementAndGet();
            return Reply.of(401, "{\"error\": {\"message\": \"Incorrect API key: " + KEY + "\"}}");
        }, 20, 5);
        assertThat(message).isEqualTo("the teacher at URL/completions refused: status 401, 'Incorrect API key: (the key)'. The key is the value of the environment variable TEACHER_KEY.");
        assertThat(times).hasValue(1);
        try (var files = Files.list(scratch)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file)).doesNotContain(KEY);
            }
        }
    }

    /** Java's client writes a header that it refuses into its message. */
    @Test
    void whatIsNoKeyIsNotRepeated() throws IOException {
        try (var service = new Service(HttpTeacherTest::upper)) {
            assertThatThrownBy(() -> new HttpTeacher(Map.of("TEACHER_KEY", KEY + "\nsecond")).open(options(service, Gives.ANSWERS, 1, 0), new Bare(scratch, null)))
                    .isInstanceOf(Unavailable.class).hasMessageStartingWith("the environment variable TEACHER_KEY holds no key").hasMessageNotContaining(KEY);
        }
        assertThat(refusal(question -> Reply.of(200, "<p>Hello, " + KEY), 20, 0)).contains("an answer that is no JSON, or was cut off: <p>Hello, (the key)");
    }

    @Test
    void anAnswerWithNumbersBeyondAllBoundsIsABadAnswer() throws IOException {
        assertThat(refusal(question -> Reply.of(200, "{\"choices\": [{\"text\": \"a\"}], \"usage\": {\"prompt_tokens\": 1e999999999}}"), 20, 0))
                .contains("an answer with a number that is none");
    }

    @Test
    void noOtherAddressIsGoneToAndTheKeyDoesNotTravelInClear() throws IOException {
        try (var elsewhere = new Service(HttpTeacherTest::upper)) {
            assertThat(refusal(question -> Reply.of(307, "").with("Location: " + elsewhere.url() + "/completions"), 20, 3))
                    .contains("refused: status 307. It points to another address, which nobody has trusted");
            assertThat(elsewhere.keys).isEmpty();
            var o = options(elsewhere, Gives.ANSWERS, 1, 1);
            assertThat(new HttpTeacher(Map.of()).contacts(o)).containsExactly(new Contact.Address(URI.create(elsewhere.url())));
            assertThatThrownBy(() -> new HttpTeacher(Map.of()).verify(o)).isInstanceOf(WrongOption.class)
                    .hasMessage("the teacher's key is not here: there is no environment variable TEACHER_KEY, or it is empty. Set it, and run again.");
            assertThatThrownBy(() -> with(o, "http://example.org/v1", "TEACHER_KEY")).hasMessageEndingWith("is not encrypted, so the key could be read on its way; use https");
            assertThatThrownBy(() -> with(o, "https://example.org/v1", "sk-" + KEY)).hasMessageStartingWith("key must be the name of an environment variable")
                    .hasMessageNotContaining(KEY);
        }
    }

    private static HttpTeacher.Options with(HttpTeacher.Options o, String url, String key) {
        return new HttpTeacher.Options(url, o.model(), o.gives(), o.form(), o.prompt(), o.system(), Optional.of(key), 1, 0, Optional.empty(), false, 1, 0, 1, 0, Optional.empty());
    }

    @Test
    void aModelThatIsNotThereIsNamedWithTheNearest() throws IOException {
        try (var service = new Service(HttpTeacherTest::upper)) {
            var o = options(service, Gives.ANSWERS, 20, 0);
            var typo = new HttpTeacher.Options(o.url(), "wisr", o.gives(), o.form(), o.prompt(), o.system(), Optional.empty(), 1, 0, Optional.empty(), false, 1, 0, 9, 0, Optional.empty());
            assertThatThrownBy(() -> open(typo)).hasMessage("the teacher at " + service.url() + " has no model 'wisr'. Did you mean 'wise'? Valid: wise, wiser.");
        }
    }

    @Test
    void requestsKeepTheirDistance() throws IOException {
        try (var service = new Service(HttpTeacherTest::upper)) {
            var o = options(service, Gives.ANSWERS, 20, 0);
            var slow = new HttpTeacher.Options(o.url(), o.model(), o.gives(), o.form(), o.prompt(), o.system(), Optional.empty(), 1, 0, Optional.empty(), false, 4, 120, 9, 0, Optional.empty());
            long begun = System.nanoTime();
            try (Answering session = open(slow)) {
                session.answer(List.of("a", "b", "c"));
            }
            // the list of models and three questions, half a second between two
            assertThat((System.nanoTime() - begun) / 1e9).isGreaterThan(1.4);
        }
    }

    @Test
    void aStopEndsTheWaitingAtOnce() throws IOException {
        try (var service = new Service(question -> Reply.of(503, "").with("Retry-After: 300"))) {
            var stop = new java.util.concurrent.atomic.AtomicBoolean();
            var context = new Bare(scratch, new FiveTokens(), stop::get);
            try (var session = (Answering) new HttpTeacher(Map.of("TEACHER_KEY", KEY)).open(options(service, Gives.ANSWERS, 20, 3), context)) {
                Thread.ofVirtual().start(() -> {
                    Service.sleep(300);
                    stop.set(true);
                });
                assertThatThrownBy(() -> session.answer(List.of("a"))).isInstanceOf(CancellationException.class);
            }
        }
    }

    // ---- distributions

    private static final Scoring.Row ROW = new Scoring.Row(new int[] {3}, new int[] {4});

    private org.assertj.core.api.AbstractThrowableAssert<?, ?> scoring(String position) throws IOException {
        String all = "[null, null, " + position + ", " + position + "]";
        try (var service = new Service(question -> Reply.of(200, "{\"choices\": [{\"index\": 0, \"logprobs\": {\"top_logprobs\": " + all + "}}]}"));
                var session = (Scoring) new HttpTeacher(Map.of("TEACHER_KEY", KEY)).open(options(service, Gives.DISTRIBUTIONS, 20, 0), new Bare(scratch, new FiveTokens()))) {
            return assertThatThrownBy(() -> session.score(List.of(ROW), 2, 1)).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void distributionsAreReadInTheirOrderWithTheMassOfTheOthers() throws IOException {
        String all = "[null, null, {\"token_id:4\": -1.5, \"token_id:2\": -0.5, \"token_id:0\": -3}, {\"token_id:1\": -0.1, \"token_id:0\": -9999}]";
        try (var service = new Service(question -> Reply.of(200, "{\"choices\": [{\"index\": 0, \"logprobs\": {\"top_logprobs\": " + all + "}}]}"));
                var session = (Scoring) new HttpTeacher(Map.of("TEACHER_KEY", KEY)).open(options(service, Gives.DISTRIBUTIONS, 20, 0), new Bare(scratch, new FiveTokens()))) {
            var top = session.score(List.of(ROW), 2, 1).getFirst();
            assertThat(top.tokens()).containsExactly(2, 4, 1, 0);
            assertThat(top.logProbabilities()).containsExactly(-0.5f, -1.5f, -0.1f, -9999f);
            assertThat(top.tail()[0]).isCloseTo((float) (1 - Math.exp(-0.5) - Math.exp(-1.5)), within(1e-6f));
            assertThat(service.asked.getFirst().get("prompt")).hasToString("[[3,1,4,2]]");
        }
    }

    @Test
    void whatIsNoDistributionIsNamed() throws IOException {
        scoring("{\"token_id:4\": NaN, \"token_id:2\": -0.5}").hasMessageContaining("the log-probability of token 4 is NaN, which is none");
        scoring("{\"token_id:4\": 0.5, \"token_id:2\": -0.5}").hasMessageContaining("the log-probability of token 4 is 0.5, which is none");
        scoring("{\"token_id:4\": -0.1, \"token_id:2\": -0.1}").hasMessageContaining("the probabilities of one position sum to 1.8097");
        scoring("{\"token_id:4\": -0.1}").hasMessageContaining("it tells 1 of the 2 likeliest tokens; set k: 1");
        scoring("{\"a\": -0.1, \"b\": -3}").hasMessageContaining("it names tokens by their text ('a')");
        scoring("{\"token_id:5\": -0.1, \"token_id:2\": -3}").hasMessageContaining("it knows a token 5, its vocabulary has 5");
        scoring("null").hasMessageContaining("a position of which nothing is told");
    }

    @Test
    void aServiceThatDoesNotSayHowItReadsIsOnlyBelievedOnTheUsersWord() throws IOException {
        try (var service = new Service(HttpTeacherTest::upper)) {
            var o = options(service, Gives.DISTRIBUTIONS, 20, 0);
            var silent = new HttpTeacher.Options(o.url(), o.model(), o.gives(), o.form(), o.prompt(), o.system(), Optional.empty(), 1, 0, Optional.empty(), false, 1, 0, 9, 0, Optional.empty());
            assertThatThrownBy(() -> new HttpTeacher(Map.of()).open(silent, new Bare(scratch, new FiveTokens())))
                    .hasMessageStartingWith("wise at " + service.url() + " does not say which tokenizer it reads with.").hasMessageContaining("sameTokenizer: true");
        }
    }

    private static HttpTeacher.Options spans(Service service, Optional<org.encore.api.option.Choice<org.encore.api.task.Tokenization<?>>> own, Gives gives) {
        return new HttpTeacher.Options(service.url(), "wise", gives, Form.COMPLETIONS, "a{source}b", Optional.empty(), Optional.empty(), 20, 0, own, false, 1, 0, 20, 0, Optional.empty());
    }

    /** A service that says nothing of how it reads has a language model. */
    @Test
    void spansAreAskedForInTheServicesOwnTokens() throws IOException {
        var own = new Pieces("ab", "a", "b");
        String top = "{\"token_id:5\": -0.5, \"token_id:4\": -1.5}";
        String all = "\"top_logprobs\": [null, " + top + ", " + top + ", " + top + ", " + top + ", " + top + "]";
        try (var service = new Service(question -> Reply.of(200, "{\"choices\": [{\"index\": 0, \"logprobs\": {" + all + ", \"token_logprobs\": [null, -1, -1, -1, -2.5, -3.5]}}]}"));
                var session = (Scoring) new HttpTeacher(Map.of()).open(spans(service, Optional.of(GivenTokenizer.of(own)), Gives.SPANS), new Bare(scratch, new Pieces("a", "b")))) {
            var said = session.score(List.of(new Scoring.Row(new int[] {3}, new int[] {3, 4})), 2, 1).getFirst();
            // start, a of the prompt, source a, b of the prompt, target ab as one token, end
            assertThat(service.asked.getFirst().get("prompt")).hasToString("[[1,4,4,5,3,2]]");
            assertThat(said.tail()[1]).as("within the span ab").isEqualTo(org.encore.api.training.Guidance.Top.WITHIN);
            assertThat(said.tail()[0]).isCloseTo((float) (1 - Math.exp(-0.5) - Math.exp(-1.5)), within(1e-6f));
        }
    }

    @Test
    void spansNeedATokenizerAndAServiceThatTellsOfTheTokensThatItIsGiven() throws IOException {
        String top = "{\"token_id:5\": -0.5, \"token_id:4\": -1.5}";
        try (var service = new Service(question -> Reply.of(200, "{\"choices\": [{\"index\": 0, \"logprobs\": {\"top_logprobs\": [null, " + (top + ", ").repeat(5) + top + "]}}]}"))) {
            assertThatThrownBy(() -> spans(service, Optional.empty(), Gives.SPANS)).isInstanceOf(WrongOption.class)
                    .hasMessage("gives: spans needs the tokenizer that the service reads with: name it, such as tokenizer: {huggingface: {file: tokenizer.json}}");
            assertThatThrownBy(() -> spans(service, Optional.of(GivenTokenizer.of(new Pieces("a"))), Gives.ANSWERS)).isInstanceOf(WrongOption.class).hasMessageStartingWith("tokenizer is for gives: spans");
            var options = spans(service, Optional.of(GivenTokenizer.of(new Pieces("ab", "a", "b"))), Gives.SPANS);
            try (var session = (Scoring) new HttpTeacher(Map.of()).open(options, new Bare(scratch, new Pieces("a", "b")))) {
                assertThatThrownBy(() -> session.score(List.of(new Scoring.Row(new int[] {3}, new int[] {3, 4})), 2, 1)).isInstanceOf(Unavailable.class)
                        .hasMessageContaining("it does not tell how likely it finds the tokens that it is given ('token_logprobs'), which spans are made of");
            }
        }
    }
}
