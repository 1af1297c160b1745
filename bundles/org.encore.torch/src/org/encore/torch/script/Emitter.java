package org.encore.torch.script;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.training.TrainingSettings.Precision;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.Attention;
import org.encore.graph.op.Composite;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Primitive;
import org.encore.graph.op.RmsNorm;

/**
 * Turns a program into ATen calls. A value is either the name of a tensor or a scalar expression (a constant or a size), which ATen takes as
 * such: constants inside the script live as long as it does.
 */
final class Emitter {

    private static final int FLOAT32 = 6;
    private static final int INT64 = 4;
    private static final int BOOL = 11;
    private static final int BFLOAT16 = 15;

    private final Code code;
    private final Map<String, Integer> parameters;
    private final Precision precision;
    private final boolean training;
    private final String device;
    private final Map<String, String> sizes = new HashMap<>();
    private final Map<Tensor, Value> values = new HashMap<>();

    /** What a tensor of the graph became. */
    private record Value(String text, boolean scalar) {}

    /**
     * @param parameters name to place in the list P
     * @param training whether dropout acts
     * @param device of tensors that the script makes, as TorchScript writes it
     */
    Emitter(Code code, Map<String, Integer> parameters, Precision precision, boolean training, String device) {
        this.code = code;
        this.parameters = parameters;
        this.precision = precision;
        this.training = training;
        this.device = device;
    }

    /**
     * Emits a program.
     *
     * @param inputs variables of its inputs by name
     * @return variables of its outputs by name
     */
    Map<String, String> emit(Program program, Map<String, String> inputs) {
        Program kept = program.expanded(Emitter::isFused);
        program.symbols().forEach((symbol, axis) -> sizes.put(symbol, code.call("size", inputs.get(axis.input()), axis.axis())));
        for (Tensor tensor : kept.tensors()) {
            values.put(tensor, switch (tensor.op()) {
                case Leaf leaf -> leaf(leaf, inputs);
                case Primitive primitive -> primitive(primitive, tensor);
                case Composite composite -> new Value(fused(composite, tensor), false);
            });
        }
        var outputs = new HashMap<String, String>();
        kept.outputs().forEach((name, tensor) -> outputs.put(name, tensor(tensor)));
        return outputs;
    }

    private static boolean isFused(Composite composite) {
        return composite instanceof RmsNorm || composite instanceof Attention attention && attention.segments().size() == 1;
    }

    private String fused(Composite composite, Tensor tensor) {
        return switch (composite) {
            case RmsNorm norm -> code.call("rms_norm", tensor(tensor, 0), list(Shape.of(tensor.shape().get(-1))), tensor(tensor, 1), norm.epsilon());
            case Attention attention -> attention(attention, tensor);
            default -> throw new IllegalStateException(composite.name() + " was kept but has no kernel");
        };
    }

    // ---- leaves

    private Value leaf(Leaf leaf, Map<String, String> inputs) {
        return switch (leaf) {
            case Leaf.Input(String label, var type) -> new Value(inputs.get(label), false);
            case Leaf.Weight(var parameter) -> new Value("P[" + parameters.get(parameter.name()) + "]", false);
            case Leaf.Constant(double value, var type) when type.shape().rank() == 0 -> new Value(literal(value, type.dtype()), true);
            case Leaf.Constant(double value, var type) -> new Value(full(literal(value, type.dtype()), type.dtype(), list(type.shape())), false);
            case Leaf.Size(Dim dim) -> new Value(size(dim), true);
            case Leaf.Iota(Shape shape, int axis) -> new Value(iota(shape, shape.axis(axis)), false);
        };
    }

    private static String literal(double value, DType dtype) {
        return switch (dtype) {
            case FLOAT -> Double.toString(value);
            case INT -> Long.toString((long) value);
            case BOOL -> value == 0 ? "False" : "True";
        };
    }

    private String full(String value, DType dtype, String shape) {
        return code.call("full", shape, value, "dtype=" + dtype(dtype), "layout=None", "device=" + device, "pin_memory=None");
    }

    private static int dtype(DType dtype) {
        return switch (dtype) {
            case FLOAT -> FLOAT32;
            case INT -> INT64;
            case BOOL -> BOOL;
        };
    }

    private String iota(Shape shape, int axis) {
        String counted = code.call("arange", size(shape.get(axis)), "dtype=" + INT64, "layout=None", "device=" + device, "pin_memory=None");
        Shape thin = shape;
        for (int i = 0; i < shape.rank(); i++) {
            thin = i == axis ? thin : thin.with(i, Dim.of(1));
        }
        return code.call("expand", code.call("reshape", counted, list(thin)), list(shape));
    }

    private String size(Dim dim) {
        String sum = dim.isKnown() || dim.constant() != 0 ? Long.toString(dim.constant()) : "";
        for (var term : dim.terms().entrySet()) {
            String symbol = sizes.get(term.getKey());
            String product = term.getValue() == 1 ? symbol : code.call("mul", symbol, term.getValue());
            sum = sum.isEmpty() ? product : code.call("add", product, sum);
        }
        return sum;
    }

    private String list(Shape shape) {
        return "[" + String.join(", ", shape.dims().stream().map(this::size).toList()) + "]";
    }

    // ---- operands

    /** A value as a tensor: scalars become one only where nothing takes them as they are. */
    private String tensor(Tensor tensor) {
        Value value = values.get(tensor);
        return value.scalar() ? full(value.text(), tensor.dtype(), "[]") : value.text();
    }

    private String tensor(Tensor of, int operand) {
        return tensor(of.inputs().get(operand));
    }

    private Value value(Tensor of, int operand) {
        return values.get(of.inputs().get(operand));
    }

    private String reduced(String variable) {
        return precision == Precision.BF16 ? code.call("to", variable, BFLOAT16) : variable;
    }

    private String restored(String variable) {
        return precision == Precision.BF16 ? code.call("to", variable, FLOAT32) : variable;
    }

    // ---- primitives

    private Value primitive(Primitive op, Tensor t) {
        if (op instanceof Primitive.Binary binary && value(t, 0).scalar() && value(t, 1).scalar() && t.dtype() == DType.INT) {
            return new Value(scalars(binary.function(), value(t, 0).text(), value(t, 1).text()), true);
        }
        return new Value(switch (op) {
            case Primitive.Embedding() -> code.call("embedding", tensor(t, 0), tensor(t, 1));
            case Primitive.Linear() -> restored(code.call("linear", reduced(tensor(t, 0)), reduced(tensor(t, 1)),
                    t.inputs().size() == 3 ? reduced(tensor(t, 2)) : "None"));
            case Primitive.MatMul() -> restored(code.call("matmul", reduced(tensor(t, 0)), reduced(tensor(t, 1))));
            case Primitive.Unary(var function) -> unary(function, tensor(t, 0));
            case Primitive.Binary(var function) -> binary(function, t);
            case Primitive.Compare(var relation) -> compare(relation, t);
            case Primitive.Where() -> code.call("where", tensor(t, 0), value(t, 1).text(), value(t, 2).text());
            case Primitive.Softmax(int axis) -> code.call("softmax", tensor(t, 0), axis, "None");
            case Primitive.LogSoftmax(int axis) -> code.call("log_softmax", tensor(t, 0), axis, "None");
            case Primitive.Reduce(var kind, int axis, boolean keep) -> reduce(kind, tensor(t, 0), axis, keep ? "True" : "False");
            case Primitive.Concat(int axis) -> code.call("cat", "[" + String.join(", ", t.inputs().stream().map(this::tensor).toList()) + "]", axis);
            case Primitive.Slice(int axis, Dim start, Dim end) -> code.call("slice", tensor(t, 0), axis, size(start), size(end), 1);
            case Primitive.Reshape(Shape shape) -> code.call("reshape", tensor(t, 0), list(shape));
            case Primitive.Transpose(List<Integer> permutation) -> code.call("permute", tensor(t, 0), permutation);
            case Primitive.Gather(int axis) -> code.call("gather", tensor(t, 0), axis, code.call("expand", tensor(t, 1), list(t.shape())));
            case Primitive.Sort(int axis) -> code.call("gather", tensor(t, 0), axis, code.call("argsort", tensor(t, 0), axis, "True"));
            case Primitive.Cast(DType to) -> code.call("to", tensor(t, 0), dtype(to));
            case Primitive.Dropout(double probability) -> training && probability > 0
                    ? code.assign(Code.function("dropout", tensor(t, 0), probability, "True")) : tensor(t, 0);
            case Primitive.StopGradient() -> code.call("detach", tensor(t, 0));
        }, false);
    }

    private String scalars(Primitive.Binary.Function function, String a, String b) {
        return switch (function) {
            case ADD -> code.call("add", a, b);
            case SUB -> code.call("sub", a, b);
            case MUL -> code.call("mul", a, b);
            case MIN, MAX, DIV, AND, OR -> throw new UnsupportedOperationException(function + " of two sizes is not compiled; use tensors");
        };
    }

    private String unary(Primitive.Unary.Function function, String x) {
        return switch (function) {
            case NEG -> code.call("neg", x);
            case SQRT -> code.call("sqrt", x);
            case RSQRT -> code.call("rsqrt", x);
            case EXP -> code.call("exp", x);
            case LOG -> code.call("log", x);
            case SIN -> code.call("sin", x);
            case COS -> code.call("cos", x);
            case SIGMOID -> code.call("sigmoid", x);
            case TANH -> code.call("tanh", x);
            case SILU -> code.call("silu", x);
            case GELU_TANH -> code.call("gelu", x, "approximate=\"tanh\"");
        };
    }

    private String binary(Primitive.Binary.Function function, Tensor t) {
        boolean left = value(t, 0).scalar();
        boolean right = !left && value(t, 1).scalar();
        String x = tensor(t, left ? 1 : 0);
        String y = left ? value(t, 0).text() : value(t, 1).text();
        return switch (function) {
            case ADD -> code.call("add", x, y);
            case SUB -> left ? code.call("rsub", x, y) : code.call("sub", x, y);
            case MUL -> code.call("mul", x, y);
            case DIV -> left ? code.call("mul", code.call("reciprocal", x), y) : code.call("div", x, y);
            case MAX -> left || right ? code.call("clamp", x, y, "None") : code.call("maximum", x, y);
            case MIN -> left || right ? code.call("clamp", x, "None", y) : code.call("minimum", x, y);
            case AND -> code.call("logical_and", x, tensor(t, left ? 0 : 1));
            case OR -> code.call("logical_or", x, tensor(t, left ? 0 : 1));
        };
    }

    private String compare(Primitive.Compare.Relation relation, Tensor t) {
        if (value(t, 0).scalar()) {
            return switch (relation) {
                case LESS -> code.call("gt", tensor(t, 1), value(t, 0).text());
                case LESS_EQUAL -> code.call("ge", tensor(t, 1), value(t, 0).text());
                case EQUAL -> code.call("eq", tensor(t, 1), value(t, 0).text());
            };
        }
        return switch (relation) {
            case LESS -> code.call("lt", tensor(t, 0), value(t, 1).text());
            case LESS_EQUAL -> code.call("le", tensor(t, 0), value(t, 1).text());
            case EQUAL -> code.call("eq", tensor(t, 0), value(t, 1).text());
        };
    }

    private String reduce(Primitive.Reduce.Kind kind, String x, int axis, String keep) {
        return switch (kind) {
            case SUM -> code.call("sum", x, "[" + axis + "]", keep);
            case MEAN -> code.call("mean", x, "[" + axis + "]", keep);
            case MAX -> code.call("amax", x, "[" + axis + "]", keep);
        };
    }

    // ---- attention

    /** The fused kernel with an additive mask (B, 1, T, S) that all layers of one kind share; (B, H, T, S) where the scores have a bias. */
    private String attention(Attention attention, Tensor t) {
        Attention.Segment<Tensor> segment = attention.split(t.inputs()).getFirst();
        Shape query = t.shape();
        Shape key = segment.key().shape();
        String bias = attention.bias(t.inputs()).map(this::tensor).orElse("0.");
        String mask = mask(attention, segment, query, key, bias);
        boolean grouped = !query.get(1).equals(key.get(1));
        String q = reduced(tensor(t.inputs().getFirst()));
        String k = reduced(tensor(segment.key()));
        String v = reduced(tensor(segment.value()));
        double dropout = training ? attention.dropout() : 0;
        String call = Code.function("scaled_dot_product_attention", q, k, v, reduced(mask), dropout, "False", "scale=" + attention.scale(),
                "enable_gqa=" + (grouped ? "True" : "False"));
        return restored(dropout > 0 ? code.assign(call) : code.let(call));
    }

    private String mask(Attention attention, Attention.Segment<Tensor> segment, Shape query, Shape key, String bias) {
        String keys = code.call("arange", size(key.get(2)), "dtype=" + INT64, "layout=None", "device=" + device, "pin_memory=None");
        String visible = code.call("lt", keys, perRow(tensor(segment.keyLengths())));
        if (segment.firstPosition().isEmpty() && attention.window() > 0) {
            String own = own(query);
            visible = code.call("logical_and", visible, code.call("logical_and", near(own, keys, attention.window()), near(keys, own, attention.window())));
        }
        if (segment.firstPosition().isPresent()) {
            String positions = code.call("add", own(query), perRow(tensor(segment.firstPosition().get())));
            String before = code.call("le", keys, positions);
            if (attention.window() > 0) {
                before = code.call("logical_and", before, near(positions, keys, attention.window()));
            }
            if (segment.prefixLengths().isPresent()) {
                before = code.call("logical_or", before, code.call("lt", keys, perRow(tensor(segment.prefixLengths().get()))));
            }
            visible = code.call("logical_and", visible, before);
        }
        // finite, so that a row that sees nothing is no NaN, forwards or backwards
        return code.call("where", visible, bias, Double.toString(Attention.HIDDEN));
    }

    /** (1, 1, T, 1) place of each query among those that are computed. */
    private String own(Shape query) {
        String times = code.call("arange", size(query.get(2)), "dtype=" + INT64, "layout=None", "device=" + device, "pin_memory=None");
        return code.call("reshape", times, "[1, 1, -1, 1]");
    }

    /** Whether a is less than a window beyond b. */
    private String near(String a, String b, int window) {
        return code.call("lt", a, code.call("add", b, window));
    }

    private String perRow(String lengths) {
        return code.call("reshape", lengths, "[-1, 1, 1, 1]");
    }
}
