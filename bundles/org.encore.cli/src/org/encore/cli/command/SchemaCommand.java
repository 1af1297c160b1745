package org.encore.cli.command;

import org.encore.api.extension.Registry;
import org.encore.experiment.schema.JsonSchema;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of experiment files. */
@Command(name = "schema", mixinStandardHelpOptions = true,
        description = "Prints a JSON Schema of experiment files with everything that is installed, for editors that complete and check YAML.",
        footer = {"", "encore schema > experiment.schema.json", "and as first line of an experiment:  # yaml-language-server: $schema=experiment.schema.json"})
final class SchemaCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    SchemaCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void run() {
        spec.commandLine().getOut().println(JsonSchema.of(registry));
    }
}
