package org.encore.experiment.benchmark;

import java.util.Locale;
import java.util.Optional;

import org.encore.api.device.Probe.Limit;
import org.encore.cost.Call;
import org.encore.cost.Roof;
import org.encore.cost.Scenario;
import org.encore.experiment.device.MachineLimits;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.graph.Model;

/** How near times come to what this machine can do: the time that the work would take at the measured limits, over the time that it took. */
final class Shares {

    /** Fewer bytes for a weight than this are no fp32: such weights are multiplied as bytes. */
    private static final double WIDE = 3;
    private static final double STATE_BYTES = 4;

    private Shares() {}

    /** The limits of some hardware that concern weights of this many bytes; empty if one of them was never measured. */
    static Optional<BenchmarkSummary.Limits> limits(Optional<MachineLimits> machine, String device, double bytesOfWeight) {
        return machine.flatMap(m -> m.of(bytesOfWeight < WIDE ? Limit.INT8_PRODUCTS : Limit.FP32_PRODUCTS, device)
                .flatMap(products -> m.of(Limit.READ_BANDWIDTH, device)
                .map(reading -> new BenchmarkSummary.Limits(products.best(), reading.best(), m.when()))));
    }

    /** @param rows side by side */
    static BenchmarkSummary.Roofline of(BenchmarkSummary.Limits limits, Model model, Scenario scenario, int rows, int source, int target,
            double bytesOfWeight, double firstMillis, double perTokenMillis) {
        var roof = new Roof(limits.operationsPerSecond(), limits.bytesPerSecond(), 0, bytesOfWeight, STATE_BYTES);
        Call first = Call.first(model, scenario, source, target).times(rows);
        double later = 0;
        double flops = 0;
        double bytes = 0;
        for (int i = 1; i < target; i++) {
            Call call = Call.later(model, scenario, source, target, i).times(rows);
            later += roof.seconds(call);
            flops += call.flops();
            bytes += bytes(call, bytesOfWeight);
        }
        Call middle = Call.later(model, scenario, source, target, target / 2).times(rows);
        return new BenchmarkSummary.Roofline(roof.seconds(first) * 1e3 / firstMillis, words(roof.bound(first)),
                later / (target - 1) * 1e3 / perTokenMillis,
                words(roof.bound(middle)), first.flops(), bytes(first, bytesOfWeight), flops / (target - 1), bytes / (target - 1));
    }

    private static double bytes(Call call, double bytesOfWeight) {
        return call.weightBytes() / STATE_BYTES * bytesOfWeight + call.stateBytes() + call.copiedBytes();
    }

    private static String words(Roof.Bound bound) {
        return bound.name().toLowerCase(Locale.ROOT);
    }
}
