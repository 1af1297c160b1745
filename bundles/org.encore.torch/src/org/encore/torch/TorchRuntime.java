package org.encore.torch;

import java.util.ArrayList;
import java.util.List;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.device.NativeRuntime;

/** libtorch as something that can be swapped: builds are for processors alone, or for one version of CUDA. */
public final class TorchRuntime implements NativeRuntime {

    static final String ID = "libtorch";

    @Override
    public List<String> files() {
        return List.of(System.mapLibraryName("torch"), System.mapLibraryName("djl_torch"));
    }

    @Override
    public Loaded load() {
        String version = Libtorch.engine().getVersion();
        Availability cpu = new TorchProducts.Cpu().probe();
        if (cpu instanceof Availability.Missing missing) {
            throw new Unavailable(missing.reason(), missing.remedy());
        }
        var parts = new ArrayList<>(List.of(new Part("CPU", cpu)));
        if (LibtorchBuild.chosen().filter(LibtorchBuild::cuda).isPresent()) {
            parts.add(new Part("CUDA", new TorchProducts.Cuda().probe()));
        }
        return new Loaded(version, parts);
    }
}
