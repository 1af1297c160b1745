package org.encore.modelled;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.api.Unavailable;
import org.encore.api.device.Card;
import org.encore.api.device.Card.Precision;
import org.encore.api.device.Device;
import org.encore.api.inference.Backend;
import org.encore.api.option.Choice;
import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.experiment.benchmark.Conditions;
import org.encore.experiment.device.MachineLimits;
import org.encore.experiment.result.BenchmarkSummary;

import com.google.gson.Gson;

/**
 * Predicts what was measured here for devices that are not here, under the conditions of the measurement, and what the same model says of this
 * machine: so each
 * prediction comes with how far the model is off where it can be checked. Leaves {@code predictions.json}.
 */
public final class PredictStage implements Stage<PredictOptions> {

    static final String ID = "predict";
    private static final String BENCHMARK = "benchmark";
    /** Weights of fewer bytes than this are no fp32. */
    private static final double WIDE = 3;

    @Override
    public Class<PredictOptions> optionsType() {
        return PredictOptions.class;
    }

    @Override
    public Scope scope() {
        return Scope.GROUP;
    }

    @Override
    public List<String> needs() {
        return List.of(BENCHMARK);
    }

    @Override
    public boolean isolated() {
        return false;
    }

    /** Limits of this machine that were measured anew say something new; so does a card that was changed. */
    @Override
    public List<String> keyParts(PredictOptions options, StageContext context) {
        var parts = new ArrayList<String>();
        parts.add("limits " + MachineLimits.known().map(MachineLimits::when).orElse("none"));
        options.devices().forEach(device -> parts.add("card " + Cards.of(device)));
        return parts;
    }

    @Override
    public void run(PredictOptions options, StageContext context) throws IOException {
        var devices = new LinkedHashMap<String, Predictions.OfDevice>();
        var cells = new ArrayList<Predictions.OfCell>();
        var first = new ArrayList<Double>();
        var later = new ArrayList<Double>();
        var heres = new HashMap<String, Optional<Card>>();
        for (Variant variant : context.variants()) {
            BenchmarkSummary summary = new Gson().fromJson(Files.readString(context.input(BENCHMARK, variant).resolve("summary.json")),
                    BenchmarkSummary.class);
            BenchmarkSummary.Cell measured = summary.cells().get(variant.cell());
            if (measured == null) {
                continue;   // another seed of the same model stands for it
            }
            if (!summary.single()) {
                context.emit(new Event.Message("info", "nothing is predicted for '" + summary.turn().scenario() + "': predictions are of single requests"));
                break;
            }
            Optional<Card> here = heres.computeIfAbsent(summary.environment().getOrDefault(BenchmarkSummary.DEVICE, "cpu"), device -> here(device, context));
            if (here.isPresent()) {
                Precision precision = measured.weightBytes() > WIDE * variant.model().parameterCount() ? Precision.FP32 : Precision.INT8;
                Predictions.OfCell said = predict(Predictions.HERE, here.get(), precision, variant, summary);
                cells.add(said);
                first.add(said.firstTokenMillis() / measured.firstTokenMillis().median());
                later.add(said.perTokenMillis() / measured.perTokenMillis().median());
                devices.putIfAbsent(Predictions.HERE, device(here.get(), precision));
            }
            for (Choice<Device<?>> device : options.devices()) {
                Card card = Cards.of(device);
                Precision precision = options.precision().orElse(card.usual());
                devices.putIfAbsent(id(device, card), device(card, precision));
                cells.add(predict(id(device, card), card, precision, variant, summary));
            }
        }
        new Predictions(devices, cells, ModelError.of(array(first)).orElse(null), ModelError.of(array(later)).orElse(null)).write(context.output());
    }

    private static Optional<Card> here(String device, StageContext context) {
        if (device.equals(Backend.NO_HARDWARE)) {
            context.emit(new Event.Message("warning", "predictions come without their error: the benchmark's backend is written to be right and not fast, so its"
                    + " times are no measurement of this machine"));
            return Optional.empty();
        }
        try {
            return Optional.of(ThisMachine.card(device));
        } catch (Unavailable unknown) {
            context.emit(new Event.Message("warning", "predictions come without their error: " + unknown.getMessage()));
            return Optional.empty();
        }
    }

    /** Cards of the user's own files are told apart by their names. */
    private static String id(Choice<Device<?>> device, Card card) {
        return device.extension() instanceof OwnCard ? card.name() : device.id();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Predictions.OfDevice device(Card card, Precision precision) {
        return new Predictions.OfDevice(card.name(), card.kind().name().toLowerCase(Locale.ROOT), precision.words(), card.fixedShapes(),
                card.assumptions(), card.sources());
    }

    private static Predictions.OfCell predict(String id, Card card, Precision precision, Variant variant, BenchmarkSummary summary) {
        Prediction said = Prediction.of(card, precision, variant.model(), new Conditions(summary.conditions()).scenario(), summary.sourceTokens(),
                summary.targetTokens());
        return new Predictions.OfCell(variant.cell(), id, summary.sourceTokens(), summary.targetTokens(), said.firstTokenMillis(),
                said.perTokenMillis(),
                said.firstBound().name().toLowerCase(Locale.ROOT), said.laterBound().name().toLowerCase(Locale.ROOT), said.weightBytes(),
                said.stateBytes(),
                said.logitsBytes(), said.bytes() < card.memory() * 1e9);
    }
}
