package org.encore.experiment.distil;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.teachers.Answering;
import org.encore.bench.device.EnergyCounters;
import org.encore.distill.cache.AnswerFile;

/** Asks a teacher for its whole output to every training source, part by part: a killed process goes on behind what is safe. */
final class WrittenAnswers {

    private static final int PART = 256;

    private WrittenAnswers() {}

    /** @param stage that asks, for telling how far it is */
    static void of(Answering teacher, String stage, StageContext context) throws IOException {
        List<String> sources = context.data().train().stream().map(pair -> pair.source()).toList();
        AnswerFile.Writer writer = AnswerFile.writer(context.scratch(), teacher.fingerprint(), context.data().digest());
        TeacherEnergy energy = TeacherEnergy.begin(EnergyCounters.here(), context.scratch());
        for (int from = writer.rows(); from < sources.size(); from = writer.rows()) {
            if (context.cancelled()) {
                throw new CancellationException("asking the teacher stopped after " + from + " of " + sources.size() + " sources");
            }
            List<String> part = sources.subList(from, Math.min(sources.size(), from + PART));
            long begun = System.nanoTime();
            List<String> answers = teacher.answer(part);
            writer.append(part, answers, (System.nanoTime() - begun) / 1e9);
            energy.lap();
            context.emit(new Event.Progress("", stage, writer.rows(), sources.size(), "sources"));
        }
        writer.finish(context.output(), teacher.description());
        energy.finish(context.output());
        SpentFile.write(teacher.spent(), context);
    }
}
