package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.encore.objectives.CosineSchedule;
import org.encore.objectives.LinearSchedule;
import org.encore.objectives.StableSchedule;
import org.junit.jupiter.api.Test;

class SchedulesTest {

    @Test
    void linearRisesThenFallsToZeroAtTheLastStep() {
        var schedule = new LinearSchedule();
        var options = new LinearSchedule.Options(0.1);
        assertThat(schedule.factor(options, 1, 1000)).isCloseTo(0.01, within(1e-12));
        assertThat(schedule.factor(options, 100, 1000)).isCloseTo(1, within(1e-12));
        assertThat(schedule.factor(options, 550, 1000)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.factor(options, 1000, 1000)).isZero();
    }

    @Test
    void cosineEndsAtItsFloor() {
        var schedule = new CosineSchedule();
        var options = new CosineSchedule.Options(0, 0.1);
        assertThat(schedule.factor(options, 500, 1000)).isCloseTo(0.55, within(1e-12));
        assertThat(schedule.factor(options, 1000, 1000)).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void theStablePartIsConstant() {
        var schedule = new StableSchedule();
        var options = new StableSchedule.Options(0.1, 0.2);
        assertThat(schedule.factor(options, 100, 1000)).isEqualTo(1);
        assertThat(schedule.factor(options, 800, 1000)).isEqualTo(1);
        assertThat(schedule.factor(options, 900, 1000)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.factor(options, 1000, 1000)).isZero();
    }

    @Test
    void everyFactorIsAShare() {
        for (long step = 1; step <= 7; step++) {
            assertThat(new LinearSchedule().factor(new LinearSchedule.Options(1), step, 7)).isBetween(0.0, 1.0);
            assertThat(new CosineSchedule().factor(new CosineSchedule.Options(0.5, 0), step, 7)).isBetween(0.0, 1.0);
            assertThat(new StableSchedule().factor(new StableSchedule.Options(0, 1), step, 7)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void sharesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new StableSchedule.Options(0.6, 0.6)).hasMessageContaining("more than the whole training");
        assertThatThrownBy(() -> new LinearSchedule.Options(1.5)).hasMessageContaining("no share");
    }
}
