package org.encore.experiment.process;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.bench.Machine;
import org.encore.experiment.Experiment;
import org.encore.experiment.plan.Cell;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.run.WholeFile;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** Writes where a run's numbers come from: machine, versions, data, what was matched, the key of each result. */
final class Provenance {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private Provenance() {}

    static void write(RunFolder folder, Plan plan, Registry registry, Map<String, String> keys) throws IOException {
        Experiment experiment = plan.experiment();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("written", Instant.now().toString());
        facts.put("experiment", experiment.name());
        facts.put("command", "encore run " + experiment.file());
        facts.put("threads", experiment.header().resources().threadsEach());
        facts.put("seeds", experiment.header().seeds());
        facts.put("data", data(plan));
        facts.put("matched", plan.receipts());
        facts.put("machine", Machine.environment());
        facts.put("bundles", bundles(registry));
        facts.put("results", keys);
        WholeFile.write(folder.path().resolve(RunFolder.PROVENANCE), GSON.toJson(facts));
    }

    private static Object data(Plan plan) {
        var data = new LinkedHashMap<String, Object>();
        for (Cell cell : plan.cells()) {
            data.computeIfAbsent(cell.corpus().data().description(), description -> Map.of("sha256", cell.corpus().data().digest(), "tokenizer",
                    cell.corpus().tokenization().id() + ", " + cell.corpus().tokenizer().size() + " tokens"));
        }
        return data;
    }

    private static Map<String, String> bundles(Registry registry) {
        var bundles = new TreeMap<String, String>();
        ExtensionPoint.ALL.forEach(point -> registry.list(point).forEach(c -> bundles.put(c.bundle(), c.version())));
        return bundles;
    }
}
