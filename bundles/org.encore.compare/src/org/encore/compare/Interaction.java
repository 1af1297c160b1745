package org.encore.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.encore.bench.statistics.SignFlipTest;
import org.encore.bench.statistics.StudentMean;
import org.encore.bench.statistics.Verdict;
import org.encore.compare.Contrast.Basis;
import org.encore.compare.Contrast.Subject;
import org.encore.experiment.result.Scores;

/**
 * How much more two variants differ than two others: the interaction of a two by two. Each seed gives one number, the difference of the two differences, so whatever
 * the four share at a seed falls out; over seeds it is a mean like any other. Over several places of other axes it is that of the means over places.
 */
final class Interaction {

    private static final long SEED = 1;

    private final Question question;

    Interaction(Question question) {
        this.question = question;
    }

    /** By every metric on the question's split; none if the question asks for none, or if one of the four has no score. */
    List<Contrast> contrasts(Map<String, List<Entrant>> byName) {
        var contrasts = new ArrayList<Contrast>();
        List<String> names = Stream.concat(Stream.of(question.first(), question.second()), question.against().stream()).toList();
        if (question.against().isEmpty() || !byName.keySet().containsAll(names)) {
            return contrasts;
        }
        List<List<Entrant>> four = names.stream().map(byName::get).toList();
        var seeds = new TreeSet<>(four.getFirst().getFirst().cells().keySet());
        four.forEach(entrants -> entrants.forEach(entrant -> seeds.removeIf(seed -> !entrant.cells().containsKey(seed)
                || entrant.cells().get(seed).scores(question.split()).isEmpty())));
        if (seeds.isEmpty() || four.stream().map(List::size).distinct().count() > 1) {
            return contrasts;
        }
        metrics(four.getFirst().getFirst(), seeds.first()).forEach((metric, sample) -> {
            List<double[]> scores = four.stream().map(entrants -> seeds.stream().mapToDouble(seed -> mean(entrants, seed, metric)).toArray()).toList();
            if (scores.stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
                contrasts.add(contrast(metric, sample, scores));
            }
        });
        return contrasts;
    }

    private Map<String, Scores.Score> metrics(Entrant entrant, long seed) {
        return new LinkedHashMap<>(entrant.cells().get(seed).scores(question.split()));
    }

    private double mean(List<Entrant> places, long seed, String metric) {
        return places.stream().map(entrant -> entrant.cells().get(seed).scores(question.split()).get(metric))
                .mapToDouble(score -> score == null ? Double.NaN : score.value()).average().orElse(Double.NaN);
    }

    private Contrast contrast(String metric, Scores.Score sample, List<double[]> scores) {
        double[] gained = minus(scores.get(0), scores.get(1));
        double[] others = minus(scores.get(2), scores.get(3));
        StudentMean difference = StudentMean.ofInteraction(scores.get(0), scores.get(1), scores.get(2), scores.get(3));
        Verdict verdict = Verdict.of(difference, question.margin(metric), sample.lowerIsBetter());
        var interval = verdict.difference().interval();
        boolean primary = question.asksInteraction(metric);
        SignFlipTest test = primary && gained.length > 1 ? SignFlipTest.ofDifferences(gained, others, SEED) : null;
        var unsaid = new Contrast(Subject.INTERACTION, named(question.first(), question.second()), named(question.against().get(0), question.against().get(1)), Map.of(),
                metric, question.split(), sample.unit(), sample.lowerIsBetter(), Arrays.stream(gained).average().orElseThrow(),
                Arrays.stream(others).average().orElseThrow(), difference.value(), interval.bounded() ? interval.low() : null,
                interval.bounded() ? interval.high() : null, gained.length, Basis.SEEDS, Quality.word(verdict), question.margin(metric), primary,
                test == null ? null : test.p(), test == null ? null : test.floor(), "");
        return unsaid.saying(Words.interaction(unsaid, question) + (test == null ? "" : Words.test(test)));
    }

    private static String named(String one, String other) {
        return "(" + one + " − " + other + ")";
    }

    private static double[] minus(double[] a, double[] b) {
        var difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }
}
