package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Example;
import org.encore.data.cmudict.Pronunciation;
import org.encore.tasks.metric.Bleu;
import org.encore.tasks.metric.ChrF;
import org.encore.tasks.metric.Porter;
import org.junit.jupiter.api.Test;

/** Values that others compute: tests/golden/make_metric_golden.py made them with sacreBLEU 2.6.0, CodeXGLUE's evaluator and NLTK 3.10.3. */
class MetricReferenceTest {

    private static final List<String> OUTPUTS = List.of("The dog bit the man.", "It was not unexpected.", "The man bit him first.", "",
            "naïve café\u00a0😀😁 x", "a");
    private static final List<Example> EXAMPLES = List.of(new Example("1", List.of("The dog bit the man.", "The dog had bit the man.")),
            new Example("2", List.of("It wasn't surprising.", "No one was surprised.")),
            new Example("3", List.of("The man had just bitten him.", "The man had bitten the dog.")),
            new Example("4", List.of("nothing at all")),
            new Example("5", List.of("naive café 😀 y", "naïve  café")),
            new Example("6", List.of("a b c d e f g")));

    private static void check(org.encore.api.task.Metric metric, double ofAll, double... ofEach) {
        assertThat(Scoring.score(metric, OUTPUTS, EXAMPLES)).isCloseTo(ofAll, within(1e-10));
        for (int i = 0; i < ofEach.length; i++) {
            assertThat(Scoring.score(metric, OUTPUTS.subList(i, i + 1), EXAMPLES.subList(i, i + 1))).as("example %s", i + 1)
                    .isCloseTo(ofEach[i], within(1e-10));
        }
    }

    @Test
    void bleuIsThatOfCodeXGlue() {
        check(new Bleu(), 32.25889110117921, 100, 39.76353643835253, 29.41733261715515, 0, 47.28708045015878, 0.24787521766663584);
    }

    @Test
    void chrfIsThatOfSacreBleu() {
        check(new ChrF(), 43.769461210898505, 100, 24.73801947679657, 29.765723951216373, 0, 91.1574824683062, 17.241379310344822);
    }

    /** The examples of the paper, one for each step. */
    @Test
    void stemsAreThoseOfThePaper() {
        assertThat(List.of("caresses", "ponies", "agreed", "plastered", "motoring", "conflated", "hopping", "falling", "filing", "happy",
                "relational",
                "vietnamization", "triplicate", "goodness", "adjustment", "adoption", "probate", "controll").stream().map(Porter::stem))
                .containsExactly("caress", "poni", "agre", "plaster", "motor", "conflat", "hop", "fall", "file", "happi", "relat",
                        "vietnam", "triplic", "good", "adjust", "adopt", "probat", "control");
    }

    @Test
    void stemsOfADictionaryAreThoseOfNltk() throws Exception {
        TaskData data = new Pronunciation().load(new Pronunciation.Options(), Files.NONE);
        var words = new TreeSet<String>();
        data.train().forEach(pair -> words.add(pair.source()));
        data.heldOut().values().forEach(examples -> examples.forEach(example -> words.add(example.source())));
        words.removeIf(word -> !word.matches("[a-z]{4,}"));
        var sha256 = MessageDigest.getInstance("SHA-256");
        words.forEach(word -> sha256.update((Porter.stem(word) + "\n").getBytes(StandardCharsets.UTF_8)));
        assertThat(words).hasSize(115_409);
        assertThat(HexFormat.of().formatHex(sha256.digest())).isEqualTo("03a75b1deacddee5aba677b9d1839f40a6b107bdd1931568c1847c9953df9fcc");
    }
}
