package org.encore.experiment.file;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Scalar;

/**
 * One experiment laid over another. Variants, axes and options are joined one by one, options inside options too. What chooses one thing holds as a
 * whole: never half of one and half of another. An entry without a value takes away what stands below it.
 */
final class Overlay {

    /** One of its options is given, and none beside it. */
    private static final Set<String> ONE_OF_ITS_OPTIONS = Set.of("match");

    private final Registry registry;

    Overlay(Registry registry) {
        this.registry = registry;
    }

    /** What the names inside a mapping stand for; empty for what holds as a whole. */
    private interface Inside {
        Optional<Type> of(String name);
    }

    Mapping experiment(Mapping below, Mapping above) {
        return joined(below, above, this::entry);
    }

    private Optional<Type> entry(String name) {
        try {
            return ONE_OF_ITS_OPTIONS.contains(name) ? Optional.empty() : EntryType.of(name, registry);
        } catch (Contribution.BrokenContribution e) {
            return Optional.empty(); // it is told where its options are bound
        }
    }

    private static Mapping joined(Mapping below, Mapping above, Inside inside) {
        Mapping result = below;
        for (Entry entry : above.entries()) {
            String name = entry.key().text();
            Entry before = result.entry(name);
            if (before == null) {
                result = result.with(entry);
            } else if (entry.value() instanceof Scalar scalar && scalar.text().isEmpty()) {
                result = result.without(name);
            } else {
                result = result.with(new Entry(entry.key(), joined(before.value(), entry.value(), inside.of(name))));
            }
        }
        return new Mapping(result.entries(), above.at());
    }

    private static ConfigNode joined(ConfigNode below, ConfigNode above, Optional<Type> type) {
        return below instanceof Mapping b && above instanceof Mapping a
                ? type.flatMap(Overlay::inside).<ConfigNode>map(inside -> joined(b, a, inside)).orElse(a) : above;
    }

    private static Optional<Inside> inside(Type type) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
        if (raw == Optional.class) {
            return inside(argument(type, 0));
        }
        if (raw == Map.class) {
            return Optional.of(name -> Optional.of(argument(type, 1)));
        }
        if (raw == ConfigNode.class) {
            return Optional.of(name -> Optional.empty()); // axes, and settings of variants
        }
        return !raw.isRecord() || raw == Choice.class ? Optional.empty() : Optional.of(name -> EntryType.ofComponent(raw, name));
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
