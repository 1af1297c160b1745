package org.encore.experiment.data;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;

/** Keeps the tokenizer, made from the training pairs, as {@code tokenizer.json}. */
public final class TokenizerStage implements Stage<TokenizerStage.Options> {

    /** Name of the result's file. */
    public static final String FILE = "tokenizer.json";

    /** No options: which tokenizer it is stands under {@code tokenizer:}. */
    public record Options() {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Scope scope() {
        return Scope.GROUP;
    }

    @Override
    public boolean isolated() {
        return false;
    }

    @Override
    public List<Variant> selects(Options options, List<Variant> group) {
        return List.of();
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public void run(Options options, StageContext context) throws IOException {
        Files.writeString(context.output().resolve(FILE), context.tokenizer().toJson());
        context.emit(new Event.Message("info", String.format(Locale.ROOT, "tokenizer of %,d tokens", context.tokenizer().size())));
    }
}
