package org.encore.torch;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.device.Probe;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Products of fp32 matrices by libtorch, on the processor of the same size as those of the other probes. On a GPU such a product ends before all of it is
 * busy, so it is of matrices of 4096 rows and columns.
 */
public abstract class TorchProducts implements Probe {

    private static final int ROWS = 512;
    private static final int INNER = 1024;
    private static final int COLUMNS = 4096;
    private static final int LARGE = 4096;

    private final Device device;

    private TorchProducts(Device device) {
        this.device = device;
    }

    @Override
    public Limit limit() {
        return Limit.FP32_PRODUCTS;
    }

    @Override
    public String device() {
        return device.isGpu() ? "cuda" : "cpu";
    }

    @Override
    public Availability probe() {
        try {
            Engine engine = Libtorch.engine();
            if (device.isGpu() && !engine.hasCapability(StandardCapabilities.CUDA)) {
                return new Availability.Missing("this build of libtorch " + engine.getVersion() + " is for processors, without CUDA",
                        "It needs an NVIDIA GPU with its driver and libtorch for CUDA, which Encore does not carry, because it takes 2.5 GB: "
                                + "encore runtime use FOLDER (docs/devices.md)");
            }
            try (NDManager manager = NDManager.newBaseManager(device, "PyTorch"); NDArray one = manager.create(1f)) {
                return new Availability.Present("libtorch " + engine.getVersion() + ", " + (device.isGpu() ? "CUDA" : "CPU"));
            }
        } catch (Unavailable missing) {
            return missing.missing();
        } catch (RuntimeException | LinkageError e) {
            return new Availability.Missing("libtorch could not use " + device() + ": " + e.getMessage(),
                    "Look at the driver: nvidia-smi lists what it knows");
        }
    }

    @Override
    public Attempts open(int threads) {
        if (probe() instanceof Availability.Missing missing) {
            throw new Unavailable(missing.reason(), missing.remedy());
        }
        JniUtils.setNumThreads(threads);
        var manager = (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
        int rows = device.isGpu() ? LARGE : ROWS;
        int inner = device.isGpu() ? LARGE : INNER;
        return new Prepared(manager, 2.0 * rows * inner * COLUMNS, (PtNDArray) manager.randomUniform(-1, 1, new Shape(rows, inner)),
                (PtNDArray) manager.randomUniform(-1, 1, new Shape(inner, COLUMNS)));
    }

    private record Prepared(PtNDManager manager, double operations, PtNDArray left, PtNDArray right) implements Attempts {
        @Override
        public double once() {
            long begun = System.nanoTime();
            try (NDArray result = left.matMul(right)) {
                if (manager.getDevice().isGpu()) {
                    result.getFloat(0, 0);   // a GPU works on while its caller goes on: one number back means that all are there
                }
                return operations / ((System.nanoTime() - begun) / 1e9);
            }
        }

        @Override
        public void close() {
            manager.close();
        }
    }

    /** On the processor. */
    public static final class Cpu extends TorchProducts {
        public Cpu() {
            super(Device.cpu());
        }
    }

    /** On an NVIDIA GPU. */
    public static final class Cuda extends TorchProducts {
        public Cuda() {
            super(Device.gpu());
        }
    }
}
