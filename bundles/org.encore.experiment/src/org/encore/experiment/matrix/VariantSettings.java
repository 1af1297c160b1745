package org.encore.experiment.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.Nearest;
import org.encore.api.option.Problems;

/** Reads {@code settings:}, the options that single variants have apart. */
final class VariantSettings {

    private static final String NAME = "settings";
    private static final String VARIANTS = "variants";

    private VariantSettings() {}

    /** Variant to what it has apart; what is wrong is told. */
    static Map<String, List<Setting>> of(Mapping root, List<String> stageIds, Problems problems) {
        var all = new LinkedHashMap<String, List<Setting>>();
        Entry settings = root.entry(NAME);
        if (settings == null) {
            return all;
        }
        if (!(settings.value() instanceof Mapping byVariant)) {
            problems.add(settings.value().at(), "expected variants and their options, such as 'kd: {distil.training.tokens: 1M}', not "
                    + settings.value().kind());
            return all;
        }
        Entry variants = root.entry(VARIANTS);
        Set<String> names = new LinkedHashSet<>();
        if (variants != null && variants.value() instanceof Mapping mapping) {
            mapping.entries().forEach(entry -> names.add(entry.key().text()));
        }
        var sections = new LinkedHashSet<>(Bindings.SECTIONS);
        sections.addAll(stageIds);
        var reader = new AxisReader(sections, problems);
        for (Entry variant : byVariant.entries()) {
            if (!names.contains(variant.key().text())) {
                problems.add(variant.key().at(), "no variant '" + variant.key().text() + "' to set options of. "
                        + Nearest.suggestion(variant.key().text(), names));
            } else if (variant.value() instanceof Mapping options) {
                var own = new ArrayList<Setting>();
                options.entries().forEach(option -> reader.setting(option.key(), option.value()).ifPresent(own::add));
                all.put(variant.key().text(), own);
            } else {
                problems.add(variant.value().at(), "expected options and their values, such as '{distil.training.tokens: 1M}', not "
                        + variant.value().kind());
            }
        }
        return all;
    }
}
