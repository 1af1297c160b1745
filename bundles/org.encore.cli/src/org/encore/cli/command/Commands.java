package org.encore.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import org.encore.api.extension.Registry;

/** The commands by name, in the order in which people meet them. */
final class Commands {

    private static final Map<String, Function<Registry, Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("list", ListCommand::new);
        ALL.put("explain", ExplainCommand::new);
        ALL.put("new", NewCommand::new);
        ALL.put("validate", ValidateCommand::new);
        ALL.put("plan", PlanCommand::new);
        ALL.put("run", RunCommand::new);
        ALL.put("bench", BenchCommand::new);
        ALL.put("advise", AdviseCommand::new);
        ALL.put("runs", registry -> new RunsCommand());
        ALL.put("show", registry -> new ShowCommand());
        ALL.put("pack", registry -> new PackCommand());
        ALL.put("unpack", registry -> new UnpackCommand());
        ALL.put("compare", CompareCommand::new);
        ALL.put("export", ExportCommand::new);
        ALL.put("import", ImportCommand::new);
        ALL.put("generate", GenerateCommand::new);
        ALL.put("serve", ServeCommand::new);
        ALL.put("data", DataCommand::new);
        ALL.put("gc", registry -> new GcCommand());
        ALL.put("doctor", DoctorCommand::new);
        ALL.put("devices", DevicesCommand::new);
        ALL.put("runtime", RuntimeCommand::of);
        ALL.put("schema", SchemaCommand::new);
        ALL.put(PluginCommand.NAME, registry -> new PluginCommand());
        ALL.put("completion", CompletionCommand::new);
        ALL.put("worker", WorkerCommand::new);
        ALL.put("peak-memory", PeakMemoryCommand::new);
    }

    /** Those that have to know all the others. */
    private static final java.util.Set<String> ABOUT_ALL = java.util.Set.of("completion");

    private Commands() {}

    /** What these arguments can mean: one command that they name, all of them otherwise. Describing a command to the parser takes 10 ms. */
    static Map<String, Function<Registry, Object>> named(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        if (first.equals("--version") || first.equals("-V")) {
            return Map.of();
        }
        return ALL.containsKey(first) && !ABOUT_ALL.contains(first) ? Map.of(first, ALL.get(first)) : ALL;
    }
}
