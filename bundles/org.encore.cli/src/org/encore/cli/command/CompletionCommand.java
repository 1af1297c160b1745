package org.encore.cli.command;

import org.encore.api.extension.Registry;
import org.encore.cli.completion.CompletionScript;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script that completes the command line. */
@Command(name = "completion", mixinStandardHelpOptions = true, description = "Prints a script that lets a shell complete commands, options, ids and runs.",
        footer = {"", "bash: encore completion bash > ~/.local/share/bash-completion/completions/encore",
            "zsh:  encore completion zsh > ~/.encore-completion && echo 'source ~/.encore-completion' >> ~/.zshrc",
            "fish: encore completion fish > ~/.config/fish/completions/encore.fish"})
final class CompletionCommand implements Runnable {

    /** Shells; named as people write them. */
    enum Shell { bash, zsh, fish }

    @Parameters(arity = "1", paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    CompletionCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void run() {
        var script = new CompletionScript(spec.root().commandLine(), registry);
        spec.commandLine().getOut().print(switch (shell) {
            case bash -> script.bash();
            case zsh -> script.zsh();
            case fish -> script.fish();
        });
        spec.commandLine().getOut().flush();
    }
}
