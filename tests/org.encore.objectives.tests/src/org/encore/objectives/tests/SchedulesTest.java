package org.encore.objectives.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.encore.api.training.Schedule;
import org.encore.objectives.ConstantSchedule;
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
    void constantRisesAndStays() {
        var schedule = new ConstantSchedule();
        var options = new ConstantSchedule.Options(0.1);
        assertThat(schedule.factor(options, 50, 1000)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.factor(options, 100, 1000)).isEqualTo(1);
        assertThat(schedule.factor(options, 1000, 1000)).isEqualTo(1);
    }

    /** Trainings of one step, of few and of many; no warm-up, nothing but warm-up. */
    @Test
    void everyFactorIsAShareAndRisesThenNeverRisesAgain() {
        for (long steps : new long[] {1, 2, 7, 1000}) {
            for (double warmup : new double[] {0, 0.02, 0.5, 1}) {
                isAShare(new LinearSchedule(), new LinearSchedule.Options(warmup), warmup, steps);
                isAShare(new ConstantSchedule(), new ConstantSchedule.Options(warmup), warmup, steps);
                isAShare(new CosineSchedule(), new CosineSchedule.Options(warmup, 0.1), warmup, steps);
                isAShare(new StableSchedule(), new StableSchedule.Options(warmup, (1 - warmup) / 2), warmup, steps);
            }
        }
    }

    private static <O extends Record> void isAShare(Schedule<O> schedule, O options, double warmup, long steps) {
        double before = 0;
        for (long step = 1; step <= steps; step++) {
            double factor = schedule.factor(options, step, steps);
            assertThat(factor).as("%s, step %d of %d", options, step, steps).isBetween(0.0, 1.0);
            if (step <= warmup * steps) {
                assertThat(factor).as("%s, step %d of %d", options, step, steps).isGreaterThan(before);
            } else if (step > warmup * steps + 1) {
                assertThat(factor).as("%s, step %d of %d", options, step, steps).isLessThanOrEqualTo(before);
            }
            before = factor;
        }
    }

    @Test
    void sharesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new StableSchedule.Options(0.6, 0.6)).hasMessageContaining("more than the whole training");
        assertThatThrownBy(() -> new LinearSchedule.Options(1.5)).hasMessageContaining("no share");
        assertThatThrownBy(() -> new ConstantSchedule.Options(Double.NaN)).hasMessageContaining("warmup NaN is no share");
        assertThatThrownBy(() -> new CosineSchedule.Options(0, -0.1)).hasMessageContaining("floor -0.1 is no share");
    }
}
