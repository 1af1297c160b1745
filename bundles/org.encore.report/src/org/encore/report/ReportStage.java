package org.encore.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.run.Event;
import org.encore.api.run.ReportSection;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.RunFolder;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;

/**
 * Writes {@code report.html}, {@code results.csv}, {@code curves.csv}, and every chart below {@code charts}; the page also lies in the run's folder.
 */
public final class ReportStage implements Stage<ReportStage.Options> {

    /** Everything that was found is shown. */
    public record Options() {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Scope scope() {
        return Scope.RUN;
    }

    @Override
    public boolean isolated() {
        return false;
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public void run(Options options, StageContext context) throws IOException {
        Path run = context.runFolder();
        RunResults results = RunResults.read(run);
        Path page = context.output().resolve(RunFolder.REPORT);
        List<ReportSection> sections = context.registry().all(ExtensionPoint.REPORT_SECTIONS);
        Files.writeString(page, Page.of(run, results, sections));
        Files.write(context.output().resolve("results.csv"), ResultFiles.results(results));
        Files.write(context.output().resolve("curves.csv"), ResultFiles.curves(results));
        Path charts = Files.createDirectories(context.output().resolve("charts"));
        for (ReportSection section : sections) {
            if (section instanceof Illustrated illustrated) {
                charts(illustrated, results, charts, context);
            }
        }
        Files.copy(page, run.resolve(RunFolder.REPORT), StandardCopyOption.REPLACE_EXISTING);
    }

    /** A chart that cannot be drawn, on a machine without fonts or by a section of a plug-in that fails, must not take the report with it. */
    private static void charts(Illustrated section, RunResults results, Path charts, StageContext context) throws IOException {
        try {
            for (Figure figure : section.figures(results)) {
                figure.write(charts);
            }
        } catch (RuntimeException | LinkageError | InternalError e) {
            context.emit(new Event.Message("warning", "charts of " + section.getClass().getSimpleName() + " could not be written: " + e));
        }
    }
}
