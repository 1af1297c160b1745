package org.encore.onnx.compile;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

import org.encore.graph.Dim;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.onnx.proto.OnnxGraph;

/** Sizes that are known only at run time, read from the inputs' shapes. */
final class Sizes {

    private final OnnxGraph onnx;
    private final Map<String, Program.InputAxis> symbols;
    private final Naming naming;
    private final Optional<ScatteredCaches> scattered;

    /** @param scattered caches whose input has more places than the program knows of */
    Sizes(OnnxGraph onnx, Map<String, Program.InputAxis> symbols, Naming naming, Optional<ScatteredCaches> scattered) {
        this.onnx = onnx;
        this.symbols = symbols;
        this.naming = naming;
        this.scattered = scattered;
    }

    /** A dimension as a single number. */
    String scalar(Dim dim) {
        return dim.isKnown() ? onnx.longs(true, dim.size()) : onnx.node("Squeeze", Map.of(), one(dim), onnx.longs(false, 0));
    }

    /** A shape as a row of numbers. */
    String vector(Shape shape) {
        if (shape.isKnown()) {
            return onnx.longs(false, shape.evaluate(Map.of()));
        }
        var parts = new ArrayList<String>();
        shape.dims().forEach(dim -> parts.add(one(dim)));
        return parts.size() == 1 ? parts.getFirst() : onnx.node("Concat", Map.of("axis", 0), parts.toArray(String[]::new));
    }

    /** A dimension as a row of one number. */
    private String one(Dim dim) {
        String sum = null;
        for (var term : dim.terms().entrySet()) {
            Program.InputAxis axis = symbols.get(term.getKey());
            String size = onnx.node("Shape", Map.of("start", axis.axis(), "end", axis.axis() + 1), naming.input(axis.input()));
            if (scattered.filter(caches -> caches.past().equals(term.getKey())).isPresent()) {
                size = onnx.node("Sub", Map.of(), size, one(scattered.get().time()));
            }
            String product = term.getValue() == 1 ? size : onnx.node("Mul", Map.of(), size, onnx.longs(false, term.getValue()));
            sum = sum == null ? product : onnx.node("Add", Map.of(), sum, product);
        }
        if (sum == null) {
            return onnx.longs(false, dim.constant());
        }
        return dim.constant() == 0 ? sum : onnx.node("Add", Map.of(), sum, onnx.longs(false, dim.constant()));
    }
}
