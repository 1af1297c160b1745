package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.option.Choice;
import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.teachers.Scoring;
import org.encore.api.training.Guidance;
import org.encore.api.weights.Weights;
import org.encore.distill.ModelScores;
import org.encore.distill.cache.CacheFile;
import org.encore.experiment.result.CurveFiles;

/** Compares a student with its teacher at every look at the development set, on a few of its examples. Looks are kept over a kill. */
final class Watch {

    private static final int ROWS = 64;

    private final StageContext context;
    private final Choice<Backend<?>> backend;
    private final CacheFile cache;
    private final int[] inCache;
    private final List<Scoring.Row> rows;
    private final Consumer<Event> events;

    /** @param examples of the development set, the first ones */
    Watch(StageContext context, Choice<Backend<?>> backend, CacheFile cache, TaughtRows taught, int examples, Consumer<Event> events) {
        this.context = context;
        this.backend = backend;
        this.cache = cache;
        this.inCache = IntStream.range(0, Math.min(examples, context.data().development().size())).map(taught::development).toArray();
        this.rows = IntStream.of(inCache).mapToObj(taught.rows()::get).toList();
        this.events = events;
    }

    void look(long step, long tokens, Supplier<Weights> student) throws IOException {
        String cell = context.variant().cell();
        int vocabulary = context.tokenizer().size();
        double temperature = cache.header().identity().temperature();
        var sum = new Agreement.Sum();
        try (var model = new ModelScores(cell, "", ChosenBackend.of(backend).sharing().load(context.variant().model(), student.get()), vocabulary, ROWS)) {
            List<Guidance.Top> said = model.score(rows, vocabulary, temperature);
            for (int i = 0; i < inCache.length; i++) {
                sum.add(cache.read(new int[] {inCache[i]}, rows.get(i).positions()), said.get(i), vocabulary);
            }
        }
        Agreement now = sum.mean();
        var look = new Event.TrainAgreement(cell, step, tokens, now.sameToken(), now.teacherEntropy(), now.studentEntropy(), now.forwardKl());
        var looks = new ArrayList<>(CurveFiles.agreement(context.scratch(), cell).stream().filter(before -> before.step() < step).toList());
        looks.add(look);
        CurveFiles.writeAgreement(context.scratch(), looks);
        events.accept(look);
    }

    /** Copies what was seen to the result. */
    void publish() throws IOException {
        Path seen = context.scratch().resolve(CurveFiles.AGREEMENT);
        if (Files.exists(seen)) {
            Files.copy(seen, context.output().resolve(CurveFiles.AGREEMENT));
        }
    }
}
