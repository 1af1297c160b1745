package org.encore.api.inference;

import java.nio.FloatBuffer;
import java.util.List;

import org.encore.api.architecture.TargetStates;

/**
 * What is between the layers of a model, where it is about the target.
 *
 * @since 0.1.0
 */
public interface HiddenStates {

    /** Those that there are, in the order in which they compute; of the last one the logits are made. */
    List<TargetStates.At> blocks();

    /**
     * A reader of some of them, compiled for it.
     *
     * @param blocks names among {@link #blocks}, one at least
     * @throws IllegalArgumentException if one is not there; the message has those that are
     */
    Reader reader(List<String> blocks);

    /** Reads whole rows of source and target at once. Not thread-safe. */
    interface Reader extends AutoCloseable {

        /**
         * States at every target position. At position t a row has read its source, the start token and t target tokens, as of {@link
         * RowReader#read}.
         *
         * @param sources token ids of each row, at least one each
         * @param targets token ids of each row, without start and end, of any lengths
         * @return (rows, T, W) from position 0, T being the longest target and one, W the blocks' widths side by side in the order in which they were
         *     named; what stands behind a row's last position means nothing
         */
        FloatBuffer read(int[][] sources, int[][] targets);

        @Override
        void close();
    }
}
