package org.encore.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed at any moment, the same command goes on, and ends with the same bits. benchmarks/kill-nine does more of it, on a real experiment. */
class KillNineTest {

    private static final int KILLS = 5;
    private static final long SEED = 20_261_127;

    @TempDir
    Path folder;

    @Test
    void anExperimentThatIsKilledFiveTimesEndsWithTheBitsOfOneThatIsNot() throws Exception {
        SmallExperiment experiment = SmallExperiment.in(folder);
        experiment.text(SmallExperiment.text().replace("resources:", "  dec: {decoder-only: {layers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}\nresources:")
                .replace("20k", "300k").replace("evaluations: 4", "evaluations: 60"));
        long begun = System.nanoTime();
        assertThat(experiment.run("--runs", "undisturbed").code()).isZero();
        long millis = (System.nanoTime() - begun) / 1_000_000;

        var random = new Random(SEED);
        int struck = 0;
        while (struck < KILLS) {
            Encore run = Encore.startInShell(folder, "exec setsid '" + Encore.COMMAND + "' run " + SmallExperiment.FILE + " --runs broken");
            // sometimes before anything was begun, sometimes far into the training; never so late that all would be over
            Thread.sleep((long) (random.nextDouble() * millis / 2));
            if (!run.killGroup()) {
                break;
            }
            struck++;
        }
        assertThat(struck).as("kills that struck").isPositive();
        Encore last = experiment.run("--runs", "broken");
        assertThat(last.code()).as(last.out() + last.err()).isZero();
        assertThat(experiment.trained("broken")).isNotEmpty().isEqualTo(experiment.trained("undisturbed"));
        assertThat(last.out() + last.err()).doesNotContain("damaged");
    }
}
