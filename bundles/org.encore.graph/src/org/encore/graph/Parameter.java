package org.encore.graph;

/**
 * A trained tensor.
 *
 * @param name stable dotted name, such as {@code decoder.7.cross.q}; the same in safetensors, ONNX and the inspector
 * @param shape known sizes only; a linear weight is (out, in)
 * @param initializer its start
 */
public record Parameter(String name, Shape shape, Initializer initializer) {

    public Parameter {
        if (!shape.isKnown()) {
            throw new IllegalArgumentException("parameter " + name + " has the open shape " + shape + "; give known sizes");
        }
    }

    /** Number of elements. */
    public long size() {
        return shape.size();
    }
}
