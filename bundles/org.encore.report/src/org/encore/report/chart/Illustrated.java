package org.encore.report.chart;

import java.util.List;

import org.encore.experiment.result.RunResults;

/** A section of the report that has charts. They stand in the page, and lie beside it as files in {@code report/charts}: SVG, PNG and CSV. */
public interface Illustrated {

    /**
     * Its charts; those that share a name overwrite each other.
     *
     * @param results of the run
     */
    List<Figure> figures(RunResults results);
}
