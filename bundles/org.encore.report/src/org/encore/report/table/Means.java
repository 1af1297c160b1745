package org.encore.report.table;

import java.util.List;
import java.util.Optional;

import org.encore.api.run.Event;
import org.encore.compare.Comparison;
import org.encore.compare.Standing;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;

/**
 * Mean scores of a run's rows, with the intervals that its comparison has found; without a comparison, and on the development set, there are none.
 */
public final class Means {

    private final RunResults results;
    private final List<Standing> standings;

    /**
     * Of a run.
     *
     * @param comparison empty before the run has come to that
     */
    public Means(RunResults results, Optional<Comparison> comparison) {
        this.results = results;
        this.standings = comparison.map(Comparison::standings).orElse(List.of());
    }

    /** Of a row; empty if none of its models has that score. */
    public Optional<Mean> of(Row row, String split, String metric) {
        List<Scores.Score> scores = row.scores(results, split, metric);
        if (scores.isEmpty()) {
            return Optional.empty();
        }
        Scores.Score first = scores.getFirst();
        double mean = scores.stream().mapToDouble(Scores.Score::value).average().orElse(Double.NaN);
        Optional<Standing> standing = standings.stream().filter(s -> s.split().equals(split) && s.metric().equals(metric)
                && of(s, row.cells().getFirst())).findFirst();
        return Optional.of(new Mean(mean, standing.map(Standing::low).orElse(null), standing.map(Standing::high).orElse(null), scores.size(),
                first.unit(), first.lowerIsBetter()));
    }

    /** Beside other runs a variant's name may begin with that of its run. */
    private boolean of(Standing standing, Event.Cell cell) {
        return standing.place().equals(cell.axes())
                && (standing.variant().equals(cell.variant()) || standing.variant().equals(results.folder().name() + "/" + cell.variant()));
    }

    /** Whether any score of a column has an interval. */
    boolean bounded(List<Row> rows, String split, String metric) {
        return rows.stream().anyMatch(row -> of(row, split, metric).filter(Mean::bounded).isPresent());
    }
}
