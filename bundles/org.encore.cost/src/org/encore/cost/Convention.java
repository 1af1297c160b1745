package org.encore.cost;

/** What counts as work. A multiply-add is two operations. */
public enum Convention {
    /**
     * Matrix products only, as the closed formulas that are usual in papers (arXiv 2501.16273 among them): linear layers and the two products of
     * attention. A causal square counts half (a kernel can skip the masked half); a bidirectional one whole. Bytes: matrices and caches.
     */
    PAPER,
    /** As {@link #PAPER}, of kernels that compute the masked half of a causal square too, as those of graphs with fixed shapes do. */
    PAPER_WHOLE_SQUARES,
    /**
     * Every arithmetic operation of the graph with all composites expanded, masked halves included: one for each element of an element-wise
     * result, five for each element of a softmax, one for each element that is summed. Bytes: all parameters that are used, and caches.
     */
    ALL;

    /** Whether only matrix products count. */
    boolean productsOnly() {
        return this != ALL;
    }
}
