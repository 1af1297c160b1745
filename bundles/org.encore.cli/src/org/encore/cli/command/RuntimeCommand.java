package org.encore.cli.command;

import org.encore.api.extension.Registry;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code encore runtime}, without a further word: says what there is. */
@Command(name = "runtime", mixinStandardHelpOptions = true, description = "Swaps the native libraries that compute for other builds, such as one for a GPU.",
        footer = {"", "A build is a folder with its libraries: libonnxruntime.so with libonnxruntime4j_jni.so and its providers, or libtorch.so with libdjl_torch.so.",
            "What is chosen is used by every process that starts later; ENCORE_RUNTIMES (id=FOLDER, with colons between) goes before it.",
            "How to come by one: docs/devices.md"})
final class RuntimeCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** With the words that may follow. */
    static CommandLine of(Registry registry) {
        return new CommandLine(new RuntimeCommand()).addSubcommand(new RuntimeUseCommand(registry)).addSubcommand(new RuntimeListCommand(registry))
                .addSubcommand(new RuntimeForgetCommand(registry)).addSubcommand(new RuntimeTryCommand(registry));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given: use, list or forget");
    }
}
