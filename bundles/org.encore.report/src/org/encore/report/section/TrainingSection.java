package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

import org.encore.api.run.ReportSection;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.LossChart;
import org.encore.report.table.Names;

/** Loss curves. */
public final class TrainingSection implements ReportSection {

    private static final int ORDER = 400;

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
        var names = Names.of(results.cells());
        String ends = results.development().entrySet().stream().filter(curve -> !curve.getValue().isEmpty())
                .map(curve -> String.format(Locale.ROOT, "%s ends at %.3f", names.of(curve.getKey()), curve.getValue().getLast().loss()))
                .collect(Collectors.joining("; "));
        String caption = "Loss over tokens seen: training thin, held-out data thick";
        return section(h2("Training"),
                Fragments.chart(LossChart.of("", results.cells(), results.curves(), results.development()), Fragments.TALL, caption,
                caption + ". " + ends)).render();
    }
}
