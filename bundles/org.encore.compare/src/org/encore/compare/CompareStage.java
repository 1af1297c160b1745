package org.encore.compare;

import java.io.IOException;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.experiment.result.RunResults;

/** Compares the variants of the run. Leaves {@code comparison.json} and {@code contrasts.csv}. */
public final class CompareStage implements Stage<CompareStage.Options> {

    /** As which it is contributed. */
    static final String ID = "compare";

    /** What is asked stands under {@code primary:}. */
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
        Comparison comparison = Comparison.of(RunResults.read(context.runFolder()), context.registry());
        ComparisonFile.write(context.output(), comparison);
        comparison.answer().ifPresent(answer -> context.emit(new Event.Message("info", answer.words())));
    }
}
