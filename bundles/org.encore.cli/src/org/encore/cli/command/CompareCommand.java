package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.encore.api.extension.Registry;
import org.encore.compare.Comparison;
import org.encore.compare.Question;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.EventLog;
import org.encore.report.table.ResultTable;
import org.encore.report.table.Statements;

import com.google.gson.GsonBuilder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what may be said of the models of one run or several. */
@Command(name = "compare", mixinStandardHelpOptions = true,
        description = "Compares the variants of one run or several: differences with intervals, verdicts in words, and what to know before one believes them.",
        footer = {"", "A question that is asked here was not fixed before the run: it gets an interval and a verdict, and no p-value."})
final class CompareCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "folders of runs")
    private List<Path> runs = new ArrayList<>();

    @Option(names = "--margin", paramLabel = "METRIC=SIZE", description = "smallest difference that matters, such as wer=1.0; may be repeated")
    private Map<String, Double> margins = new java.util.LinkedHashMap<>();

    @Option(names = "--split", paramLabel = "SPLIT", description = "on which (default: the test set)")
    private String split = "";

    @Option(names = "--json", description = "print everything as JSON")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    CompareCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        var results = new ArrayList<RunResults>();
        for (Path run : runs) {
            if (!Files.exists(run.resolve(EventLog.FILE))) {
                throw new IllegalArgumentException(run + " is no run: it has no " + EventLog.FILE + ". Runs are folders below runs/.");
            }
            results.add(RunResults.read(run));
        }
        Comparison comparison = Comparison.of(results, question(results), registry);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeSpecialFloatingPointValues().create().toJson(comparison));
            return 0;
        }
        for (RunResults run : results) {
            if (results.size() > 1) {
                out.println(run.folder().name());
            }
            out.println(ResultTable.of(run, Optional.of(comparison)).text(Integer.MAX_VALUE));
        }
        block(Statements.contrasts(comparison), out);
        block(Statements.findings(comparison), out);
        return 0;
    }

    /** The one run's own question, if none is asked here. */
    private Question question(List<RunResults> results) {
        Question own = Comparison.question(results.getFirst());
        if (results.size() == 1 && margins.isEmpty() && split.isEmpty()) {
            return own;
        }
        var all = new java.util.LinkedHashMap<>(own.margins());
        all.putAll(margins);
        boolean asBefore = results.size() == 1 && (split.isEmpty() || split.equals(own.split())) && all.equals(own.margins());
        return new Question(own.first(), own.second(), own.against(), own.metric(), split.isEmpty() ? own.split() : split, all, own.beforehand() && asBefore);
    }

    private static void block(List<String> lines, PrintWriter out) {
        lines.forEach(out::println);
        if (!lines.isEmpty()) {
            out.println();
        }
    }
}
