package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.api.task.TaskData.Pair;
import org.encore.api.training.Batch;
import org.encore.experiment.data.BatchOrder;
import org.encore.experiment.data.Encoded;
import org.encore.tasks.tokenizer.SymbolTokenizer;
import org.encore.tasks.tokenizer.Symbols;
import org.junit.jupiter.api.Test;

class BatchOrderTest {

    private static final SymbolTokenizer TOKENIZER = new SymbolTokenizer(Symbols.LETTERS, Symbols.WORDS,
            Stream.concat(IntStream.rangeClosed('a', 'z').mapToObj(Character::toString), Stream.of("A", "B")).toList());

    /** Pairs of many lengths; each is known by its letters. */
    private static Encoded pairs(int count) {
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < count; i++) {
            String word = "" + (char) ('a' + i / 676) + (char) ('a' + i / 26 % 26) + (char) ('a' + i % 26);
            pairs.add(new Pair(word + "a".repeat(i % 7), "A B ".repeat(1 + i % 5).strip()));
        }
        return Encoded.of(pairs, TOKENIZER);
    }

    @Test
    void theBatchOfAStepDependsOnSeedAndStepAlone() {
        var inOrder = new BatchOrder(pairs(500), TOKENIZER, 200, 1);
        var batches = IntStream.rangeClosed(1, 60).mapToObj(inOrder::batch).toList();
        for (int step : new int[] {60, 3, 59, 1, 31}) {
            Batch again = new BatchOrder(pairs(500), TOKENIZER, 200, 1).batch(step);
            assertThat(again.source()).isEqualTo(batches.get(step - 1).source());
            assertThat(inOrder.batch(step).source()).as("going back").isEqualTo(batches.get(step - 1).source());
        }
        assertThat(new BatchOrder(pairs(500), TOKENIZER, 200, 2).batch(1).source()).isNotEqualTo(batches.getFirst().source());
    }

    @Test
    void inAnEpochEveryPairComesOnce() {
        Encoded data = pairs(300);
        var order = new BatchOrder(data, TOKENIZER, 200, 1);
        var seen = new ArrayList<String>();
        for (int step = 1; seen.size() < 300; step++) {
            Batch batch = order.batch(step);
            for (int row = 0; row < batch.rows(); row++) {
                var letters = new StringBuilder();
                for (int i = 0; i < batch.sourceLengths()[row]; i++) {
                    letters.append(batch.source()[row * batch.sourceTime() + i]).append(' ');
                }
                seen.add(letters.toString());
            }
        }
        assertThat(seen).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void noBatchHasMoreTokensThanAskedAndPaddingIsSmall() {
        var order = new BatchOrder(pairs(2000), TOKENIZER, 400, 1);
        long padded = 0;
        long real = 0;
        for (int step = 1; step <= 40; step++) {
            Batch batch = order.batch(step);
            padded += (long) batch.rows() * (batch.sourceTime() + batch.targetTime());
            real += batch.tokens();
            assertThat(batch.rows() * (batch.sourceTime() + batch.targetTime())).isLessThanOrEqualTo(400);
        }
        assertThat((double) real / padded).isGreaterThan(0.7);
    }

    @Test
    void labelsAreTheTargetShiftedByOneAndEndWithTheEndToken() {
        Batch batch = new BatchOrder(pairs(50), TOKENIZER, 100, 1).batch(1);
        for (int row = 0; row < batch.rows(); row++) {
            int at = row * batch.targetTime();
            int length = (int) batch.targetLengths()[row];
            assertThat(batch.target()[at]).isEqualTo(TOKENIZER.startToken());
            for (int i = 0; i + 1 < length; i++) {
                assertThat(batch.labels()[at + i]).isEqualTo(batch.target()[at + i + 1]);
            }
            assertThat(batch.labels()[at + length - 1]).isEqualTo(TOKENIZER.endToken());
        }
    }
}
