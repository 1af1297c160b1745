package org.encore.report.section;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.section;

import java.nio.file.Path;
import java.util.List;

import org.encore.api.run.ReportSection;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;

import j2html.tags.DomContent;

/** What was measured on, as it was just before. */
public final class EnvironmentSection implements ReportSection {

    private static final int ORDER = 850;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        return results.benchmarks().isEmpty() ? ""
                : section(h2("Environment of the measurement"), each(results.benchmarks().entrySet(), race ->
                of(SpeedSection.where(race.getKey()), race.getValue()))).render();
    }

    private static DomContent of(String where, BenchmarkSummary race) {
        List<List<String>> rows = race.environment().entrySet().stream().map(fact -> List.of(fact.getKey(), fact.getValue())).toList();
        return Fragments.all(where.isEmpty() ? Fragments.all() : h3(where.strip()), Fragments.table(List.of("of the machine", "value"), rows));
    }
}
