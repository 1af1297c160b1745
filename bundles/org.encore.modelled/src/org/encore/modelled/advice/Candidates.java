package org.encore.modelled.advice;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Build;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Nearest;
import org.encore.api.option.Option;

/**
 * Every installed architecture at the presets that are asked for; one whose options have two numbers of layers, such as those of an encoder and a decoder,
 * also with the same number divided otherwise.
 */
final class Candidates {

    /** Sixths of all layers that come first. */
    private static final int[] SIXTHS = {1, 2, 3, 4, 5};
    private static final int OF = 6;
    private static final String LAYERS = "layers";

    private Candidates() {}

    static List<Candidate> of(Registry registry, Question question) {
        var candidates = new ArrayList<Candidate>();
        var presets = new TreeSet<String>();
        for (Contribution<Architecture<?>> contribution : registry.list(ExtensionPoint.ARCHITECTURES)) {
            presets.addAll(contribution.get().presets().keySet());
            add(contribution.id(), contribution.get(), question, candidates);
        }
        for (String size : question.sizes()) {
            if (!presets.contains(size)) {
                throw new IllegalArgumentException("no architecture has a size '" + size + "'. " + Nearest.suggestion(size, presets));
            }
        }
        return candidates;
    }

    private static <O extends Record> void add(String id, Architecture<O> architecture, Question question, List<Candidate> candidates) {
        for (String size : question.sizes()) {
            O preset = architecture.presets().get(size);
            if (preset != null) {
                splits(architecture, preset).forEach((layers, options) -> candidates.add(new Candidate(id, options, size, layers,
                        architecture.build(options, new Build(id, question.vocabulary(), 1)))));
            }
        }
    }

    /** In words, to options; the preset's own first. */
    private static <O extends Record> Map<String, O> splits(Architecture<O> architecture, O preset) {
        List<RecordComponent> layers = Arrays.stream(preset.getClass().getRecordComponents()).filter(component -> component.getType() == int.class
                && component.getAnnotation(Option.class) != null && component.getAnnotation(Option.class).unit().equals(LAYERS)).toList();
        var splits = new LinkedHashMap<String, O>();
        splits.put(layers.stream().map(component -> String.valueOf(value(component, preset))).collect(Collectors.joining(" + ")), preset);
        if (layers.size() == 2) {
            int all = (int) value(layers.get(0), preset) + (int) value(layers.get(1), preset);
            for (int sixths : SIXTHS) {
                int first = all * sixths / OF;
                if (first >= 1 && first < all) {
                    splits.putIfAbsent(first + " + " + (all - first), with(architecture.optionsType(), preset, Map.of(layers.get(0).getName(), first,
                            layers.get(1).getName(), all - first)));
                }
            }
        }
        return splits;
    }

    private static <O extends Record> O with(Class<O> type, O options, Map<String, Object> changed) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            var constructor = type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            return constructor.newInstance(Arrays.stream(components).map(component -> changed.getOrDefault(component.getName(), value(component, options)))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("options " + type.getName() + " cannot be made with other numbers of layers", e);
        }
    }

    private static Object value(RecordComponent component, Record options) {
        try {
            return component.getAccessor().invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("options " + options.getClass().getName() + " cannot be read", e);
        }
    }
}
