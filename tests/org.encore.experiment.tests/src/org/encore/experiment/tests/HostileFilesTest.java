package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.encore.api.extension.Registry;
import org.encore.api.option.Problems;
import org.encore.api.option.Problems.InvalidConfiguration;
import org.encore.experiment.ExperimentReader;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, the answer is a list of places and sentences: never a stack trace, never a hang. */
class HostileFilesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private InvalidConfiguration refused(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("hostile.yaml"), content);
        return Assertions.assertTimeoutPreemptively(PATIENCE,
                () -> catchThrowableOfType(InvalidConfiguration.class, () -> ExperimentReader.read(file, Registry.ofPlatform())));
    }

    @Test
    void everyKindOfBadFileIsAnsweredWithAPlaceAndASentence() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("", "the file is empty");
        files.put("# nothing but a comment\n", "the file is empty");
        files.put("just text", "expected an experiment");
        files.put("- a\n- b\n", "expected an experiment");
        files.put("name: [unclosed", "not YAML");
        files.put("name: a\n\tbad: tab", "not YAML");
        files.put("a: &x [1, 2]\nb: *x\n", "anchors");
        files.put("a: *missing\n", "aliases");
        files.put("name: !!java.net.URL [http://example.com]\n", "tags");
        files.put("!!javax.script.ScriptEngineManager {}\n", "tags");
        files.put("name: a\n---\nname: b\n", "second document");
        files.put("? [a, b]\n: c\n", "expected a name");
        files.put("name: a\nname: b\n", "given twice");
        files.put("[".repeat(10_000), "levels");
        files.put("a:\n".repeat(1) + "  ".repeat(50) + "{".repeat(500), "levels");
        files.put("name: " + "x".repeat(100_000), "becomes part of a folder's name");
        files.put("name: ../../etc\ntask: g2p-cmudict\nvariants: {a: decoder-only}\n", "becomes part of a folder's name");
        for (Map.Entry<String, String> file : files.entrySet()) {
            InvalidConfiguration refusal = refused(file.getKey().getBytes(StandardCharsets.UTF_8));
            assertThat(refusal).as(file.getKey().substring(0, Math.min(40, file.getKey().length()))).isNotNull();
            assertThat(refusal.getMessage()).contains(file.getValue()).containsPattern("hostile\\.yaml:\\d+:\\d+: ");
        }
    }

    @Test
    void ofThousandsOfMistakesTheFirstHundredAreTold() throws IOException {
        var file = new StringBuilder("name: a\n");
        for (int line = 2; line <= 3_000; line++) {
            file.append(line % 2 == 0 ? "again" : "wrong" + line).append(": 1\n");
        }
        List<Problems.Problem> told = refused(file.toString().getBytes(StandardCharsets.UTF_8)).problems();
        assertThat(told).hasSize(101);
        assertThat(told.get(1).toString()).contains("hostile.yaml:6:1: 'again' is given twice");
        assertThat(told.getLast().message()).matches("and \\d{4} more like these or others, which are not shown");
    }

    @Test
    void anAliasBombIsRefusedAtOnce() throws IOException {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c < 'z'; c++) {
            bomb.append(c).append(": &").append(c).append(" [").append(("*" + (char) (c - 1) + ", ").repeat(8)).append("*").append((char) (c - 1)).append("]\n");
        }
        assertThat(refused(bomb.toString().getBytes(StandardCharsets.UTF_8)).getMessage()).contains("hostile.yaml:1:4: anchors");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        var random = new Random(3);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(3000)];
            random.nextBytes(bytes);
            assertThat(refused(bytes)).isNotNull();
        }
        assertThat(refused(new byte[2 << 20]).getMessage()).contains("more than 1048576 bytes");
    }

    @Test
    void aFileThatIsNotThereOrAFolderIsNamed() {
        assertThat(catchThrowableOfType(InvalidConfiguration.class, () -> ExperimentReader.read(folder.resolve("gone.yaml"), Registry.ofPlatform())).getMessage())
                .contains("gone.yaml:1:1: there is no such file");
        assertThat(catchThrowableOfType(InvalidConfiguration.class, () -> ExperimentReader.read(folder, Registry.ofPlatform())).getMessage()).contains("this is a folder");
    }

    @Test
    void allMistakesAreToldAtOnceInTheOrderOfTheFile() throws IOException {
        InvalidConfiguration refusal = refused("""
                name: quick start
                task: g2p-cmudct
                match: {parametres: 0.6M}
                variants:
                  dec: {decoder-only: {layers: six, block: {heads: 4, kvHeads: 3}}}
                  enc: {encoder-decodr: {}}
                trian: {tokens: 2M}
                train: {schedule: {linear: {warmup: 2}}, learningRate: -1}
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(refusal.problems().stream().map(p -> p.at().line() + ":" + p.at().column())).containsExactly("1:7", "2:7", "3:9", "5:32", "5:44", "6:9", "7:1", "8:28");
        assertThat(refusal.getMessage()).contains("Did you mean 'g2p-cmudict'?").contains("Did you mean 'parameters'?").contains("not 'six'")
                .contains("4 heads cannot share 3 kvHeads").contains("Did you mean 'encoder-decoder'?").contains("Did you mean 'train'?")
                .contains("warmup 2.0 is no share");
    }
}
