package org.encore.experiment.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.encore.api.Availability;
import org.encore.api.device.Probe;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.bench.Counters;
import org.encore.bench.Evidence;
import org.encore.bench.Witness;
import org.encore.experiment.device.MachineLimits.Reached;
import org.encore.experiment.job.MachineLock;

/** Lets every probe reach for its limit, one after another, while no training and no measurement of ours runs. */
public final class MeasureMachine {

    /** Attempts that are not counted: caches, clocks and allocators settle. */
    private static final int WARM = 3;
    private static final int LEAST = 9;
    private static final int MOST = 60;
    private static final double SECONDS_EACH = 1.5;
    private static final double NOT_KNOWN = -1;

    private MeasureMachine() {}

    /** What is known of this machine, measured now if nothing is. */
    public static MachineLimits here(Registry registry, int threads, Consumer<String> tell, BooleanSupplier stop) throws IOException {
        Optional<MachineLimits> known = MachineLimits.known();
        return known.isPresent() ? known.get() : anew(registry, threads, tell, stop);
    }

    /**
     * Measures and keeps.
     *
     * @param tell what is measured, and whom this waits for
     * @param stop true to give up, by {@link CancellationException}
     */
    public static MachineLimits anew(Registry registry, int threads, Consumer<String> tell, BooleanSupplier stop) throws IOException {
        try (MachineLock turn = MachineLock.alone("limits of this machine", tell, stop)) {
            MachineLimits limits = reach(registry, threads, tell, stop);
            limits.keep();
            return limits;
        }
    }

    private static MachineLimits reach(Registry registry, int threads, Consumer<String> tell, BooleanSupplier stop) {
        var reached = new ArrayList<Reached>();
        for (Contribution<Probe> contribution : registry.list(ExtensionPoint.PROBES)) {
            Probe probe = contribution.get();
            if (probe.probe() instanceof Availability.Present) {
                tell.accept(probe.limit().words() + " by " + contribution.name());
                reached.add(reached(contribution.id(), probe, threads, stop));
            }
        }
        return MachineLimits.of(threads, reached);
    }

    private static Reached reached(String id, Probe probe, int threads, BooleanSupplier stop) {
        try (Probe.Attempts attempts = probe.open(threads)) {
            var rates = new ArrayList<Double>();
            for (int i = 0; i < WARM; i++) {
                attempts.once();
            }
            Witness witness = Witness.ofThisProcess();
            Optional<Counters> before = witness.counters();
            long end = System.nanoTime() + (long) (SECONDS_EACH * 1e9);
            while (rates.size() < LEAST || rates.size() < MOST && System.nanoTime() < end) {
                if (stop.getAsBoolean()) {
                    throw new CancellationException("measurement stopped");
                }
                rates.add(attempts.once());
            }
            double foreign = before.flatMap(b -> witness.counters().map(b::until)).map(Evidence::foreignCores).orElse(NOT_KNOWN);
            double[] sorted = rates.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            return new Reached(id, probe.device(), probe.limit(), sorted[sorted.length - 1], at(sorted, 0.5), at(sorted, 0.25), at(sorted, 0.75),
                    sorted.length, foreign);
        }
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
