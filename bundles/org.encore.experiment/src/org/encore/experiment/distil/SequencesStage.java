package org.encore.experiment.distil;

import java.io.IOException;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.teachers.Answering;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.TeacherSession;
import org.encore.distill.ChosenTeacher;
import org.encore.distill.DecodedAnswers;

/**
 * Lets a teacher write its own output to every training source, once: what {@code distil: {targets: sequences}} learns from (sequence-level distillation,
 * Kim and Rush 2016). Leaves {@code answers.jsonl}.
 */
public final class SequencesStage implements Stage<SequencesOptions> {

    static final String ID = "sequences";
    /** For estimates of time before anything ran: operations for a token, as if the teacher had five million parameters. */
    private static final double USUAL_WORK = 1e7;
    private static final int USUAL_TOKENS = 40;

    @Override
    public Class<SequencesOptions> optionsType() {
        return SequencesOptions.class;
    }

    @Override
    public Scope scope() {
        return Scope.GROUP;
    }

    @Override
    public List<Variant> selects(SequencesOptions options, List<Variant> group) {
        return List.of();
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public List<String> needs(SequencesOptions options) {
        return ChosenTeacher.of(options.teacher()).needs();
    }

    @Override
    public void check(SequencesOptions options) {
        TeacherFit.check(options);
    }

    @Override
    public List<String> keyParts(SequencesOptions options, StageContext context) {
        return ChosenTeacher.of(options.teacher()).keyParts(context);
    }

    @Override
    public double work(SequencesOptions options, StageContext context) {
        return USUAL_WORK * USUAL_TOKENS * context.data().train().size();
    }

    @Override
    public void run(SequencesOptions options, StageContext context) throws IOException {
        try (TeacherSession session = ChosenTeacher.of(options.teacher()).open(context)) {
            context.emit(new Event.Message("info", "teacher: " + session.description()));
            WrittenAnswers.of(switch (session) {
                case Scoring scoring -> new DecodedAnswers(scoring, options.decoding(), context.tokenizer(), options.maxTokens(), options.sources());
                case Answering answering -> answering;
            }, ID, context);
        }
    }
}
