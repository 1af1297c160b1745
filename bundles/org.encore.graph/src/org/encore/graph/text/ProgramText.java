package org.encore.graph.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.encore.graph.Graph;
import org.encore.graph.Program;
import org.encore.graph.ShapeException;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;
import org.encore.graph.op.Append;
import org.encore.graph.op.Attention;
import org.encore.graph.op.CappedAttention;
import org.encore.graph.op.Composite;
import org.encore.graph.op.CrossEntropy;
import org.encore.graph.op.Heads;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.LinearRecurrence;
import org.encore.graph.op.Op;
import org.encore.graph.op.Primitive;
import org.encore.graph.op.RmsNorm;
import org.encore.graph.op.Rope;
import org.encore.graph.op.SoftCap;
import org.encore.graph.op.SwiGlu;

/**
 * Programs as text, one tensor a line, operands first:
 *
 * <pre>{@code
 * program double
 * %0 = input{label: "x"; type: float (B)} : float (B)
 * %1 = binary{function: ADD} %0 %0 : float (B)
 * output y %1
 * end
 * }</pre>
 */
public final class ProgramText {

    private final Map<String, Class<? extends Op>> ops = new TreeMap<>();

    /** Knows every built-in operation. @param more composites of plug-ins, as records with public components */
    public ProgramText(List<Class<? extends Composite>> more) {
        Stream.of(Leaf.class.getPermittedSubclasses(), Primitive.class.getPermittedSubclasses()).flatMap(Stream::of)
                .forEach(type -> ops.put(RecordText.name(type), type.asSubclass(Op.class)));
        Stream.concat(Stream.of(Append.class, Attention.class, CappedAttention.class, CrossEntropy.class, Heads.SplitHeads.class, Heads.MergeHeads.class,
                LinearRecurrence.class, RmsNorm.class, Rope.class, SoftCap.class, SwiGlu.class), more.stream()).forEach(type -> ops.put(RecordText.name(type), type));
    }

    public static String print(Program program) {
        return print(program, true);
    }

    /** @param named whether to print what does not change the computation: paths and taps */
    static String print(Program program, boolean named) {
        var text = new StringBuilder("program " + program.name() + "\n");
        var numbers = new HashMap<Tensor, Integer>();
        for (Tensor tensor : program.tensors()) {
            numbers.put(tensor, numbers.size());
            text.append('%').append(numbers.get(tensor)).append(" = ").append(op(tensor.op()));
            tensor.inputs().forEach(input -> text.append(" %").append(numbers.get(input)));
            text.append(" : ").append(tensor.type()).append(named && !tensor.path().isEmpty() ? " @" + tensor.path() : "").append('\n');
        }
        program.outputs().forEach((name, tensor) -> text.append("output ").append(name).append(" %").append(numbers.get(tensor)).append('\n'));
        if (named) {
            program.taps().forEach((name, tensor) -> {
                if (numbers.containsKey(tensor)) {
                    text.append("tap ").append(name).append(" %").append(numbers.get(tensor)).append('\n');
                }
            });
        }
        return text.append("end\n").toString();
    }

    private static String op(Op op) {
        if (op instanceof Record record) {
            return RecordText.write(record);
        }
        throw new IllegalArgumentException(op.getClass().getName() + " is no record, so it has no text form");
    }

    /**
     * Reads what {@link #print} writes.
     *
     * @throws TextException at the first mistake, with its line and column
     */
    public Program parse(String text) {
        var cursor = new Cursor(text);
        Program program = program(cursor);
        if (!cursor.atEnd()) {
            throw cursor.error("nothing is expected after the end of the program");
        }
        return program;
    }

    Program program(Cursor cursor) {
        cursor.expect("program");
        var graph = new Graph(cursor.name("the program's name"));
        var tensors = new ArrayList<Tensor>();
        while (cursor.take("%")) {
            if (cursor.number("the tensor's number") != tensors.size()) {
                throw cursor.error("tensors are numbered in order; this should be %" + tensors.size());
            }
            tensors.add(tensor(graph, tensors, cursor));
        }
        var outputs = new LinkedHashMap<String, Tensor>();
        while (cursor.take("output ")) {
            outputs.put(cursor.name("the output's name"), reference(tensors, cursor));
        }
        while (cursor.take("tap ")) {
            graph.tap(cursor.name("the tap's name"), reference(tensors, cursor));
        }
        cursor.expect("end");
        return graph.finish(outputs);
    }

    private Tensor tensor(Graph graph, List<Tensor> tensors, Cursor cursor) {
        cursor.expect("=");
        String name = cursor.name("an operation");
        Class<? extends Op> type = ops.get(name);
        if (type == null) {
            throw cursor.error("no operation '" + name + "'; known are " + ops.keySet());
        }
        Op op = RecordText.parse(type, cursor);
        var operands = new ArrayList<Tensor>();
        while (cursor.sees("%")) {
            operands.add(reference(tensors, cursor));
        }
        cursor.expect(":");
        TensorType declared = RecordText.tensorType(cursor);
        String path = cursor.take("@") ? cursor.name("a path") : "";
        Tensor tensor;
        try {
            tensor = path.isEmpty() ? add(graph, op, operands) : graph.within(path, () -> add(graph, op, operands));
        } catch (ShapeException e) {
            throw cursor.error(e.getMessage());
        }
        if (!tensor.type().equals(declared)) {
            throw cursor.error("this operation gives " + tensor.type() + ", not " + declared);
        }
        return tensor;
    }

    private static Tensor add(Graph graph, Op op, List<Tensor> operands) {
        return switch (op) {
            case Leaf.Input input -> graph.input(input.label(), input.type().dtype(), input.type().shape());
            case Leaf.Weight weight -> graph.weight(weight.parameter());
            default -> graph.apply(op, operands);
        };
    }

    private static Tensor reference(List<Tensor> tensors, Cursor cursor) {
        cursor.expect("%");
        long number = cursor.number("a tensor's number");
        if (number < 0 || number >= tensors.size()) {
            throw cursor.error("%" + number + " is not defined before this line");
        }
        return tensors.get((int) number);
    }
}
