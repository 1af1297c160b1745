package org.encore.modelled;

import java.util.List;
import java.util.Optional;

import org.encore.api.device.Card.Precision;
import org.encore.api.device.Device;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;

/**
 * For what is predicted.
 *
 * @param devices whose cards are used
 * @param precision of all of them; each device's usual one if left out
 */
public record PredictOptions(
        @Option(value = "[hexagon, raspberry-pi-5, phone-cpu, jetson-orin-nano, laptop-igpu, h100]",
        help = "devices that are "
                + "modelled, beside this machine, which always is: encore list devices")
        List<Choice<Device<?>>> devices,
        @Option(help =
                "of weights and arithmetic on all of them: fp32, fp16, int8 or int4; each device's usual one if left out") Optional<Precision> precision) {

    public PredictOptions {
        devices = List.copyOf(devices);
    }
}
