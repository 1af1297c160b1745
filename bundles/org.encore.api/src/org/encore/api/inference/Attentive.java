package org.encore.api.inference;

import java.util.List;
import java.util.function.BooleanSupplier;

import org.encore.api.weights.Weights;
import org.encore.graph.Model;

/**
 * What a {@link Backend} also is if it can say what the attention of a model looks at. It follows from the graph, whatever architecture has built
 * it, and is not for timing: nothing is fused.
 *
 * @since 0.1.0
 */
public interface Attentive {

    /**
     * What every attention of a model looks at while it reads a source and writes a target, in the order of the graph: all that its layers ask for by
     * {@link org.encore.api.architecture.Layer#attention}, and every {@link org.encore.graph.op.Attention} of a plug-in. What mixes tokens by other
     * means, such as
     * a recurrence, has none.
     *
     * @param source ids, at least one
     * @param target ids without the start token, which is put before them; none for what the first token is chosen by
     * @param stop true to give up, by {@link java.util.concurrent.CancellationException}
     */
    List<AttentionMap> attention(Model model, Weights weights, int[] source, int[] target, BooleanSupplier stop);
}
