package org.encore.experiment.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.Counted;
import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.experiment.Experiment;
import org.encore.experiment.matrix.CellSpec;
import org.encore.experiment.matrix.Combination;
import org.encore.experiment.matrix.Setting;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.result.RecordFile;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.tune.Trials;
import org.encore.experiment.tune.TuneStage;

/** Tries options for each variant before the experiment proper, and takes the best. */
final class Tuning {

    /** Folder of the trials inside a run. */
    private static final String FOLDER = "tuning";

    private final Experiment experiment;
    private final Trials trials;
    private final Map<String, List<Setting>> chosen = new LinkedHashMap<>();
    private final Map<String, RunPlan.Tuned> record = new LinkedHashMap<>();

    Tuning(Plan plan, Registry registry) {
        this.experiment = plan.experiment();
        this.trials = Trials.of(plan, registry);
    }

    /** Executes nodes and links their results below a folder. */
    interface Work {
        /** False if the run was stopped. */
        boolean done(Plan plan, RunFolder links) throws IOException;
    }

    /** Runs all trials; false if the run was stopped. A variant whose trials all failed keeps what the file says. */
    boolean run(Corpora corpora, Path run, Work work, java.util.function.Consumer<Event> events) throws IOException {
        for (var variant : trials.cells().entrySet()) {
            Plan plan = Plan.of(experiment.of(variant.getValue()), Trials.STAGES, corpora);
            var links = new RunFolder(run.resolve(FOLDER).resolve(variant.getKey()));
            if (!work.done(plan, links)) {
                return false;
            }
            best(links, variant.getValue()).ifPresent(combination -> {
                chosen.put(variant.getKey(), combination.settings());
                record.put(variant.getKey(), new RunPlan.Tuned(trials.combinations().size(), combination.labels(), edges(combination)));
                events.accept(new Event.Message("info", "tuned " + variant.getKey() + " by "
                        + Counted.of(trials.combinations().size(), "trial") + ": " + String.join(", ", combination.settings().stream().map(Setting::toString).toList())));
            });
        }
        return true;
    }

    /** Axes of several values on which the choice lies at an end. */
    private static List<String> edges(Combination combination) {
        return combination.places().entrySet().stream().filter(place -> place.getKey().values().size() > 2
                && (place.getValue() == place.getKey().values().getFirst() || place.getValue() == place.getKey().values().getLast()))
                .map(place -> place.getKey().name()).toList();
    }

    private Optional<Combination> best(RunFolder links, List<CellSpec> cells) throws IOException {
        Optional<TuneStage.Chosen> tuned = RecordFile.read(links.result("", "tune").resolve(TuneStage.FILE), TuneStage.Chosen.class);
        int index = tuned.map(TuneStage.Chosen::chosen).map(cells.stream().map(CellSpec::id).toList()::indexOf).orElse(-1);
        return index < 0 ? Optional.empty() : Optional.of(trials.combinations().get(index));
    }

    /** Settings of each variant. */
    Map<String, List<Setting>> chosen() {
        return chosen;
    }

    Map<String, RunPlan.Tuned> record() {
        return record;
    }
}
