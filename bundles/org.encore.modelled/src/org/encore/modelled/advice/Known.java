package org.encore.modelled.advice;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.option.OptionDocs;
import org.encore.bench.Machine;
import org.encore.cost.Scenario;
import org.encore.experiment.benchmark.Conditions;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.RunFolder;
import org.encore.modelled.ModelError;

/**
 * What runs have measured on this machine's processor with all of its threads, which is what its limits are of: single requests, served without
 * waste, by a backend whose times are a measurement of hardware. A run that cannot be read says so and counts for nothing.
 *
 * @param times by model, precision and lengths
 * @param firstError how far the model of devices is off for first tokens, over all that was measured
 * @param laterError how far for later tokens
 * @param unreadable what could not be read, with the reason
 */
public record Known(Map<String, Times.Measured> times, Optional<ModelError> firstError, Optional<ModelError> laterError, List<String> unreadable) {

    private static final String FP32 = "fp32";
    private static final String QUANTIZATION = "quantization";
    /** As probes name it: results of older versions are all of it. */
    private static final String PROCESSOR = "cpu";
    private static final String CORES = "cores";
    private static final String ALL_THREADS = "0";

    /** Of all runs in a folder; of two measurements of the same thing, the newer one. */
    public static Known of(Path runs) throws IOException {
        var times = new HashMap<String, Times.Measured>();
        var first = new ArrayList<Double>();
        var later = new ArrayList<Double>();
        var unreadable = new ArrayList<String>();
        for (RunFolder folder : RunFolder.list(runs)) {   // the newest first
            try {
                RunResults results = RunResults.read(folder.path());
                results.plan().ifPresent(plan -> results.benchmarks().values().stream().filter(Known::counts)
                        .forEach(race -> add(folder.name(), plan, race, times, first, later)));
            } catch (IOException | RuntimeException e) {
                unreadable.add(folder.name() + ": " + e.getMessage());
            }
        }
        return new Known(times, ModelError.of(array(first)), ModelError.of(array(later)), unreadable);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static boolean counts(BenchmarkSummary race) {
        Map<String, String> here = Machine.environment();
        return race.single() && !race.course().partial() && new Conditions(race.conditions()).scenario().equals(Scenario.LEAN)
                && race.environment().getOrDefault(BenchmarkSummary.DEVICE, PROCESSOR).equals(PROCESSOR)
                && List.of("", ALL_THREADS, String.valueOf(here.get(CORES))).contains(race.conditions().getOrDefault("threads", ""))
                && List.of("processor", CORES).stream().allMatch(fact -> here.get(fact).equals(race.environment().get(fact)));
    }

    private static void add(String run, RunPlan plan, BenchmarkSummary race, Map<String, Times.Measured> times, List<Double> first, List<Double> later) {
        String precision = precision(race.conditions());
        for (RunPlan.OfCell cell : plan.cells()) {
            BenchmarkSummary.Cell found = race.cells().get(cell.id());
            RunPlan.OfModel model = plan.models().get(cell.model());
            if (found == null || model == null || found.endToEndMillis() == null) {
                continue;
            }
            times.putIfAbsent(key(model.architecture(), model.options(), model.parameters(), precision, race.sourceTokens(), race.targetTokens()),
                    new Times.Measured(found.firstTokenMillis(), found.perTokenMillis(), found.endToEndMillis(), found.weightBytes() + found.stateBytes(), run,
                            race.repeats(), race.course().disturbedThroughout()));
            if (found.roofline() != null) {
                first.add(found.roofline().firstShare());
                later.add(found.roofline().laterShare());
            }
        }
    }

    private static String precision(Map<String, String> conditions) {
        String chosen = conditions.getOrDefault(QUANTIZATION, "");
        return chosen.isEmpty() || chosen.equals("null") ? FP32 : chosen;
    }

    /** What was measured of a candidate at exactly these lengths. */
    Optional<Times.Measured> of(Candidate candidate, String precision, Question question) {
        return Optional.ofNullable(times.get(key(candidate.architecture(), OptionDocs.plain(candidate.options()), candidate.model().parameterCount(), precision,
                question.read(), question.generate())));
    }

    /** Options as text: numbers that were read from a file are of other types than those of records. */
    private static String key(String architecture, Object options, long parameters, String precision, int read, int generate) {
        return String.join(" ", architecture, String.valueOf(options), Long.toString(parameters), precision, Integer.toString(read), Integer.toString(generate));
    }
}
