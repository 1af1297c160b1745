package org.encore.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import org.encore.bench.statistics.BcaBootstrap;
import org.encore.bench.statistics.Contributions;
import org.encore.bench.statistics.SignFlipTest;
import org.encore.bench.statistics.StudentMean;
import org.encore.bench.statistics.Uncertain;
import org.encore.bench.statistics.Verdict;
import org.encore.compare.Contrast.Basis;
import org.encore.compare.Contrast.Subject;
import org.encore.compare.Contrast.Word;
import org.encore.experiment.result.Scores;

/**
 * Scores of variants compared: over seeds where there are several, which is what may be said of architectures; over examples where there is one, which is about
 * these two models.
 */
final class Quality {

    private static final long SEED = 1;

    private final Question question;
    private final Examples examples;

    Quality(Question question, Examples examples) {
        this.question = question;
        this.examples = examples;
    }

    /** Every metric on the question's split; places that share all their evaluations are told once. */
    List<Contrast> contrasts(Entrant first, Entrant second, Set<List<Path>> told) throws IOException {
        var contrasts = new ArrayList<Contrast>();
        SortedSet<Long> seeds = common(first, second);
        if (seeds.isEmpty() || !told.add(evaluations(first, second, seeds))) {
            return contrasts;
        }
        for (Map.Entry<String, Scores.Score> metric : metrics(first).entrySet()) {
            contrast(first, second, seeds, metric.getKey(), metric.getValue()).ifPresent(contrasts::add);
        }
        return contrasts;
    }

    private SortedSet<Long> common(Entrant first, Entrant second) {
        var seeds = new TreeSet<>(first.cells().keySet());
        seeds.retainAll(second.cells().keySet());
        seeds.removeIf(seed -> score(first, seed).isEmpty() || score(second, seed).isEmpty());
        return seeds;
    }

    private static List<Path> evaluations(Entrant first, Entrant second, SortedSet<Long> seeds) throws IOException {
        var paths = new ArrayList<Path>();
        for (Long seed : seeds) {
            paths.add(first.cells().get(seed).evaluation());
            paths.add(second.cells().get(seed).evaluation());
        }
        return paths;
    }

    private Map<String, Scores.Score> score(Entrant entrant, long seed) {
        return entrant.cells().get(seed).scores(question.split());
    }

    private Map<String, Scores.Score> metrics(Entrant entrant) {
        return entrant.cells().keySet().stream().map(seed -> score(entrant, seed)).filter(scores -> !scores.isEmpty()).findFirst().orElse(Map.of());
    }

    private Optional<Contrast> contrast(Entrant first, Entrant second, SortedSet<Long> seeds, String metric, Scores.Score sample) throws IOException {
        double[] of = seeds.stream().mapToDouble(seed -> value(first, seed, metric)).toArray();
        double[] against = seeds.stream().mapToDouble(seed -> value(second, seed, metric)).toArray();
        if (java.util.Arrays.stream(of).anyMatch(Double::isNaN) || java.util.Arrays.stream(against).anyMatch(Double::isNaN)) {
            return Optional.empty();
        }
        boolean overSeeds = seeds.size() > 1;
        Uncertain difference = overSeeds ? StudentMean.ofDifferences(of, against) : overExamples(first, second, seeds.first(), metric).orElse(null);
        if (difference == null) {
            return Optional.empty();
        }
        boolean primary = question.asks(first.name(), second.name(), metric) && first.place().isEmpty();
        double margin = question.margin(metric);
        return Optional.of(contrast(first.name(), second.name(), first.place(), metric, sample, of, against, difference, margin, primary && overSeeds));
    }

    /** Of mean scores over several places, seed by seed. */
    Contrast contrast(String first, String second, Map<String, String> place, String metric, Scores.Score sample, double[] of, double[] against,
            Uncertain difference, double margin, boolean tested) {
        Verdict verdict = Verdict.of(difference, margin, sample.lowerIsBetter());
        Basis basis = difference instanceof BcaBootstrap ? Basis.EXAMPLES : Basis.SEEDS;
        var interval = verdict.difference().interval();
        Double low = interval.bounded() ? interval.low() : null;
        Double high = interval.bounded() ? interval.high() : null;
        SignFlipTest test = tested ? SignFlipTest.ofDifferences(of, against, SEED) : null;
        var unsaid = new Contrast(Subject.QUALITY, first, second, place, metric, question.split(), sample.unit(), sample.lowerIsBetter(), mean(of), mean(against),
                difference.value(), low, high, difference.count(), basis, word(verdict), margin, question.asks(first, second, metric) && place.isEmpty(),
                test == null ? null : test.p(), test == null ? null : test.floor(), "");
        return unsaid.saying(Words.quality(unsaid) + (test == null ? "" : Words.test(test)));
    }

    private Optional<Uncertain> overExamples(Entrant first, Entrant second, long seed, String metric) throws IOException {
        Optional<Contributions> of = examples.of(first.cells().get(seed), question.split(), metric);
        Optional<Contributions> against = examples.of(second.cells().get(seed), question.split(), metric);
        if (of.isEmpty() || against.isEmpty()) {
            return Optional.empty();
        }
        return examples.score(metric).map(score -> BcaBootstrap.ofDifference(of.get(), against.get(), score, BcaBootstrap.RESAMPLES, SEED));
    }

    private double value(Entrant entrant, long seed, String metric) {
        Scores.Score score = score(entrant, seed).get(metric);
        return score == null ? Double.NaN : score.value();
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElse(Double.NaN);
    }

    static Word word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Better better -> Word.BETTER;
            case Verdict.Worse worse -> Word.WORSE;
            case Verdict.Equivalent equivalent -> equivalent.differs() ? Word.EQUIVALENT_BUT_DIFFERENT : Word.EQUIVALENT;
            case Verdict.Inconclusive inconclusive -> Word.INCONCLUSIVE;
        };
    }

    /** The mean over all places of two variants, seed by seed: one number for each seed, as a question over several languages asks. */
    List<Contrast> overall(String first, String second, List<Entrant> ofFirst, List<Entrant> ofSecond) throws IOException {
        var seeds = new TreeSet<>(ofFirst.getFirst().cells().keySet());
        ofFirst.forEach(entrant -> seeds.retainAll(entrant.cells().keySet()));
        ofSecond.forEach(entrant -> seeds.retainAll(entrant.cells().keySet()));
        var contrasts = new ArrayList<Contrast>();
        if (seeds.size() < 2 || ofFirst.size() != ofSecond.size()) {
            return contrasts;
        }
        for (Map.Entry<String, Scores.Score> metric : metrics(ofFirst.getFirst()).entrySet()) {
            double[] of = seeds.stream().mapToDouble(seed -> ofFirst.stream().mapToDouble(e -> value(e, seed, metric.getKey())).average().orElse(Double.NaN)).toArray();
            double[] against = seeds.stream().mapToDouble(seed -> ofSecond.stream().mapToDouble(e -> value(e, seed, metric.getKey())).average().orElse(Double.NaN))
                    .toArray();
            if (java.util.Arrays.stream(of).noneMatch(Double::isNaN) && java.util.Arrays.stream(against).noneMatch(Double::isNaN)) {
                contrasts.add(contrast(first, second, Map.of(), metric.getKey(), metric.getValue(), of, against, StudentMean.ofDifferences(of, against),
                        question.margin(metric.getKey()), question.asks(first, second, metric.getKey())));
            }
        }
        return contrasts;
    }

    /** Places that were evaluated apart from each other: an axis that changes only how models are timed makes no new ones. */
    static int places(List<Entrant> entrants) throws IOException {
        var seen = new HashSet<List<Path>>();
        for (Entrant entrant : entrants) {
            var paths = new ArrayList<Path>();
            for (Entrant.Cell cell : entrant.cells().values()) {
                if (java.nio.file.Files.exists(cell.run().folder().result(cell.id(), "evaluate"))) {
                    paths.add(cell.evaluation());
                }
            }
            seen.add(paths);
        }
        return seen.size();
    }
}
