package org.encore.experiment.distil;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.teachers.Answering;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.TeacherSession;
import org.encore.api.training.Guidance;
import org.encore.bench.device.EnergyCounters;
import org.encore.distill.ChosenTeacher;
import org.encore.distill.cache.CacheHeader.Identity;
import org.encore.distill.cache.CacheWriter;
import org.encore.experiment.store.Digests;

/**
 * Asks the teacher about everything that students will learn from, once. Leaves {@code teacher.json} and what was said: {@code teacher.topk} of
 * distributions, {@code answers.jsonl} of whole outputs. A killed one goes on behind what is safe.
 */
public final class TeacherCacheStage implements Stage<TeacherCacheOptions> {

    /** Rows between two points from which a killed process goes on. */
    private static final int PART = 1024;
    /** For estimates of time before anything ran: operations for a token, as if the teacher had five million parameters. */
    private static final double USUAL_WORK = 1e7;

    @Override
    public Class<TeacherCacheOptions> optionsType() {
        return TeacherCacheOptions.class;
    }

    @Override
    public Scope scope() {
        return Scope.GROUP;
    }

    @Override
    public List<Variant> selects(TeacherCacheOptions options, List<Variant> group) {
        return List.of();
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public List<String> needs(TeacherCacheOptions options) {
        return ChosenTeacher.of(options.teacher()).needs();
    }

    @Override
    public List<String> keyParts(TeacherCacheOptions options, StageContext context) {
        return ChosenTeacher.of(options.teacher()).keyParts(context);
    }

    @Override
    public double work(TeacherCacheOptions options, StageContext context) {
        return USUAL_WORK * TaughtRows.of(context).rows().stream().mapToLong(TeacherCacheStage::tokens).sum();
    }

    private static long tokens(Scoring.Row row) {
        return row.source().length + row.positions();
    }

    @Override
    public void run(TeacherCacheOptions options, StageContext context) throws IOException {
        try (TeacherSession session = ChosenTeacher.of(options.teacher()).open(context)) {
            context.emit(new Event.Message("info", "teacher: " + session.description()));
            switch (session) {
                case Scoring scoring -> {
                    score(scoring, options, context);
                    SpentFile.write(scoring.spent(), context);
                }
                case Answering answering -> WrittenAnswers.of(answering, "teacher-cache", context);
            }
        }
    }

    private static void score(Scoring teacher, TeacherCacheOptions options, StageContext context) throws IOException {
        boolean spans = teacher.tokenizer().isPresent();
        if (spans) {
            context.emit(new Event.Message("info", "it reads with a tokenizer of its own, so it says what it thinks of spans of text: objectives such as span-uld learn from that"));
        }
        if (!spans && teacher.vocabulary() != context.tokenizer().size()) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s has a vocabulary of %,d tokens, the students one of %,d",
                    teacher.description(), teacher.vocabulary(), context.tokenizer().size()));
        }
        // of ranks that one of both lacks, the other's mass is in its tail
        int k = Math.min(options.k(), Math.min(teacher.vocabulary(), context.tokenizer().size()));
        var identity = new Identity(teacher.fingerprint(), Digests.sha256(context.tokenizer().toJson()), context.data().digest(), teacher.vocabulary(), k,
                options.temperature(), spans);
        List<Scoring.Row> rows = TaughtRows.of(context).rows();
        TeacherEnergy energy = TeacherEnergy.begin(EnergyCounters.here(), context.scratch());
        try (CacheWriter writer = CacheWriter.open(context.scratch(), identity)) {
            for (int from = writer.rows(); from < rows.size(); from = writer.rows()) {
                if (context.cancelled()) {
                    throw new CancellationException("asking the teacher stopped after " + from + " of " + rows.size() + " rows");
                }
                List<Scoring.Row> part = rows.subList(from, Math.min(rows.size(), from + PART));
                long begun = System.nanoTime();
                List<Guidance.Top> said = teacher.score(part, k, options.temperature());
                writer.append(said, (System.nanoTime() - begun) / 1e9, part.stream().mapToLong(TeacherCacheStage::tokens).sum());
                energy.lap();
                context.emit(new Event.Progress("", "teacher-cache", writer.rows(), rows.size(), "rows"));
            }
            var header = writer.finish(context.output(), teacher.description());
            energy.finish(context.output());
            if (spans) {
                SpansFile.of(teacher.tokenizer().get(), context).write(context.output());
            }
            context.emit(new Event.Message("info", String.format(Locale.ROOT, "teacher's cache: %,d positions of %d bytes, %.1f s of the teacher",
                    header.positions(), identity.bytesPerPosition(), header.seconds())));
        }
    }
}
