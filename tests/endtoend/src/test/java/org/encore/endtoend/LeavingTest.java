package org.encore.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user leaves with: answers, and a model that needs no Encore. */
class LeavingTest {

    private static final String TINY = """
            name: tiny
            task: g2p-cmudict
            variants:
              enc: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 32, heads: 2, kvHeads: 1, headSize: 16}}}
            resources: {threads: 1}
            stages: [data, tokenizer, train, export]
            train: {tokens: 200k, batchTokens: 2048, evaluations: 2, evaluationPairs: 32}
            """;

    @TempDir
    static Path folder;
    private static String run = "";

    @BeforeAll
    static void trainAModel() throws Exception {
        Files.writeString(folder.resolve("tiny.yaml"), TINY);
        Encore trained = Encore.start(folder, "run", "tiny.yaml").await();
        assertThat(trained.code()).as(trained.out() + trained.err()).isZero();
        try (var runs = Files.list(folder.resolve("runs"))) {
            run = "runs/" + runs.map(p -> p.getFileName().toString()).filter(name -> name.startsWith("tiny-")).findFirst().orElseThrow();
        }
    }

    @Test
    void aModelAnswersOnTheCommandLine() throws Exception {
        Encore answers = Encore.start(folder, "generate", run, "hello", "world").await();
        assertThat(answers.code()).as(answers.err()).isZero();
        assertThat(answers.out().lines()).hasSize(2).allMatch(line -> line.matches("[A-Z]+( [A-Z]+)*"));
        Encore typo = Encore.start(folder, "generate", run, "--cell", "enc-sed1", "hello").await();
        assertThat(typo.code()).isEqualTo(2);
        assertThat(typo.err()).contains("enc-seed1").doesNotContain("\tat ");
    }

    @Test
    void aModelSaysWhatItLooksAt() throws Exception {
        String answer = Encore.start(folder, "generate", run, "--decoding", "greedy", "hello").await().out().strip();
        Encore looks = Encore.start(folder, "explain", "attention", run, "hello", "--csv", "weights.csv").await();
        assertThat(looks.code()).as(looks.err()).isZero();
        assertThat(looks.out()).contains("encoder.0.self (mean of 2 heads)").contains("decoder.0.cross (mean of 2 heads)")
                .contains("(start) → " + answer.split(" ")[0]);
        List<String> weights = Files.readAllLines(folder.resolve("weights.csv"));
        int tokens = answer.split(" ").length + 1;
        assertThat(weights).hasSize(1 + 2 * (5 * 5 + tokens * tokens + tokens * 5));
        assertThat(weights.getFirst()).isEqualTo("attention,head,query,queryToken,key,keyToken,weight");
        Encore given = Encore.start(folder, "explain", "attention", run, "hello", "--output", "HH AH").await();
        assertThat(given.out()).contains("HH → AH");
        Encore nothing = Encore.start(folder, "explain", "attention", run).await();
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).isEqualTo("encore: name a run and what its model reads: encore explain attention RUN TEXT\n");
    }

    @Test
    void aModelIsServedToOtherPrograms() throws Exception {
        String ours = Encore.start(folder, "generate", run, "--decoding", "greedy", "hello").await().out().strip();
        Encore server = Encore.start(folder, java.util.Map.of("SERVER_KEY", "sesame-seed"), "serve", run, "--port", "0", "--key-from", "SERVER_KEY");
        server.awaitOutput("Try: ");
        assertThat(server.out()).contains("to programs of this machine alone; asks for the key");
        var address = java.util.regex.Pattern.compile("listens at (http://127\\.0\\.0\\.1:\\d+/v1)").matcher(server.out());
        assertThat(address.find()).as(server.out()).isTrue();
        var request = HttpRequest.newBuilder(URI.create(address.group(1) + "/completions")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\": \"hello\", \"temperature\": 0, \"logprobs\": 2}"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(401);
            HttpResponse<String> answer = client.send(request.header("Authorization", "Bearer sesame-seed").build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"text\":\"" + ours + "\"").contains("\"top_logprobs\":[{");
        }
        server.signal("INT");
        assertThat(server.await().code()).isEqualTo(130);
        assertThat(server.out() + server.err()).doesNotContain("sesame-seed");
    }

    @Test
    void theExportedModelsOwnProgramSaysTheSame() throws Exception {
        Encore export = Encore.start(folder, "export", run, "--to", "model").await();
        assertThat(export.code()).as(export.err()).isZero();
        Path model = folder.resolve("model");
        assertThat(model.resolve("README.md")).content().contains("exec:java");
        List<String> ours = Encore.start(folder, "generate", run, "hello", "world").await().out().lines().toList();
        String printed = Maven.run(model, "-q", "compile", "exec:java", "-Dexec.args=hello world");
        assertThat(printed.lines()).containsSubsequence(ours);
        Encore again = Encore.start(folder, "export", run, "--to", "model").await();
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("--force");
    }

    @Test
    void theSampleUsesTheVersionsThatEncoreUses() throws Exception {
        Encore.start(folder, "export", run, "--to", "versions").await();
        String target = Files.readString(Path.of(System.getProperty("encore.root"), "target-platform/encore.target"));
        String pom = Files.readString(folder.resolve("versions/pom.xml"));
        for (String artifact : List.of("onnxruntime", "tokenizers")) {
            assertThat(pom).contains("<artifactId>" + artifact + "</artifactId><version>" + version(target, artifact) + "</version>");
        }
    }

    private static String version(String target, String artifact) {
        var matcher = java.util.regex.Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)</version>").matcher(target);
        assertThat(matcher.find()).as(artifact + " in encore.target").isTrue();
        return matcher.group(1);
    }

    @Test
    void aShellCompletesCommandsOptionsAndIds() throws Exception {
        Encore script = Encore.start(folder, "completion", "bash").await();
        Files.writeString(folder.resolve("complete.bash"), script.out());
        assertThat(completions("encore", "pl")).contains("plan", "plugin");
        assertThat(completions("encore", "compare", "--")).isNotEmpty();
        assertThat(completions("encore", "explain", "residual")).contains("residual-bridged");
    }

    /** What bash offers for the last word. */
    private List<String> completions(String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        String program = "source complete.bash; f=$(complete -p encore | sed 's/.*-F \\([^ ]*\\).*/\\1/'); COMP_WORDS=(" + line + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + line + "'; COMP_POINT=" + line.length() + "; $f encore; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Encore bash = Encore.startInShell(folder, program).await();
        return bash.out().lines().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }
}
