package org.encore.cost;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.encore.graph.Model;
import org.encore.graph.Program;
import org.encore.graph.StateSpec;

/**
 * Cost of a model at given lengths, one row. A source of n tokens is read, m tokens are generated with caches: one prefill, which gives the
 * first token, and m - 1 steps.
 */
public final class Cost {

    private static final int FP32 = 4;

    private Cost() {}

    /** Trained numbers; a tied tensor counts once. */
    public static long parameters(Model model) {
        return model.parameterCount();
    }

    /** Every operation of a program that costs something, in order. @param sizes of the program's symbols: B, S, T, P */
    public static List<Line> lines(Program program, Convention convention, Map<String, Long> sizes) {
        return new Counter(convention, sizes).lines(Counter.flat(program, convention));
    }

    /** Floating-point operations from the source to the first token's logits. */
    public static long firstTokenFlops(Model model, Convention convention, int source) {
        return sum(lines(model.prefill(), convention, prefillSizes(source)));
    }

    /** Floating-point operations of one step over a cache of this many entries. */
    public static long stepFlops(Model model, Convention convention, int source, long cached) {
        return sum(lines(model.step(), convention, stepSizes(source, cached)));
    }

    /** Floating-point operations to read a source and generate m tokens. */
    public static long flops(Model model, Convention convention, int source, int target) {
        long flops = firstTokenFlops(model, convention, source);
        long cached = opened(model, source);
        Program step = Counter.flat(model.step(), convention);
        for (int i = 1; i < target; i++) {
            flops += sum(new Counter(convention, stepSizes(source, cached + i - 1)).lines(step));
        }
        return flops;
    }

    /** Bytes that the last of m tokens reads: parameters of the step in fp32, and caches. */
    public static long decodeBytes(Model model, Convention convention, int source, int target) {
        long cached = opened(model, source) + Math.max(0, target - 2);
        long weights = lines(model.step(), convention, stepSizes(source, cached)).stream().mapToLong(Line::weightBytes).sum();
        return weights + readBytes(model, source, cached + 1);
    }

    /** Bytes of caches that a step reads: of those behind a window its entries alone. */
    private static long readBytes(Model model, int source, long entries) {
        Windows windows = Windows.of(model);
        return model.state().stream().mapToLong(state -> bytes(state, stepSizes(source, windows.read(state, entries)))).sum();
    }

    /** Bytes of all caches once m tokens are generated: n + m entries where source and target share a cache, else n and m. */
    public static long kvBytes(Model model, int source, int target) {
        return stateBytes(model, source, opened(model, source) + target - 1);
    }

    private static long stateBytes(Model model, int source, long entries) {
        long bytes = 0;
        Map<String, Long> sizes = stepSizes(source, entries);
        for (StateSpec state : model.state()) {
            bytes += bytes(state, sizes);
        }
        return bytes;
    }

    /** Bytes of one state; of one number for each row, such as a length, none. */
    static long bytes(StateSpec state, Map<String, Long> sizes) {
        if (state.type().shape().rank() <= 1) {
            return 0;
        }
        long size = FP32;
        for (long dim : state.type().shape().evaluate(sizes)) {
            size *= dim;
        }
        return size;
    }

    /** Positions that are read before the first token: n and the start token where the source is read into the same cache, else the start token. */
    public static long readPositions(Model model, int source) {
        return opened(model, source);
    }

    /** Entries of a growing cache after the prefill. */
    static long opened(Model model, int source) {
        return model.opened().evaluate(prefillSizes(source));
    }

    static Map<String, Long> prefillSizes(int source) {
        return Map.of("B", 1L, "S", (long) source);
    }

    static Map<String, Long> stepSizes(int source, long cached) {
        return new HashMap<>(Map.of("B", 1L, "S", (long) source, "T", 1L, "P", cached));
    }

    private static long sum(List<Line> lines) {
        return lines.stream().mapToLong(Line::flops).sum();
    }
}
