package org.encore.bench.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

import org.encore.bench.Protocol;
import org.encore.bench.Sample;
import org.encore.bench.Stationarity;
import org.junit.jupiter.api.Test;

class StationarityTest {

    private static List<Sample> turns(int repeats, IntToDoubleFunction first, IntToDoubleFunction second) {
        var samples = new ArrayList<Sample>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            samples.add(new Sample("a", repeat, first.applyAsDouble(repeat), 1, Optional.empty()));
            samples.add(new Sample("b", repeat, 7, second.applyAsDouble(repeat), Optional.empty()));
        }
        return samples;
    }

    @Test
    void tenEqualTurnsAreSteadyAndNineAreTooFewToTell() {
        assertThat(Stationarity.reached(turns(10, i -> 5, i -> 5))).isTrue();
        assertThat(Stationarity.reached(turns(9, i -> 5, i -> 5))).isFalse();
    }

    @Test
    void modelsThatGetFasterAreNotWarm() {
        IntToDoubleFunction warming = i -> 5 + 5 * Math.exp(-i / 10.0);
        assertThat(Stationarity.reached(turns(12, warming, i -> 5))).isFalse();
        assertThat(Stationarity.reached(turns(12, i -> 5, warming))).as("the later tokens of the second model").isFalse();
        assertThat(Stationarity.reached(turns(60, warming, warming))).isTrue();
    }

    @Test
    void oneDisturbedTurnDoesNotMatter() {
        assertThat(Stationarity.reached(turns(10, i -> i == 8 ? 100 : 5, i -> 5))).isTrue();
    }

    @Test
    void warmUpHasAMost() {
        assertThat(new Protocol(10, 60, 2, 1).longestWarmup()).isEqualTo(60);
        assertThat(new Protocol(10, 3, 2, 1).longestWarmup()).isEqualTo(10);
        assertThat(new Protocol(10, 60, 2, 1).mostRepeats()).isEqualTo(120);
    }
}
