package org.encore.experiment.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.experiment.result.CurveFiles;

import com.google.gson.GsonBuilder;

/** Compares the trials of one variant by their least loss on the development set. Leaves {@code chosen.json}. */
public final class TuneStage implements Stage<TuneStage.Options> {

    /** There is nothing to choose. */
    public record Options() {}

    /**
     * What came of the trials.
     *
     * @param chosen cell of the best
     * @param trials all of them, in order
     */
    public record Chosen(String chosen, List<Trial> trials) {
        /** @param loss least on the development set, in nats per label */
        public record Trial(String cell, double loss) {}
    }

    /** Name of the result's file. */
    public static final String FILE = "chosen.json";

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Scope scope() {
        return Scope.GROUP;
    }

    @Override
    public boolean isolated() {
        return false;
    }

    @Override
    public List<String> needs() {
        return List.of("train");
    }

    @Override
    public void run(Options options, StageContext context) throws IOException {
        var trials = new ArrayList<Chosen.Trial>();
        for (Variant variant : context.variants()) {
            double loss = CurveFiles.development(context.input("train", variant), variant.cell()).stream().mapToDouble(Event.TrainEvaluation::loss).min()
                    .orElse(Double.POSITIVE_INFINITY);
            trials.add(new Chosen.Trial(variant.cell(), loss));
        }
        Chosen.Trial best = trials.stream().min(java.util.Comparator.comparingDouble(Chosen.Trial::loss)).orElseThrow();
        Files.writeString(context.output().resolve(FILE), new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create()
                .toJson(new Chosen(best.cell(), trials)));
    }
}
