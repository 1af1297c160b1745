package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import java.nio.file.Path;

import org.encore.api.run.ReportSection;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.LossChart;

/** Loss curves. */
public final class TrainingSection implements ReportSection {

    private static final int ORDER = 300;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        if (results.curves().isEmpty()) {
            return "";
        }
        return section(h2("Training"), Fragments.chart(LossChart.of("", results.cells(), results.curves(), results.development()),
                "Loss over tokens seen: training thin, development thick")).render();
    }
}
