package org.encore.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.RunFolder;

/** Writes {@code report.html}, {@code results.csv} and {@code curves.csv}; the page also lies in the run's folder. */
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
        Files.writeString(page, Page.of(run, results, context.registry().all(ExtensionPoint.REPORT_SECTIONS)));
        Files.write(context.output().resolve("results.csv"), Csv.results(results));
        Files.write(context.output().resolve("curves.csv"), Csv.curves(results));
        Files.copy(page, run.resolve(RunFolder.REPORT), StandardCopyOption.REPLACE_EXISTING);
    }
}
