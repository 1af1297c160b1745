package org.encore.cost;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.StateSpec;
import org.encore.graph.Tensor;
import org.encore.graph.op.Primitive;

/**
 * The work of one call of a runtime, from source to first token or from token to token, as counted from the model graph (modelled). Bytes are those
 * of fp32; a format of fewer bits reads as many numbers.
 *
 * @param lines matrix products and attention, in order: what a runtime would launch
 * @param stateBytes of caches that are read
 * @param copiedBytes of caches that are read and written again because they are copied
 */
public record Call(List<Line> lines, long stateBytes, long copiedBytes) {

    public Call {
        lines = List.copyOf(lines);
    }

    /** Floating-point operations, a multiplication and an addition being two. */
    public long flops() {
        return lines.stream().mapToLong(Line::flops).sum();
    }

    /** Bytes of the matrices that are read, in fp32. */
    public long weightBytes() {
        return lines.stream().mapToLong(Line::weightBytes).sum();
    }

    /**
     * From the source to the first token.
     *
     * @param source tokens that are read, n
     * @param target tokens that will be generated, m: fixed shapes have room for them
     */
    public static Call first(Model model, Scenario scenario, int source, int target) {
        boolean holdsSource = Cost.opened(model, 2) != Cost.opened(model, 1);
        int length = scenario.padded() && holdsSource ? source + target - 1 : source;
        List<Line> lines = Cost.lines(model.prefill(), convention(scenario), Cost.prefillSizes(length));
        return new Call(logits(model.prefill(), lines, scenario, Cost.opened(model, length)), 0, 0);
    }

    /**
     * From one token to the next.
     *
     * @param source tokens that were read, n
     * @param target tokens that are generated in all, m
     * @param index of the later token, from 1 to m - 1
     */
    public static Call later(Model model, Scenario scenario, int source, int target, int index) {
        long opened = Cost.opened(model, source);
        long entries = scenario.padded() ? opened + target - 1 : opened + index;   // with the new token
        if (scenario.cache() == Scenario.Cache.NONE && appends(model)) {
            Map<String, Long> sizes = Cost.stepSizes(source, 0);
            sizes.put("T", entries);
            List<Line> lines = Cost.lines(model.step(), convention(scenario), sizes);
            return new Call(logits(model.step(), lines, scenario, entries), perSource(model, source), 0);
        }
        List<Line> lines = Cost.lines(model.step(), convention(scenario), Cost.stepSizes(source, entries - 1));
        long copied = scenario.cache() == Scenario.Cache.COPIED ? 2 * grown(model, source, entries) : 0;
        return new Call(lines, perSource(model, source) + readOfGrown(model, source, entries), copied);
    }

    /** The same for several rows side by side, of equal lengths: weights are read once for all of them. */
    public Call times(int rows) {
        return new Call(lines.stream().map(line -> new Line(line.program(), line.path(), line.op(), rows * line.flops(), line.weightBytes())).toList(),
                rows * stateBytes, rows * copiedBytes);
    }

    private static long readOfGrown(Model model, int source, long entries) {
        Windows windows = Windows.of(model);
        return model.state().stream().filter(state -> state.role() == StateSpec.Role.APPEND)
                .mapToLong(state -> Cost.bytes(state, Cost.stepSizes(source, windows.read(state, entries)))).sum();
    }

    private static Convention convention(Scenario scenario) {
        return scenario.padded() ? Convention.PAPER_WHOLE_SQUARES : Convention.PAPER;
    }

    /** The head works at one position, or at all of them. */
    private static List<Line> logits(Program program, List<Line> lines, Scenario scenario, long positions) {
        if (!scenario.everyLogits()) {
            return lines;
        }
        String head = head(program);
        return lines.stream().map(line -> line.path().equals(head) && line.op().equals("linear")
                ? new Line(line.program(), line.path(), line.op(), line.flops() * positions, line.weightBytes()) : line).toList();
    }

    private static String head(Program program) {
        Tensor tensor = program.output(Names.LOGITS);
        while (!(tensor.op() instanceof Primitive.Linear)) {
            tensor = tensor.inputs().getFirst();
        }
        return tensor.path();
    }

    private static boolean appends(Model model) {
        return model.state().stream().anyMatch(state -> state.role() == StateSpec.Role.APPEND);
    }

    private static long grown(Model model, int source, long entries) {
        return bytes(model, Set.of(StateSpec.Role.APPEND), source, entries);
    }

    private static long perSource(Model model, int source) {
        return bytes(model, java.util.EnumSet.complementOf(java.util.EnumSet.of(StateSpec.Role.APPEND)), source, 0);
    }

    private static long bytes(Model model, Set<StateSpec.Role> roles, int source, long entries) {
        Map<String, Long> sizes = Cost.stepSizes(source, entries);
        return model.state().stream().filter(state -> roles.contains(state.role())).collect(Collectors.summingLong(state -> Cost.bytes(state,
                sizes)));
    }
}
