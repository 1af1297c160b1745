package org.encore.onnx.proto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.encore.graph.Shape;
import org.encore.protobuf.Message;

/** An ONNX graph being written. Field numbers are those of onnx.proto. */
public final class OnnxGraph {

    /** Standard operators: the newest set with everything used here that runtimes of the last years know. */
    private static final int OPSET = 20;
    private static final int IR_VERSION = 9;
    /** Operators of ONNX Runtime's own. */
    public static final String MICROSOFT = "com.microsoft";

    private final Message graph = new Message();
    private final Map<String, String> known = new LinkedHashMap<>();
    private final Set<String> domains = new TreeSet<>(Set.of(""));
    private int count;

    public OnnxGraph(String name) {
        graph.text(2, name);
    }

    /** The result of an operator; the same operator on the same operands is computed once. */
    public String node(String operator, Map<String, Object> attributes, String... inputs) {
        return node("", operator, attributes, inputs);
    }

    /** As {@link #node(String, Map, String...)}, of another domain. */
    public String node(String domain, String operator, Map<String, Object> attributes, String... inputs) {
        String key = domain + " " + operator + " " + new java.util.TreeMap<>(attributes) + " " + List.of(inputs);
        return known.computeIfAbsent(key, k -> {
            String output = "v" + count++;
            node(domain, operator, attributes, List.of(inputs), List.of(output));
            return output;
        });
    }

    /** An operator with outputs of given names. */
    public void node(String domain, String operator, Map<String, Object> attributes, List<String> inputs, List<String> outputs) {
        var node = new Message();
        domains.add(domain);
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        node.text(3, outputs.getFirst() + "." + operator).text(4, operator);
        attributes.forEach((name, value) -> node.message(5, attribute(name, value)));
        if (!domain.isEmpty()) {
            node.text(7, domain);
        }
        graph.message(1, node);
    }

    private static Message attribute(String name, Object value) {
        var attribute = new Message().text(1, name);
        return switch (value) {
            case Float real -> attribute.real(2, real).whole(20, 1);
            case Double real -> attribute.real(2, real.floatValue()).whole(20, 1);
            case Integer number -> attribute.whole(3, number).whole(20, 2);
            case Long number -> attribute.whole(3, number).whole(20, 2);
            case String text -> attribute.text(4, text).whole(20, 3);
            case List<?> numbers -> {
                numbers.forEach(number -> attribute.whole(8, ((Number) number).longValue()));
                yield attribute.whole(20, 7);
            }
            default -> throw new IllegalArgumentException("attribute " + name + " is a " + value.getClass());
        };
    }

    /** A constant row of whole numbers; a single number if scalar. */
    public String longs(boolean scalar, long... values) {
        var bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return constant(ElementType.INT64, scalar ? new long[0] : new long[] {values.length}, bytes.array());
    }

    public String real(double value) {
        return constant(ElementType.FLOAT, new long[0], ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat((float) value).array());
    }

    public String truth(boolean value) {
        return constant(ElementType.BOOL, new long[0], new byte[] {(byte) (value ? 1 : 0)});
    }

    /** A single number of eight bits without sign. */
    public String small(int value) {
        return constant(ElementType.UINT8, new long[0], new byte[] {(byte) value});
    }

    private String constant(ElementType type, long[] shape, byte[] raw) {
        String key = "constant " + type + java.util.Arrays.toString(shape) + java.util.Arrays.toString(raw);
        return known.computeIfAbsent(key, k -> {
            String name = "c" + count++;
            graph.message(5, tensor(name, type, shape).bytes(9, raw));
            return name;
        });
    }

    private static Message tensor(String name, ElementType type, long[] shape) {
        var tensor = new Message();
        for (long dim : shape) {
            tensor.whole(1, dim);
        }
        return tensor.whole(2, type.number()).text(8, name);
    }

    /**
     * A weight whose elements lie outside the graph.
     *
     * @param location file, or any name if the elements are given from memory
     * @param offset in bytes
     * @param length in bytes
     */
    public void external(String name, ElementType type, long[] shape, String location, long offset, long length) {
        Message tensor = tensor(name, type, shape);
        tensor.message(13, new Message().text(1, "location").text(2, location));
        tensor.message(13, new Message().text(1, "offset").text(2, Long.toString(offset)));
        tensor.message(13, new Message().text(1, "length").text(2, Long.toString(length)));
        graph.message(5, tensor.whole(14, 1));
    }

    public void input(String name, ElementType type, Shape shape) {
        graph.message(11, info(name, type, shape));
    }

    public void output(String name, ElementType type, Shape shape) {
        graph.message(12, info(name, type, shape));
    }

    private static Message info(String name, ElementType type, Shape shape) {
        var dims = new Message();
        shape.dims().forEach(dim -> dims.message(1, dim.isKnown() ? new Message().whole(1, dim.constant()) : new Message().text(2, dim.toString())));
        return new Message().text(1, name).message(2, new Message().message(1, new Message().whole(1, type.number()).message(2, dims)));
    }

    /** Numbers that lie in the file. */
    public void reals(String name, long[] shape, float[] values) {
        var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        graph.message(5, tensor(name, ElementType.FLOAT, shape).bytes(9, bytes.array()));
    }

    /** The whole file. */
    public byte[] toBytes() {
        var file = new Message().whole(1, IR_VERSION).text(2, "encore").message(7, graph);
        domains.forEach(domain -> file.message(8, new Message().text(1, domain).whole(2, domain.isEmpty() ? OPSET : 1)));
        return file.toBytes();
    }
}
