package org.encore.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.encore.api.device.ChosenRuntimes;

/**
 * Another build of libtorch: a folder {@code lib} as PyTorch ships it, with DJL's bindings, compiled against it, put in beside.
 *
 * @param folder with libtorch.so and libdjl_torch.so
 */
record LibtorchBuild(Path folder) {

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    /** Beside the folder, of the archive of libtorch and of the Python package. */
    private static final List<String> VERSION_FILES = List.of("build-version", "version.py");

    static Optional<LibtorchBuild> chosen() {
        return ChosenRuntimes.folder(TorchRuntime.ID).map(LibtorchBuild::new);
    }

    /** Tells DJL, which looks at these before it loads anything. Without a flavor it would ask a CUDA library that need not be there. */
    void use() {
        System.setProperty("PYTORCH_LIBRARY_PATH", folder.toString());
        System.setProperty("PYTORCH_VERSION", version().orElse("unknown"));
        System.setProperty("PYTORCH_FLAVOR", cuda() ? "cu-precxx11" : "cpu-precxx11");
    }

    boolean cuda() {
        return Files.exists(folder.resolve(System.mapLibraryName("torch_cuda")));
    }

    /** As its makers wrote it beside the folder; the libraries themselves do not say it. */
    Optional<String> version() {
        Path parent = folder.toAbsolutePath().getParent();
        for (String name : parent == null ? List.<String>of() : VERSION_FILES) {
            try {
                Matcher matcher = VERSION.matcher(Files.readString(parent.resolve(name)));
                if (matcher.find()) {
                    return Optional.of(matcher.group());
                }
            } catch (IOException e) {
                // the other file may be there
            }
        }
        return Optional.empty();
    }

    String remedy() {
        return "That is the build in " + folder + "; DJL's bindings (libdjl_torch.so) have to be compiled against the same build. "
                + "encore runtime forget " + TorchRuntime.ID + " goes back to the one that Encore carries.";
    }
}
