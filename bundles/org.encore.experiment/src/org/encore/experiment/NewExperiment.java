package org.encore.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Nearest;
import org.encore.api.option.OptionDocs;
import org.encore.api.run.Stage;

/**
 * A commented experiment to begin with, as {@code encore new} and the window's wizard write it.
 *
 * @param name of the experiment and of its file
 * @param task id
 * @param variants what is compared
 * @param parameters that all variants have, as one writes it: {@code 0.6M}
 * @param tokens to see in training, as one writes it; empty for the default
 * @param seeds as one writes them: {@code [1]}
 * @param hours that a run may take by estimate; 0 for no limit
 * @param backends to measure on; none for the default
 * @param teacher larger model that is trained first and that all variants learn from; empty for none
 */
public record NewExperiment(String name, String task, List<Variant> variants, String parameters, String tokens, String seeds, double hours,
        List<String> backends,
        Optional<Variant> teacher) {

    /** What is compared if nothing else is said: the two families that the question is about. */
    public static final List<Variant> USUAL = List.of(new Variant("dec", "decoder-only", "{layers: 6}"),
            new Variant("encdec", "encoder-decoder", "{encoderLayers: 4, decoderLayers: 2}"));

    private static final int COMMENT_COLUMN = 34;
    private static final int MOST_OPTIONS = 5;

    public NewExperiment {
        variants = List.copyOf(variants);
        backends = List.copyOf(backends);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException("'" + name + "' becomes the name of a file: give letters, digits, dots, hyphens and underscores");
        }
    }

    /**
     * One model of an experiment.
     *
     * @param name of the variant
     * @param architecture id
     * @param options as one writes them, such as {@code {preset: 1m}}; empty for the defaults
     */
    public record Variant(String name, String architecture, String options) {

        private String line() {
            return options.isEmpty() ? architecture : "{" + architecture + ": " + options + "}";
        }
    }

    /**
     * The text.
     *
     * @throws IllegalArgumentException if there is no such task here; the message has the nearest
     */
    public String text(Registry registry) {
        List<String> tasks = registry.list(ExtensionPoint.TASKS).stream().map(Contribution::id).toList();
        if (!tasks.contains(task)) {
            throw new IllegalArgumentException("no task '" + task + "'. " + Nearest.suggestion(task, tasks));
        }
        var lines = new ArrayList<String>();
        lines.add("# An experiment. What may stand in here: encore explain experiment; options of a part: encore explain train");
        lines.add("# Editors complete it: encore schema > experiment.schema.json");
        lines.add("# yaml-language-server: $schema=experiment.schema.json");
        lines.add("name: " + name);
        String others = String.join(", ", tasks.stream().filter(t -> !t.equals(task)).toList());
        lines.add(commented("task: " + task, others.isEmpty() ? "" : "others here: " + others));
        lines.add("");
        lines.add(commented("match: {parameters: " + parameters + "}",
                "widths are solved until all variants have this many; or flops, or decodeBytes"));
        lines.add("");
        lines.add(commented("variants:", "what is compared: " + registry.list(ExtensionPoint.ARCHITECTURES).stream().map(Contribution::id)
                .collect(Collectors.joining(", "))));
        variants.forEach(variant -> lines.add("  " + variant.name() + ": " + variant.line()));
        lines.add("");
        lines.add(commented("seeds: " + seeds, "one seed says something of these models only; [1..6] of their architectures"));
        axes(lines);
        if (hours > 0) {
            lines.add(commented("budget: {hours: " + (hours == Math.rint(hours) ? String.valueOf((long) hours) : String.valueOf(hours)) + "}",
                    "a run that would take longer by estimate is not begun"));
        }
        lines.add("");
        teacher.ifPresent(model -> taught(model, lines));
        for (String id : teacher.isPresent() ? List.of("evaluate", "benchmark") : List.of("train", "evaluate", "benchmark")) {
            stage(registry.find(ExtensionPoint.STAGES, id), lines);
        }
        return String.join("\n", lines) + "\n";
    }

    private void axes(List<String> lines) {
        if (backends.size() > 1) {
            lines.add(commented("matrix:", "further axes; any option can be one"));
            lines.add("  benchmark.backend: [" + String.join(", ", backends) + "]");
        } else {
            lines.add("# matrix:                         # further axes; any option can be one");
            lines.add("#   train.learningRate: [1e-3, 2e-3, 4e-3]");
        }
        lines.add("# tune: {over: {train.learningRate: [1e-3, 2e-3, 4e-3]}}   # or let every variant choose its own, by the same trials");
        lines.add("# primary: {metric: wer, contrast: [" + (variants.size() > 1 ? variants.get(1).name() + ", " + variants.getFirst().name()
                : "encdec, dec")
                + "], margin: 1.0}   # the question, fixed before the run; it gets the only p-value");
    }

    private void taught(Variant model, List<String> lines) {
        lines.add(commented("stages: [data, tokenizer, teacher, teacher-cache, distil, agreement, export, evaluate, benchmark, compare, report]",
                "students instead of plain training"));
        lines.add(commented("teacher:", "trained first, on the same data; it is not matched"));
        lines.add("  model: " + model.line());
        if (!tokens.isEmpty()) {
            lines.add("  training: {tokens: " + tokens + "}");
        }
        lines.add(commented("distil:", "how the variants learn from it"));
        lines.add("  training: {objective: forward-kl" + (tokens.isEmpty() ? "" : ", tokens: " + tokens) + "}");
    }

    /** The first options of a stage, each with its help: as chosen, or with their defaults. */
    private void stage(Contribution<Stage<?>> stage, List<String> lines) {
        lines.add(commented(stage.id() + ":", stage.description()));
        OptionDocs.of(stage.get().optionsType()).stream().filter(line -> !line.name().contains(".") && !line.standard().isEmpty()).limit(MOST_OPTIONS)
                .filter(line -> !given(stage.id(), line.name()).isBlank() || !(stage.id().equals("benchmark") && line.name().equals("backend")
                        && backends
                        .size() > 1))
                .forEach(line -> lines.add(commented("  " + line.name() + ": " + (given(stage.id(), line.name()).isBlank() ? line.standard()
                        : given(stage.id(), line.name())), line.help())));
    }

    private String given(String stage, String option) {
        return switch (stage + "." + option) {
            case "train.tokens" -> tokens;
            case "benchmark.backend" -> backends.size() == 1 ? backends.getFirst() : "";
            default -> "";
        };
    }

    private static String commented(String text, String comment) {
        return comment.isBlank() ? text : text + " ".repeat(Math.max(1, COMMENT_COLUMN - text.length())) + "# " + comment;
    }
}
