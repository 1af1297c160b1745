package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.encore.api.extension.Registry;
import org.encore.api.option.OptionDocs;
import org.encore.cli.progress.LiveProgress;
import org.encore.cli.progress.PlainProgress;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.device.Room;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.yaml.YamlWriter;
import org.encore.modelled.advice.Advice;
import org.encore.modelled.advice.Offer;
import org.encore.modelled.advice.Question;

/** Measures what advice would take, and the best of every other architecture of the same size and precision: an experiment like any other, kept among the runs. */
record QuickMeasurement(Registry registry, DataFolders data, Path runs, PrintWriter out, PrintWriter err) {

    private static final int REPEATS = 8;

    /** Runs it to its end. */
    void of(Advice advice, Stop stop) throws IOException {
        if (advice.offers().isEmpty()) {
            return;
        }
        Offer best = advice.offers().getFirst();
        var variants = new LinkedHashMap<String, Object>();
        for (Offer offer : advice.offers()) {
            if (offer.precision().equals(best.precision()) && offer.candidate().size().equals(best.candidate().size())) {
                variants.putIfAbsent(offer.candidate().architecture(), Map.of(offer.candidate().architecture(), OptionDocs.plain(offer.candidate().options())));
            }
        }
        String text = YamlWriter.write(file(advice.question(), best.precision(), variants));
        Experiment experiment = ExperimentReader.read(runs.resolve("advise.yaml"), text, List.of(), registry);
        var telling = new Telling(out, stop);
        Workshop workshop = data.working(registry, runs, telling, err);
        Plan plan = Plan.of(experiment, workshop.corpora());
        telling.done();
        Room.check(plan);
        var progress = Boolean.getBoolean("encore.terminal") ? new LiveProgress(out) : new PlainProgress(out);
        Runner.Ending ending = Runner.run(plan, workshop, List.of(progress), stop);
        if (ending.status().equals("stopped")) {
            throw new CancellationException("stopped");
        }
        ending.failures().forEach(f -> err.println("failed: " + f.stage() + ": " + f.message()));
        out.println();
    }

    private static Map<String, Object> file(Question question, String precision, Map<String, Object> variants) {
        var file = new LinkedHashMap<String, Object>();
        file.put("name", "advise");
        file.put("task", Map.of("random-tokens", Map.of("vocabulary", question.vocabulary())));
        file.put("variants", variants);
        file.put("benchmark", Map.of("backend", Map.of("ort-cpu", Map.of("quantization", precision)), "sourceTokens", question.read(), "targetTokens",
                question.generate(), "repeats", REPEATS, "warmup", 1, "memory", false));
        file.put("stages", List.of("benchmark"));
        return file;
    }
}
