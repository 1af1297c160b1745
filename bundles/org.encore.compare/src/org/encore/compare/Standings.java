package org.encore.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.bench.statistics.BcaBootstrap;
import org.encore.bench.statistics.Contributions;
import org.encore.bench.statistics.Interval;
import org.encore.bench.statistics.MeanScore;
import org.encore.experiment.result.Scores;

/** Scores of variants by themselves, with intervals, on everything that nothing was chosen by. */
final class Standings {

    private static final String DEVELOPMENT = "development";
    private static final long SEED = 1;

    private final Examples examples;
    private final Map<List<Object>, Optional<Interval>> known = new HashMap<>();

    Standings(Examples examples) {
        this.examples = examples;
    }

    /** Of each entrant on each split by each metric. */
    List<Standing> of(List<Entrant> entrants) throws IOException {
        var standings = new ArrayList<Standing>();
        for (Entrant entrant : entrants) {
            for (String split : splits(entrant)) {
                for (Map.Entry<String, List<Scores.Score>> metric : scores(entrant, split).entrySet()) {
                    standings.add(of(entrant, split, metric.getKey(), metric.getValue()));
                }
            }
        }
        return standings;
    }

    private Standing of(Entrant entrant, String split, String metric, List<Scores.Score> scores) throws IOException {
        double mean = scores.stream().mapToDouble(Scores.Score::value).average().orElse(Double.NaN);
        Scores.Score first = scores.getFirst();
        Optional<Interval> interval = interval(entrant, split, metric).filter(Interval::bounded);
        return new Standing(entrant.name(), entrant.place(), split, metric, first.unit(), mean, interval.map(Interval::low).orElse(null),
                interval.map(Interval::high).orElse(null), scores.size(), first.examples());
    }

    /** Places that share their evaluations are computed once. */
    private Optional<Interval> interval(Entrant entrant, String split, String metric) throws IOException {
        var key = new ArrayList<Object>(List.of(split, metric));
        var contributions = new ArrayList<Contributions>();
        for (Entrant.Cell cell : entrant.cells().values()) {
            if (cell.scores(split).containsKey(metric)) {
                key.add(cell.evaluation());
                examples.of(cell, split, metric).ifPresent(contributions::add);
            }
        }
        if (!known.containsKey(key)) {
            known.put(key, contributions.size() != key.size() - 2 ? Optional.empty() : examples.score(metric).map(score -> contributions.size() == 1
                    ? BcaBootstrap.ofScore(contributions.getFirst(), score, BcaBootstrap.RESAMPLES, SEED).estimate().interval()
                    : MeanScore.of(contributions, score).estimate().interval()));
        }
        return known.get(key);
    }

    private static List<String> splits(Entrant entrant) {
        return entrant.cells().values().stream().flatMap(cell -> cell.splits().stream()).filter(split -> !split.equals(DEVELOPMENT)).distinct().toList();
    }

    private static Map<String, List<Scores.Score>> scores(Entrant entrant, String split) {
        var byMetric = new LinkedHashMap<String, List<Scores.Score>>();
        entrant.cells().values().forEach(cell -> cell.scores(split).forEach((metric, score) -> byMetric.computeIfAbsent(metric, m -> new ArrayList<>()).add(score)));
        return byMetric;
    }
}
