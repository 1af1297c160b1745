package org.encore.graph.op;

import java.util.List;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Parameter;
import org.encore.graph.Shape;
import org.encore.graph.TensorType;

/** Operations without operands. */
public sealed interface Leaf extends Op {

    /** A tensor that the caller supplies by name. */
    record Input(String label, TensorType type) implements Leaf {
        @Override
        public TensorType infer(List<TensorType> inputs) {
            return type;
        }
    }

    /** A trained tensor. */
    record Weight(Parameter parameter) implements Leaf {
        @Override
        public TensorType infer(List<TensorType> inputs) {
            return new TensorType(DType.FLOAT, parameter.shape());
        }
    }

    /** The same number everywhere in a shape that may be open. Truth values are 0 and 1. */
    record Constant(double value, TensorType type) implements Leaf {
        @Override
        public TensorType infer(List<TensorType> inputs) {
            return type;
        }
    }

    /** The run-time size of a dimension, as a whole number. */
    record Size(Dim dim) implements Leaf {
        @Override
        public TensorType infer(List<TensorType> inputs) {
            return new TensorType(DType.INT, Shape.SCALAR);
        }
    }

    /** Whole numbers 0, 1, 2 … along one axis of a shape, constant along the others. */
    record Iota(Shape shape, int axis) implements Leaf {
        public Iota {
            shape.axis(axis);
        }

        @Override
        public TensorType infer(List<TensorType> inputs) {
            return new TensorType(DType.INT, shape);
        }
    }
}
