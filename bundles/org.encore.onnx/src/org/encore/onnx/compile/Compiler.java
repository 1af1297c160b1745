package org.encore.onnx.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.encore.api.quantization.Storage;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.Composite;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Primitive;
import org.encore.graph.op.RmsNorm;
import org.encore.onnx.proto.ElementType;
import org.encore.onnx.proto.OnnxGraph;

/**
 * Compiles a program to ONNX. Values may be smaller than their declared shape as long as they broadcast to it (counters and constants); they
 * are expanded only for operators that need it.
 */
public final class Compiler {

    /** Length of each row, the new tokens included, minus 1, int32 (B): what the grouped-query operator asks for. */
    public static final String ROW_ENDS = "rowEnds";
    /** Longest row, the new tokens included, int32. */
    public static final String LONGEST = "longest";

    /** The grouped-query operator's word for no window. */
    private static final int UNLIMITED = -1;

    private final Program program;
    private final Form form;
    private final Map<Tensor, GroupedQuery> fused;
    private final Optional<ScatteredCaches> scattered;
    private final OnnxGraph onnx;
    private final Sizes sizes;
    private final WeightTable weights;
    private final QuantizedOperators quantized;
    private final Map<Tensor, Value> values = new HashMap<>();
    private final Set<String> grown = new LinkedHashSet<>();
    private final Set<Compiled.Rotation> rotations = new LinkedHashSet<>();

    /** A value's name and the shape that it really has. */
    record Value(String name, Shape shape) {}

    private Compiler(Program program, Form form, OnnxGraph onnx, WeightTable weights) {
        this.program = program;
        this.form = form;
        this.fused = form.dialect() == Dialect.ONNX_RUNTIME ? GroupedQuery.find(program) : Map.of();
        this.scattered = form.dialect() == Dialect.PROVIDER ? ScatteredCaches.find(program) : Optional.empty();
        this.onnx = onnx;
        this.weights = weights;
        this.quantized = new QuantizedOperators(onnx, form, weights);
        this.sizes = new Sizes(onnx, program.symbols(), form.naming(), scattered);
    }

    /** The program as an ONNX file. */
    public static Compiled compile(Program source, Form form, WeightTable weights) {
        // a copy of its own, in which composites are expanded where they are met
        Program copy = source.expanded(composite -> true);
        return new Compiler(copy, form, new OnnxGraph(source.name()), weights).run();
    }

    private Compiled run() {
        var inputs = new ArrayList<String>();
        for (Tensor input : program.inputs()) {
            onnx.input(form.naming().input(Program.label(input)), ElementType.of(input.dtype()), input.shape());
            inputs.add(Program.label(input));
        }
        Set<Tensor> swallowed = new HashSet<>();
        fused.values().forEach(match -> swallowed.addAll(match.swallowed()));
        if (!fused.isEmpty() && !form.selfContained()) {
            onnx.input(ROW_ENDS, ElementType.INT32, Shape.of(Dim.symbol("B")));
            onnx.input(LONGEST, ElementType.INT32, Shape.SCALAR);
        }
        program.tensors().stream().filter(tensor -> !(tensor.op() instanceof Leaf.Weight) && !swallowed.contains(tensor)).forEach(this::emit);
        var outputs = new ArrayList<String>();
        program.outputs().forEach((name, tensor) -> {
            if (!grown.contains(name)) {
                String output = form.naming().output(name, program.inputs().stream().map(Program::label).anyMatch(name::equals));
                onnx.node("", "Identity", Map.of(), List.of(full(tensor)), List.of(output));
                onnx.output(output, ElementType.of(tensor.dtype()), tensor.shape());
                outputs.add(name);
            }
        });
        // in this process the same buffer goes in and out and the shape is the capacity; a file's reader may also let the cache grow
        grown.forEach(name -> onnx.output(form.naming().output(name, true), ElementType.FLOAT,
                form.selfContained() ? program.output(name).shape() : program.input(name).shape()));
        rotations.forEach(this::rotation);
        List<Compiled.Weight> declared = weights.declared(onnx);
        return new Compiled(onnx.toBytes(), inputs, outputs, declared, !fused.isEmpty() && !form.selfContained(), grown, List.copyOf(rotations));
    }

    /** Name of an output that is also an input: ONNX wants them apart. */
    public static String output(String state) {
        return state + ":out";
    }

    private void rotation(Compiled.Rotation rotation) {
        if (form.selfContained()) {
            onnx.reals(rotation.cos(), new long[] {form.positions(), rotation.half()}, rotation.table(form.positions(), Math::cos));
            onnx.reals(rotation.sin(), new long[] {form.positions(), rotation.half()}, rotation.table(form.positions(), Math::sin));
        } else {
            onnx.input(rotation.cos(), ElementType.FLOAT, Shape.of(Dim.symbol("R"), Dim.of(rotation.half())));
            onnx.input(rotation.sin(), ElementType.FLOAT, Shape.of(Dim.symbol("R"), Dim.of(rotation.half())));
        }
    }

    private Value emit(Tensor tensor) {
        if (tensor.op() instanceof Leaf.Weight weight) {
            return new Value(weights.use(weight.parameter(), new View.Plain()), tensor.shape()); // declared where it is used in this form
        }
        Value known = values.get(tensor);
        if (known == null) {
            known = switch (tensor.op()) {
                case Leaf leaf -> leaf(leaf);
                case Primitive primitive -> primitive(primitive, tensor);
                case Composite composite -> composite(composite, tensor);
            };
            values.put(tensor, known);
        }
        return known;
    }

    private Value composite(Composite composite, Tensor tensor) {
        if (fused.containsKey(tensor)) {
            return grouped(fused.get(tensor));
        }
        if (scattered.isPresent() && scattered.get().names().containsKey(tensor)) {
            return scatter(tensor, scattered.get().names().get(tensor));
        }
        if (form.dialect() != Dialect.PORTABLE && composite instanceof RmsNorm norm) {
            return new Value(onnx.node("SimplifiedLayerNormalization", Map.of("axis", -1, "epsilon", norm.epsilon(), "stash_type", 1), full(tensor, 0),
                    full(tensor, 1)), tensor.shape());
        }
        return emit(composite.expand(tensor.graph(), tensor.inputs()));
    }

    // ---- new entries (B, G, T, K) written into a cache (B, G, capacity, K)

    private Value scatter(Tensor tensor, String name) {
        grown.add(name);
        Tensor fresh = tensor.inputs().get(1);
        Shape s = fresh.shape();
        Dim one = Dim.of(1);
        String counted = iota(Shape.of(one, one, s.get(2), one), 2).name();
        String lengths = reshape(full(tensor.inputs().get(2)), Shape.of(s.get(0)), Shape.of(s.get(0), one, one, one));
        String places = onnx.node("Expand", Map.of(), onnx.node("Add", Map.of(), counted, lengths), sizes.vector(s));
        String output = form.naming().output(name, true);
        onnx.node("", "ScatterElements", Map.of("axis", 2), List.of(input(name), places, full(fresh)), List.of(output));
        return new Value(output, tensor.shape());
    }

    // ---- grouped-query attention over a cache that grows in place: (B, T, H * K)

    private Value grouped(GroupedQuery match) {
        grown.add(match.pastKey());
        grown.add(match.pastValue());
        boolean rotates = match.rotatesItself();
        var operands = new ArrayList<>(List.of(rotates ? full(match.query()) : merged(match.rotatedQuery()),
                rotates ? full(match.key()) : merged(match.rotatedKey()), full(match.value()), input(match.pastKey()), input(match.pastValue()), rowEnds(),
                longest()));
        if (rotates) {
            var rotation = new Compiled.Rotation(match.theta(), (int) (match.headSize() / 2));
            rotations.add(rotation);
            operands.add(rotation.cos());
            operands.add(rotation.sin());
        }
        String output = "gqa:" + match.pastKey();
        onnx.node(OnnxGraph.MICROSOFT, "GroupQueryAttention",
                Map.of("num_heads", match.heads(), "kv_num_heads", match.kvHeads(), "scale", match.scale(), "do_rotary", rotates ? 1 : 0,
                        "local_window_size", match.window() > 0 ? match.window() : UNLIMITED, "softcap", match.cap()), operands,
                List.of(output, form.naming().output(match.pastKey(), true), form.naming().output(match.pastValue(), true)));
        return new Value(output, match.result().shape());
    }

    private String input(String label) {
        return form.naming().input(label);
    }

    private String rowEnds() {
        if (!form.selfContained()) {
            return ROW_ENDS;
        }
        String lengths = onnx.node("Add", Map.of(), input(Names.PAST_LENGTHS), input(Names.TOKEN_LENGTHS));
        return onnx.node("Cast", Map.of("to", ElementType.INT32.number()), onnx.node("Sub", Map.of(), lengths, onnx.longs(true, 1)));
    }

    private String longest() {
        if (!form.selfContained()) {
            return LONGEST;
        }
        String past = onnx.node("ReduceMax", Map.of("keepdims", 0), input(Names.PAST_LENGTHS));
        Dim time = program.input(Names.TOKENS).shape().get(1);
        return onnx.node("Cast", Map.of("to", ElementType.INT32.number()), onnx.node("Add", Map.of(), past, sizes.scalar(time)));
    }

    /** (B, H, T, K) to (B, T, H * K) */
    private String merged(Tensor heads) {
        Shape s = heads.shape();
        String turned = onnx.node("Transpose", Map.of("perm", List.of(0, 2, 1, 3)), full(heads));
        return reshape(turned, Shape.of(s.get(0), s.get(2), s.get(1), s.get(3)), Shape.of(s.get(0), s.get(2), Dim.of(s.get(1).size() * s.get(3).size())));
    }

    // ---- leaves

    private Value leaf(Leaf leaf) {
        return switch (leaf) {
            case Leaf.Input(String label, var type) -> new Value(input(label), type.shape());
            case Leaf.Weight weight -> throw new IllegalStateException("weights are declared where they are used");
            case Leaf.Constant(double value, var type) -> new Value(switch (type.dtype()) {
                case FLOAT -> onnx.real(value);
                case INT -> onnx.longs(true, (long) value);
                case BOOL -> onnx.truth(value != 0);
            }, Shape.SCALAR);
            case Leaf.Size(Dim dim) -> new Value(sizes.scalar(dim), Shape.SCALAR);
            case Leaf.Iota(Shape shape, int axis) -> iota(shape, shape.axis(axis));
        };
    }

    private Value iota(Shape shape, int axis) {
        String counted = onnx.node("Range", Map.of(), onnx.longs(true, 0), sizes.scalar(shape.get(axis)), onnx.longs(true, 1));
        Shape thin = shape;
        var target = new long[shape.rank()];
        for (int i = 0; i < shape.rank(); i++) {
            thin = i == axis ? thin : thin.with(i, Dim.of(1));
            target[i] = i == axis ? -1 : 1;
        }
        return new Value(onnx.node("Reshape", Map.of(), counted, onnx.longs(false, target)), thin);
    }

    // ---- operands

    /** The value in its declared shape. */
    private String full(Tensor tensor) {
        Value value = emit(tensor);
        if (value.shape().equals(tensor.shape())) {
            return value.name();
        }
        return onnx.node("Expand", Map.of(), value.name(), sizes.vector(tensor.shape()));
    }

    private String full(Tensor of, int operand) {
        return full(of.inputs().get(operand));
    }

    private Value value(Tensor of, int operand) {
        return emit(of.inputs().get(operand));
    }

    private Value whole(Tensor tensor, String name) {
        return new Value(name, tensor.shape());
    }

    // ---- primitives

    private Value primitive(Primitive op, Tensor t) {
        return switch (op) {
            case Primitive.Embedding() -> whole(t, embedding(t));
            case Primitive.Linear() -> whole(t, linear(t));
            case Primitive.MatMul() -> whole(t, onnx.node("MatMul", Map.of(), full(t, 0), full(t, 1)));
            case Primitive.Unary(var function) -> unary(function, value(t, 0));
            case Primitive.Binary(var function) -> elementwise(binary(function), t);
            case Primitive.Compare(var relation) -> elementwise(switch (relation) {
                case LESS -> "Less";
                case LESS_EQUAL -> "LessOrEqual";
                case EQUAL -> "Equal";
            }, t);
            case Primitive.Where() -> elementwise("Where", t);
            case Primitive.Softmax(int axis) -> whole(t, onnx.node("Softmax", Map.of("axis", axis), full(t, 0)));
            case Primitive.LogSoftmax(int axis) -> whole(t, onnx.node("LogSoftmax", Map.of("axis", axis), full(t, 0)));
            case Primitive.Reduce(var kind, int axis, boolean keep) -> whole(t, onnx.node(switch (kind) {
                case SUM -> "ReduceSum";
                case MEAN -> "ReduceMean";
                case MAX -> "ReduceMax";
            }, Map.of("keepdims", keep ? 1 : 0), full(t, 0), onnx.longs(false, axis)));
            case Primitive.Concat(int axis) -> whole(t, onnx.node("Concat", Map.of("axis", axis), t.inputs().stream().map(this::full).toArray(String[]::new)));
            case Primitive.Slice(int axis, Dim start, Dim end) -> whole(t, onnx.node("Slice", Map.of(), full(t, 0), sizes.vector(Shape.of(start)),
                    sizes.vector(Shape.of(end)), onnx.longs(false, axis)));
            case Primitive.Reshape(Shape shape) -> whole(t, reshape(full(t, 0), t.inputs().getFirst().shape(), shape));
            case Primitive.Transpose(List<Integer> permutation) -> whole(t, onnx.node("Transpose", Map.of("perm", permutation), full(t, 0)));
            case Primitive.Gather(int axis) -> whole(t, gather(t, t.inputs().getFirst().shape().axis(axis)));
            case Primitive.Sort(int axis) -> whole(t, sorted(t, axis));
            case Primitive.Cast(DType to) -> new Value(onnx.node("Cast", Map.of("to", ElementType.of(to).number()), value(t, 0).name()), value(t, 0).shape());
            case Primitive.Dropout(double probability) -> value(t, 0);
            case Primitive.StopGradient() -> value(t, 0);
        };
    }

    /** The one place where a linear layer becomes operators, by the form in which its matrix is stored. */
    private String linear(Tensor t) {
        if (!(t.inputs().get(1).op() instanceof Leaf.Weight(Parameter parameter))) {
            return plus(onnx.node("MatMul", Map.of(), full(t, 0), onnx.node("Transpose", Map.of("perm", List.of(1, 0)), full(t, 1))), t);
        }
        return switch (weights.storage(parameter)) {
            case Storage.Fp32() when weights.isTable(parameter) -> rows(t, full(t, 1)); // also looked up: held once, as it is
            case Storage.Fp32() -> plus(onnx.node("MatMul", Map.of(), full(t, 0), weights.use(parameter, new View.Transposed())), t);
            case Storage.Channels() -> quantized.channels(t.inputs().size() == 3, full(t, 0), parameter, () -> full(t, 2));
            case Storage.Blocks form -> quantized.multiplies(form)
                    ? quantized.blocks(form, t.inputs().size() == 3, full(t, 0), parameter, () -> full(t, 2))
                    : rows(t, quantized.dequantized(form, parameter));
        };
    }

    private String plus(String product, Tensor t) {
        return t.inputs().size() == 3 ? onnx.node("Add", Map.of(), product, full(t, 2)) : product;
    }

    /** Times a matrix (out, in). */
    private String rows(Tensor t, String matrix) {
        Shape x = t.inputs().getFirst().shape();
        String rows = reshape(full(t, 0), x, Shape.of(Dim.symbol("rows"), x.get(-1)));
        String product = t.inputs().size() == 3 ? onnx.node("Gemm", Map.of("transB", 1), rows, matrix, full(t, 2))
                : onnx.node("Gemm", Map.of("transB", 1), rows, matrix);
        return reshape(product, Shape.of(Dim.symbol("rows"), t.shape().get(-1)), t.shape());
    }

    private String embedding(Tensor t) {
        if (t.inputs().getFirst().op() instanceof Leaf.Weight(Parameter table)) {
            return switch (weights.storage(table)) {
                case Storage.Fp32() -> onnx.node("Gather", Map.of("axis", 0), full(t, 0), full(t, 1));
                case Storage.Channels() -> quantized.lookUp(table, full(t, 1));
                case Storage.Blocks form -> quantized.lookUp(form, table, full(t, 1), t.inputs().get(1).shape().rank());
            };
        }
        return onnx.node("Gather", Map.of("axis", 0), full(t, 0), full(t, 1));
    }

    private Value unary(Primitive.Unary.Function function, Value x) {
        String name = switch (function) {
            case NEG -> onnx.node("Neg", Map.of(), x.name());
            case SQRT -> onnx.node("Sqrt", Map.of(), x.name());
            case RSQRT -> onnx.node("Reciprocal", Map.of(), onnx.node("Sqrt", Map.of(), x.name()));
            case EXP -> onnx.node("Exp", Map.of(), x.name());
            case LOG -> onnx.node("Log", Map.of(), x.name());
            case SIN -> onnx.node("Sin", Map.of(), x.name());
            case COS -> onnx.node("Cos", Map.of(), x.name());
            case SIGMOID -> onnx.node("Sigmoid", Map.of(), x.name());
            case TANH -> onnx.node("Tanh", Map.of(), x.name());
            case SILU -> onnx.node("Mul", Map.of(), x.name(), onnx.node("Sigmoid", Map.of(), x.name()));
            case GELU_TANH -> onnx.node("Gelu", Map.of("approximate", "tanh"), x.name());
        };
        return new Value(name, x.shape());
    }

    private static String binary(Primitive.Binary.Function function) {
        return switch (function) {
            case ADD -> "Add";
            case SUB -> "Sub";
            case MUL -> "Mul";
            case DIV -> "Div";
            case MAX -> "Max";
            case MIN -> "Min";
            case AND -> "And";
            case OR -> "Or";
        };
    }

    private Value elementwise(String operator, Tensor t) {
        Shape shape = Shape.SCALAR;
        var names = new ArrayList<String>();
        for (Tensor operand : t.inputs()) {
            names.add(emit(operand).name());
            shape = Shape.broadcast(shape, emit(operand).shape());
        }
        return new Value(onnx.node(operator, Map.of(), names.toArray(String[]::new)), shape);
    }

    /** A constant shape wherever possible: 0 keeps a dimension at its place, one -1 is inferred. */
    private String reshape(String x, Shape from, Shape to) {
        if (from.equals(to)) {
            return x;
        }
        var target = new long[to.rank()];
        boolean inferred = false;
        for (int i = 0; i < to.rank(); i++) {
            if (to.get(i).isKnown()) {
                target[i] = to.get(i).size();
            } else if (i < from.rank() && from.get(i).equals(to.get(i))) {
                target[i] = 0;
            } else if (!inferred) {
                target[i] = -1;
                inferred = true;
            } else {
                return onnx.node("Reshape", Map.of(), x, sizes.vector(to));
            }
        }
        return onnx.node("Reshape", Map.of(), x, onnx.longs(false, target));
    }

    private String sorted(Tensor t, int axis) {
        String sorted = "sorted" + t.id();
        onnx.node("", "TopK", Map.of("axis", axis), List.of(full(t, 0), sizes.vector(Shape.of(t.shape().get(axis)))), List.of(sorted, sorted + ".places"));
        return sorted;
    }

    /** GatherND picks whole slices behind the axis; the index is stretched before the axis only. */
    private String gather(Tensor t, int axis) {
        Shape index = t.inputs().get(1).shape();
        boolean slices = true;
        for (int i = axis + 1; i < index.rank(); i++) {
            slices &= index.get(i).isOne();
        }
        if (!slices) {
            return onnx.node("GatherElements", Map.of("axis", axis), full(t, 0), onnx.node("Expand", Map.of(), full(t, 1), sizes.vector(t.shape())));
        }
        var dims = new ArrayList<>(t.shape().dims().subList(0, axis + 1));
        dims.add(Dim.of(1));
        Shape picks = new Shape(dims);
        var given = new ArrayList<>(index.dims().subList(0, axis + 1));
        given.add(Dim.of(1));
        String rows = reshape(full(t, 1), index, new Shape(given));
        if (!new Shape(given).equals(picks)) {
            rows = onnx.node("Expand", Map.of(), rows, sizes.vector(picks));
        }
        return onnx.node("GatherND", Map.of("batch_dims", axis), full(t, 0), rows);
    }
}
