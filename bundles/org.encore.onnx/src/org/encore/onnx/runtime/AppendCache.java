package org.encore.onnx.runtime;

import ai.onnxruntime.OnnxTensor;

/** An append state (rows, kvHeads, capacity, dim) that a step writes into, or reads and writes anew beside it. */
interface AppendCache extends AutoCloseable {

    /** Of the state. */
    String name();

    /** What the next step reads, without a copy. */
    OnnxTensor tensor(int rows);

    /** Where a step writes that does not write into what it reads. */
    OnnxTensor nextTensor(int rows);

    /** After such a step: what it wrote is the state. */
    void exchange();

    /**
     * Puts rows in another order.
     *
     * @param rows of those that are there, one for each new row
     * @param lengths entries of each row that count
     */
    void select(int[] rows, long[] lengths);

    @Override
    void close();
}
