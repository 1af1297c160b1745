package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Build;
import org.encore.experiment.match.WidthSolver;
import org.encore.graph.Model;
import org.junit.jupiter.api.Test;

/** Widths are found as by trying each, with a tenth of the models: building them is what matching costs. */
class WidthSolverTest {

    private static final int MOST_TRIED = 16;

    /** @param width is all that there is to choose */
    private record Only(int width) {}

    /** An architecture of which nothing is built. */
    private static final class Anything implements Architecture<Only> {
        @Override
        public Class<Only> optionsType() {
            return Only.class;
        }

        @Override
        public Model build(Only options, Build build) {
            throw new AssertionError("nothing is built here");
        }

        @Override
        public Only atWidth(Only options, int width) {
            return new Only(width);
        }
    }

    private static int solved(IntToLongFunction quantity, long goal, List<Integer> tried) {
        return WidthSolver.solve(new Anything(), new Only(1), goal, options -> {
            tried.add(options.width());
            return quantity.applyAsLong(options.width());
        }).width();
    }

    /** The nearest of all widths, or the multiple of 8 next to it if that is within the tolerance. */
    private static int nearest(IntToLongFunction quantity, long goal) {
        int best = IntStream.rangeClosed(1, 5000).boxed().min((a, b) -> Long.compare(Math.abs(quantity.applyAsLong(a) - goal),
                Math.abs(quantity.applyAsLong(b) - goal))).orElseThrow();
        int rounded = Math.max(8, Math.round(best / 8f) * 8);
        return Math.abs(quantity.applyAsLong(rounded) - goal) <= WidthSolver.TOLERANCE * goal ? rounded : best;
    }

    @Test
    void theNearestWidthIsFoundWithFewModels() {
        var random = new Random(1);
        for (int i = 0; i < 500; i++) {
            long square = random.nextInt(60);
            long linear = 1 + random.nextInt(20_000);
            long fixed = random.nextInt(10_000);
            IntToLongFunction quantity = width -> square * width * width + linear * width + fixed;
            long goal = quantity.applyAsLong(100 + random.nextInt(4000)) + random.nextInt(100);
            var tried = new ArrayList<Integer>();
            assertThat(solved(quantity, goal, tried)).as("%d w^2 + %d w + %d = %d", square, linear, fixed, goal).isEqualTo(nearest(quantity, goal));
            assertThat(tried).as("%d w^2 + %d w + %d = %d", square, linear, fixed, goal).hasSizeLessThanOrEqualTo(MOST_TRIED).doesNotHaveDuplicates();
        }
    }

    @Test
    void aQuantityThatGrowsInStepsIsSolvedToo() {
        IntToLongFunction steps = width -> 1000L * (width / 100);
        assertThat(steps.applyAsLong(solved(steps, 7000, new ArrayList<>()))).isEqualTo(7000);
        IntToLongFunction leap = width -> width < 777 ? width : 1_000_000;
        assertThat(solved(leap, 1_000_000, new ArrayList<>())).isEqualTo(777);
    }

    @Test
    void aGoalThatNoWidthReachesIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> solved(width -> 100L * width, 50, new ArrayList<>())).hasMessageContaining("even at width 1 this variant has 100");
        assertThatThrownBy(() -> solved(width -> width < 777 ? width : 2_000_000, 1_000_000, new ArrayList<>()))
                .hasMessageContaining("776 at width 776, 2000000 at width 777");
        assertThatThrownBy(() -> solved(width -> width, 1L << 40, new ArrayList<>())).hasMessageContaining("65536 at width 65536");
    }
}
