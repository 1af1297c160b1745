package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.api.run.ReportSection;
import org.encore.cost.PartCost;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.CostChart;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;
import org.encore.report.table.Names;

/** Modelled cost, layer by layer. */
public final class CostSection implements ReportSection, Illustrated {

    private static final int ORDER = 600;
    /** Of more models one sees nothing. */
    private static final int MOST = 12;
    private static final String WORDS =
            "Counted from the model graph, not measured: matrix products (a multiplication and an addition are two operations) and parameters and "
            + "caches read, in fp32. Times above are what was measured.";

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        List<Figure> figures = figures(Fragments.read(run));
        return figures.isEmpty() ? "" : section(h2("Cost by layer (modelled)"), p(WORDS), Fragments.figures(figures)).render();
    }

    @Override
    public List<Figure> figures(RunResults results) {
        Map<String, List<PartCost>> models = models(results);
        String lengths = results.plan().stream().flatMap(plan -> plan.models().values().stream())
                .map(model -> model.source() + " tokens read, " + model.target() + " generated")
                .distinct().collect(Collectors.joining("; "));
        return models.isEmpty() ? List.of() : List.of(CostChart.of("cost-operations", models, lengths, CostChart.Quantity.FLOPS),
                CostChart.of("cost-bytes", models, lengths, CostChart.Quantity.BYTES));
    }

    /** Name to parts, of models that differ. */
    private static Map<String, List<PartCost>> models(RunResults results) {
        var models = new LinkedHashMap<String, List<PartCost>>();
        var seen = new HashSet<String>();
        var names = new ArrayList<String>();
        results.plan().ifPresent(plan -> plan.cells().forEach(cell -> {
            RunPlan.OfModel model = plan.models().get(cell.model());
            if (model != null && !model.parts().isEmpty() && seen.add(cell.variant() + "\n" + cell.model()) && models.size() < MOST) {
                names.add(Names.unique(cell.variant(), names));
                models.put(names.getLast(), model.parts());
            }
        }));
        return models;
    }
}
