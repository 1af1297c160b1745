package org.encore.torch;

import java.util.Optional;

import org.encore.api.Availability;
import org.encore.api.Unavailable;

import ai.djl.Device;

/** Where libtorch keeps tensors and computes. */
public enum TorchDevice {
    CPU(Device.cpu(), "None"),
    /** The first NVIDIA GPU. */
    CUDA(Device.gpu(), "torch.device(\"cuda:0\")");

    private final Device ofDjl;
    private final String ofScript;

    TorchDevice(Device ofDjl, String ofScript) {
        this.ofDjl = ofDjl;
        this.ofScript = ofScript;
    }

    Device ofDjl() {
        return ofDjl;
    }

    /** As TorchScript writes it. */
    String ofScript() {
        return ofScript;
    }

    /** What is not here of what it takes: tried, not assumed. */
    Optional<Availability.Missing> missing() {
        Availability tried = switch (this) {
            case CPU -> new TorchProducts.Cpu().probe();
            case CUDA -> new TorchProducts.Cuda().probe();
        };
        return tried instanceof Availability.Missing missing ? Optional.of(missing) : Optional.empty();
    }

    /** @throws Unavailable if it is not here */
    void require() {
        missing().ifPresent(missing -> {
            throw new Unavailable(missing.reason(), missing.remedy());
        });
    }
}
