package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.workbench.Arguments;
import org.junit.jupiter.api.Test;

/** {@code encore workbench ...} as it is typed. */
class ArgumentsTest {

    @Test
    void withoutWordsTheWindowShowsTheUsualRuns() {
        assertThat(Arguments.of(List.of())).isEqualTo(new Arguments.Open(Optional.empty()));
    }

    @Test
    void anotherFolderOfRunsCanBeGiven() {
        assertThat(Arguments.of(List.of("--runs", "a b"))).isEqualTo(new Arguments.Open(Optional.of(Path.of("a b"))));
        assertThat(Arguments.of(List.of("--runs=there"))).isEqualTo(new Arguments.Open(Optional.of(Path.of("there"))));
    }

    @Test
    void whatIsWrongIsSaidInOneSentence() {
        assertThat(Arguments.of(List.of("--help"))).isEqualTo(new Arguments.Help());
        assertThat(Arguments.of(List.of("--runs"))).isEqualTo(new Arguments.Wrong("--runs needs one folder."));
        assertThat(Arguments.of(List.of("--run"))).isEqualTo(new Arguments.Wrong("'--run' is no option of the workbench; it has --runs."));
    }
}
