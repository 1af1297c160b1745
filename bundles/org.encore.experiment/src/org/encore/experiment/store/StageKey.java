package org.encore.experiment.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.architecture.Architecture;
import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.bench.Machine;
import org.encore.graph.Graph;
import org.encore.graph.text.StructuralHash;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** Names a stage's result by everything that it depends on. Equal keys mean equal results, measured values excepted. */
public final class StageKey {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().serializeSpecialFloatingPointValues().create();
    private static final int DIGITS = 24;

    private StageKey() {}

    /** The key, as hexadecimal digits. */
    public static <O extends Record> String of(Choice<Stage<?>> choice, StageContext context, Map<String, String> inputKeys) {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) choice.extension();
        O options = stage.optionsType().cast(choice.options());
        var parts = new ArrayList<String>();
        parts.add("stage " + choice.id());
        parts.add("options " + GSON.toJson(OptionDocs.plain(options)));
        parts.add("data " + context.data().digest());
        inputKeys.forEach((name, key) -> parts.add("input " + name + " " + key));
        for (Variant variant : context.variants()) {
            parts.add("variant " + variant.cell() + " seed " + variant.seed() + " model " + StructuralHash.of(variant.model()));
        }
        code(stage, options).forEach(type -> parts.add("code " + CodeDigest.of(type)));
        parts.addAll(stage.keyParts(options, context));
        if (stage.measures()) {
            parts.add("machine " + Machine.fingerprint());
        }
        return Sha256.of(String.join("\n", parts)).substring(0, DIGITS);
    }

    /** The stage's own bundle, those of the extensions that its options choose, and the model graph and its API. */
    private static Set<Class<?>> code(Stage<?> stage, Record options) {
        var types = new LinkedHashSet<Class<?>>(List.of(Graph.class, Architecture.class, stage.getClass()));
        collect(options, types);
        return types;
    }

    private static void collect(Object value, Set<Class<?>> types) {
        switch (value) {
            case Choice<?> choice -> {
                types.add(choice.extension().getClass());
                collect(choice.options(), types);
            }
            case Record record -> OptionDocs.components(record).forEach(component -> collect(component, types));
            case List<?> list -> list.forEach(item -> collect(item, types));
            default -> { }
        }
    }
}
