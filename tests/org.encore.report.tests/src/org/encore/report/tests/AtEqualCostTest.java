package org.encore.report.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.encore.compare.tests.SmallRun;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.AtEqualCost;
import org.encore.report.table.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of different objectives at equal steps and at equal time, read off their looks. */
class AtEqualCostTest {

    private static final String HEADER = "step,tokens,seconds,lossNats\n";

    @TempDir
    Path folder;

    @Test
    void theSlowerOneIsReadWhereTheQuickerOneHadEnded() throws IOException {
        SmallRun run = new SmallRun(folder.resolve("demo-1")).begun(List.of("plain", "taught", "unseen"), 1, 2)
                .file("cells/plain-seed1/train/labels.csv", HEADER + "10,1000,5,1.0\n20,2000,10,0.8\n")
                .file("cells/taught-seed1/train/labels.csv", HEADER + "10,1000,8,0.9\n20,2000,16,0.5\n")
                .file("cells/plain-seed2/train/labels.csv", HEADER + "10,1000,6,1.1\n20,2000,12,0.9\n")
                .file("cells/taught-seed2/train/labels.csv", HEADER + "10,1000,12,0.7\n20,2000,24,0.3\n");
        RunResults results = run.results();
        List<AtEqualCost> found = AtEqualCost.of(results, Row.of(results));
        assertThat(found).extracting(of -> of.row().name()).as("one without looks is left out").containsExactly("plain", "taught");
        assertThat(found.getFirst().equalTime()).as("the quicker one ends there").isEqualTo(found.getFirst().equalSteps()).isEqualTo(0.85, within(1e-12));
        assertThat(found.getLast()).satisfies(taught -> {
            assertThat(taught.equalSteps()).isEqualTo(0.4, within(1e-12));
            // after 10 of 8 to 16 s: 0.9 - 0.4 * 2/8 = 0.8; after 12 s: 0.7
            assertThat(taught.equalTime()).isEqualTo(0.75, within(1e-12));
            assertThat(taught.seconds()).isEqualTo(20);
            assertThat(taught.time()).isEqualTo(11);
            assertThat(taught.seeds()).isEqualTo(2);
        });
    }
}
