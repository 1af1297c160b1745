package org.encore.api.run;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;
import org.encore.graph.Model;

/** What a stage finds when it runs. */
public interface StageContext {

    /** Where to write the result; empty at the start. */
    Path output();

    /** Where a slow stage keeps what it resumes from; survives a kill and is deleted after success. */
    Path scratch();

    /** One model for a stage of scope CELL, those of the group for GROUP, none for RUN. */
    List<Variant> variants();

    /** The only variant of a stage of scope CELL. */
    default Variant variant() {
        return variants().getFirst();
    }

    /** The finished result of a stage that this one needs, for one of its models. */
    Path input(String stage, Variant variant);

    /** As {@link #input}, of a stage that the experiment need not have. */
    Optional<Path> found(String stage, Variant variant);

    /** The finished result that a stage of scope GROUP which looks at no model needs, the one that all of its models share; of a stage of scope CELL, its model's. */
    Path input(String stage);

    /** The task's data, loaded once. Not for a stage of scope RUN. */
    TaskData data();

    /** Between text and ids of those data. Not for a stage of scope RUN. */
    Tokenizer tokenizer();

    Registry registry();

    /** The run's folder. Only a stage of scope RUN reads it. */
    Path runFolder();

    /** Threads that numeric work may use. */
    int threads();

    void emit(Event event);

    /** True once the user asked to stop: return soon, by {@link java.util.concurrent.CancellationException}. */
    boolean cancelled();

    /**
     * One model of the matrix.
     *
     * @param cell folder name, such as {@code encdec-seed1}
     * @param name of the variant in the experiment file
     * @param axes where it stands on the matrix's axes, variant and seed left out: axis to value as written
     * @param architecture id
     * @param options of the architecture, all filled in and matched
     * @param seed of initialisation, data order and dropout
     * @param model what the architecture built
     */
    record Variant(String cell, String name, Map<String, String> axes, String architecture, Record options, long seed, Model model) {
        public Variant {
            axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
        }
    }
}
