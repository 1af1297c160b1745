package org.encore.torch;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.device.Probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;

/** Sums of 2 GB in the memory of an NVIDIA GPU, many times what its caches hold. */
public final class TorchReading implements Probe {

    private static final long ELEMENTS = 1L << 29;

    @Override
    public Limit limit() {
        return Limit.READ_BANDWIDTH;
    }

    @Override
    public String device() {
        return "cuda";
    }

    @Override
    public Availability probe() {
        return new TorchProducts.Cuda().probe();
    }

    @Override
    public Attempts open(int threads) {
        if (probe() instanceof Availability.Missing missing) {
            throw new Unavailable(missing.reason(), missing.remedy());
        }
        PtNDManager manager = Libtorch.manager(TorchDevice.CUDA);
        return new Prepared(manager, manager.ones(new Shape(ELEMENTS)));
    }

    private record Prepared(PtNDManager manager, NDArray elements) implements Attempts {
        @Override
        public double once() {
            long begun = System.nanoTime();
            try (NDArray sum = elements.sum()) {
                sum.getFloat();   // brought back, it is there
                return (double) ELEMENTS * Float.BYTES / ((System.nanoTime() - begun) / 1e9);
            }
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
