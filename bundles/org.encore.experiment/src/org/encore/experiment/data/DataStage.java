package org.encore.experiment.data;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.task.TaskData;

import com.google.gson.GsonBuilder;

/** Loads the task's data once and records what they are: {@code data.json} with counts and digest. */
public final class DataStage implements Stage<DataStage.Options> {

    /** No options: the task has its own. */
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
        TaskData data = context.data();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("description", data.description());
        facts.put("sha256", data.digest());
        facts.put("trainingPairs", data.train().size());
        var heldOut = new LinkedHashMap<String, Integer>();
        data.heldOut().forEach((split, examples) -> heldOut.put(split, examples.size()));
        facts.put("heldOutExamples", heldOut);
        facts.put("metrics", data.metrics());
        Files.writeString(context.output().resolve("data.json"), new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(facts));
        context.emit(new Event.Message("info", data.description()));
    }
}
