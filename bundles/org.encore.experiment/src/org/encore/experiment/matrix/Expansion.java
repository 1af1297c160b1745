package org.encore.experiment.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.architecture.Architecture;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.Problems;
import org.encore.api.run.Stage;
import org.encore.experiment.Sections;

/** From axes to models: every combination of every axis's values, for every variant and seed. */
public final class Expansion {

    /** Names of folders may have 255 bytes; results and temporary names need some of them. */
    private static final int LONGEST_ID = 180;

    private final Mapping root;
    private final List<String> stageIds;
    private final Bindings bindings;
    private final Problems problems;

    /** @param stageIds in order */
    public Expansion(Mapping root, List<String> stageIds, Bindings bindings, Problems problems) {
        this.root = root;
        this.stageIds = stageIds;
        this.bindings = bindings;
        this.problems = problems;
    }

    /**
     * All models.
     *
     * @param ofVariant further settings for models of one variant, such as what tuning has chosen
     */
    public List<CellSpec> cells(List<Axis> axes, List<Long> seeds, Map<String, List<Setting>> ofVariant) {
        var cells = new ArrayList<CellSpec>();
        Map<String, List<Setting>> apart = VariantSettings.of(root, stageIds, problems);
        for (Combination combination : Combination.of(axes)) {
            List<Setting> settings = combination.settings();
            Map<String, String> labels = combination.labels();
            Optional<Sections> shared = bindings.sections(settings);
            stages(settings); // whatever is wrong with the variants, what is wrong with the stages is told too
            for (String variant : shared.map(s -> s.variants().keySet()).orElse(java.util.Set.of())) {
                var all = new ArrayList<>(settings);
                all.addAll(apart.getOrDefault(variant, List.of()));
                all.addAll(ofVariant.getOrDefault(variant, List.of()));
                Position at = at(variant);
                bindings.sections(all).ifPresent(own -> stages(all).ifPresent(stages -> seeds.forEach(
                        seed -> cells.add(cell(variant, seed, labels, own, stages, at)))));
            }
        }
        return cells;
    }

    private Optional<Map<String, Choice<Stage<?>>>> stages(List<Setting> settings) {
        var stages = new LinkedHashMap<String, Choice<Stage<?>>>();
        for (String id : stageIds) {
            bindings.stage(id, settings).ifPresent(stage -> stages.put(id, stage));
        }
        return stages.size() == stageIds.size() ? Optional.of(stages) : Optional.empty();
    }

    private CellSpec cell(String variant, long seed, Map<String, String> labels, Sections sections, Map<String, Choice<Stage<?>>> stages,
            Position at) {
        String id = CellSpec.id(variant, labels, seed);
        if (id.length() > LONGEST_ID) {
            problems.add(at, "a model would be called '" + id + "', which is too long for the name of a folder; use fewer axes or shorter labels");
        }
        Choice<Architecture<?>> architecture = sections.variants().get(variant);
        return new CellSpec(id, variant, seed, labels, sections.task(), sections.tokenizer(), sections.match(), architecture, stages, at);
    }

    private Position at(String variant) {
        Entry variants = root.entry("variants");
        if (variants == null) {
            return root.at();
        }
        return variants.value() instanceof Mapping mapping && mapping.entry(variant) != null ? mapping.entry(variant).key().at() : variants.value().at();
    }
}
