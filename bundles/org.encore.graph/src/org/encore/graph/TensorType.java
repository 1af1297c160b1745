package org.encore.graph;

/** Element kind and shape: {@code float (B, T, 64)}. */
public record TensorType(DType dtype, Shape shape) {

    @Override
    public String toString() {
        return dtype.name().toLowerCase() + " " + shape;
    }

    /** Reads the form that {@link #toString} writes. */
    public static TensorType parse(String text) {
        String[] parts = text.strip().split(" ", 2);
        return new TensorType(DType.valueOf(parts[0].toUpperCase()), Shape.parse(parts[1]));
    }
}
