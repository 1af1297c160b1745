package org.encore.experiment.device;

import java.util.Locale;
import java.util.stream.Collectors;

import org.encore.api.inference.Backend;
import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;
import org.encore.api.run.Stage.Scope;
import org.encore.bench.device.Hardware;
import org.encore.experiment.plan.Cell;
import org.encore.experiment.plan.Node;
import org.encore.experiment.plan.Plan;

/** Whether models fit into memory: asked before anything is loaded, because a process that runs out of memory is killed without a word. */
public final class Room {

    /**
     * How often fp32 weights are in memory at once: as read or drawn, and in a runtime that has its own and a packed copy (measured: a process's
     * peak is 2.2 times the weights without the first).
     */
    private static final double TIMES = 2.2;
    private static final int FP32 = 4;

    private Room() {}

    /** @throws IllegalArgumentException if what one stage loads at once is larger than what this process may use; the message has both */
    public static void check(Plan plan) {
        check(plan, Hardware.here().usableBytes());
    }

    /** As {@link #check(Plan)}, of another size. @param usable bytes */
    public static void check(Plan plan, long usable) {
        for (Node node : plan.nodes()) {
            if (node.scope() == Scope.RUN || !loads(node.stage().options())) {
                continue;
            }
            double weights = node.cells().stream().mapToDouble(cell -> (double) FP32 * cell.variant().model().parameterCount()).sum();
            double needed = TIMES * weights;
            if (needed > usable) {
                String names = node.cells().stream().map(Cell::id).limit(4).collect(Collectors.joining(", "));
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "stage %s would load %s%s at once: about %.1f GB "
                        + "(weights of %.1f GB in fp32, held %.1f times "
                        + "while a runtime takes them over), and this process may use %.1f GB. "
                        + "Nothing was loaded. Measure fewer or smaller models together, or give the process more memory.",
                        node.stage().id(), names, node.cells().size() > 4 ? " and " + (node.cells().size() - 4) + " more" : "", needed / 1e9,
                        weights / 1e9, TIMES,
                        usable / 1e9));
            }
        }
    }

    private static boolean loads(Object value) {
        return switch (value) {
            case Choice<?> choice -> choice.extension() instanceof Backend<?> || loads(choice.options());
            case Record record -> OptionDocs.components(record).stream().anyMatch(Room::loads);
            default -> false;
        };
    }
}
