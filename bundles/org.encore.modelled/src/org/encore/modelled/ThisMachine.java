package org.encore.modelled;

import java.util.List;
import java.util.Optional;

import org.encore.api.Unavailable;
import org.encore.api.device.Card;
import org.encore.api.device.Card.Precision;
import org.encore.api.device.Device;
import org.encore.api.device.Probe.Limit;
import org.encore.bench.device.Hardware;
import org.encore.experiment.device.MachineLimits;

/** This machine as a card: its limits are measured. What the model says of it and what is measured on it show how far the model is off. */
public final class ThisMachine implements Device<ThisMachine.Options> {

    /** Everything about it is measured. */
    public record Options() {}

    /** GB of a device whose memory nobody tells: what was measured there fitted. */
    private static final double AMPLE = 1000;

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Card card(Options options) {
        return card("cpu");
    }

    /** @param device which hardware of this machine, as probes name it */
    static Card card(String device) {
        return of(MachineLimits.known().orElseThrow(() -> new Unavailable("the limits of this machine were never measured",
                "Measure them: encore devices")), device);
    }

    /**
     * A card of limits that were measured.
     *
     * @param device which hardware, as probes name it
     * @throws Unavailable if the limits of that were not measured
     */
    public static Card of(MachineLimits limits, String device) {
        if (limits.of(Limit.FP32_PRODUCTS, device).isEmpty() || limits.of(Limit.READ_BANDWIDTH, device).isEmpty()) {
            throw new Unavailable("the limits of " + device + " on this machine were never measured", "Measure them: encore devices --measure");
        }
        Hardware hardware = Hardware.here();
        if (!device.equals("cpu")) {
            return new Card(device + " of this machine", Card.Kind.GPU, new Card.Peak(of(limits, device, Limit.FP32_PRODUCTS, 1e12), 0, 0),
                    of(limits, device, Limit.READ_BANDWIDTH, 1e9), AMPLE, 0, false, Precision.FP32, List.of(),
                    List.of("measured here by encore devices, " + limits.when()));
        }
        var peak = new Card.Peak(of(limits, device, Limit.FP32_PRODUCTS, 1e12), 0, of(limits, device, Limit.INT8_PRODUCTS, 1e12));
        return new Card("this machine (" + hardware.processor() + ", " + limits.threads() + (limits.threads() == 1 ? " thread)" : " threads)"),
                Card.Kind.CPU, peak,
                of(limits, device, Limit.READ_BANDWIDTH, 1e9), hardware.usableBytes() / 1e9, 0, false, Precision.FP32, List.of(),
                List.of("measured here by encore devices, " + limits.when()));
    }

    private static double of(MachineLimits limits, String device, Limit limit, double unit) {
        Optional<MachineLimits.Reached> reached = limits.of(limit, device);
        return reached.map(r -> r.best() / unit).orElse(0.0);
    }
}
