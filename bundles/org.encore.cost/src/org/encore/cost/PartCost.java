package org.encore.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.graph.Model;
import org.encore.graph.StateSpec;

/**
 * What one part of a layer costs, modelled: to read a source of n tokens and generate m tokens, one row.
 *
 * @param path of the part, such as {@code decoder.1.cross}; what belongs to no layer has its own, such as {@code head}
 * @param firstTokenFlops floating-point operations from the source to the first token
 * @param laterFlops floating-point operations of the m - 1 later tokens together
 * @param weightBytes parameters that the last token reads, fp32
 * @param stateBytes caches that the last token reads, fp32
 */
public record PartCost(String path, long firstTokenFlops, long laterFlops, long weightBytes, long stateBytes) {

    /**
     * All parts in the order in which they come to work. Their sums are {@link Cost#flops} and {@link Cost#decodeBytes}.
     *
     * @param source number of tokens that are read
     * @param target number of tokens that are generated
     */
    public static List<PartCost> of(Model model, Convention convention, int source, int target) {
        var sums = new LinkedHashMap<String, long[]>();
        Cost.lines(model.prefill(), convention, Cost.prefillSizes(source)).forEach(line -> at(sums, line.path())[0] += line.flops());
        long opened = Cost.opened(model, source);
        for (int i = 1; i < target; i++) {
            Cost.lines(model.step(), convention, Cost.stepSizes(source, opened + i - 1)).forEach(line -> at(sums, line.path())[1] += line.flops());
        }
        long cached = opened + Math.max(0, target - 2);
        Cost.lines(model.step(), convention, Cost.stepSizes(source, cached)).forEach(line -> at(sums, line.path())[2] += line.weightBytes());
        Map<String, Long> sizes = Cost.stepSizes(source, cached + 1);
        for (StateSpec state : model.state()) {
            at(sums, state.name())[3] += Cost.bytes(state, sizes);
        }
        var parts = new ArrayList<PartCost>();
        sums.forEach((path, sum) -> {
            if (sum[0] + sum[1] + sum[2] + sum[3] > 0) {
                parts.add(new PartCost(path, sum[0], sum[1], sum[2], sum[3]));
            }
        });
        return parts;
    }

    private static long[] at(Map<String, long[]> sums, String path) {
        return sums.computeIfAbsent(part(path), p -> new long[4]);
    }

    /** Up to the part of a layer: {@code decoder.1.cross.q} is of {@code decoder.1.cross}. */
    private static String part(String path) {
        String[] names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            if (names[i].chars().allMatch(Character::isDigit)) {
                return String.join(".", List.of(names).subList(0, i + 2));
            }
        }
        return path;
    }
}
