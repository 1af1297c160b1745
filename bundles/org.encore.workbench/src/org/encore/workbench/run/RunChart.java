package org.encore.workbench.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.encore.api.run.Event;
import org.encore.report.table.Names;
import org.encore.report.table.Place;
import org.encore.report.table.Row;
import org.encore.workbench.chart.ChartPart;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.ShellLine;
import org.jspecify.annotations.Nullable;

/** A chart of the chosen run. */
abstract class RunChart extends ChartPart<Snapshot> implements Commanded {

    private final Consumer<Snapshot> listener = this::take;
    private volatile @Nullable Snapshot last;

    @Override
    protected void begin() {
        ChosenRun.of(getSite().getPage()).add(listener);
    }

    private void take(Snapshot snapshot) {
        last = snapshot;
        show(snapshot);
    }

    @Override
    protected List<String> series(Snapshot run) {
        return Row.of(run.cells()).stream().map(Row::name).toList();
    }

    @Override
    protected String description(Snapshot run) {
        return run.description();
    }

    /** Everything but what is hidden, as one place: all models of the run share a chart. */
    static Place place(Snapshot run, Set<String> without) {
        return new Place("", "", Row.of(run.cells()).stream().filter(row -> !without.contains(row.name())).toList());
    }

    static Names names(Snapshot run) {
        return Names.of(run.cells());
    }

    static List<Event.Cell> cells(Place place) {
        return place.rows().stream().flatMap(row -> row.cells().stream()).toList();
    }

    @Override
    public Optional<ShellLine> command() {
        return Optional.ofNullable(last).map(snapshot -> ShellLine.of("show", snapshot.run()));
    }

    @Override
    public void dispose() {
        ChosenRun.of(getSite().getPage()).remove(listener);
        super.dispose();
    }
}
