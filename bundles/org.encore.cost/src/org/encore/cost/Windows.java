package org.encore.cost;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.encore.graph.Model;
import org.encore.graph.StateSpec;
import org.encore.graph.Tensor;
import org.encore.graph.op.Append;
import org.encore.graph.op.Attention;
import org.encore.graph.op.Leaf;

/** Caches of which a step reads the last entries alone, because attention has a window. They are held whole all the same. */
record Windows(Map<String, Integer> entries) {

    static Windows of(Model model) {
        var entries = new HashMap<String, Integer>();
        for (Tensor tensor : model.step().tensors()) {
            Optional<Attention> windowed = Attention.of(tensor.op()).filter(attention -> attention.window() > 0);
            if (windowed.isPresent()) {
                for (Tensor cache : tensor.inputs().subList(1, 3)) {   // key and value
                    if (cache.op() instanceof Append && cache.inputs().getFirst().op() instanceof Leaf.Input(String label, var type)) {
                        entries.put(label, windowed.get().window());
                    }
                }
            }
        }
        return new Windows(entries);
    }

    /** Entries of a cache that a step reads. @param held in it */
    long read(StateSpec state, long held) {
        return Math.min(held, entries.getOrDefault(state.name(), Integer.MAX_VALUE));
    }
}
