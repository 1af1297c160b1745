package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import org.encore.api.inference.Decoding.Limits;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.onnx.Serving;
import org.encore.reference.ReferenceBackend;
import org.encore.tasks.decoding.Beam;
import org.encore.tasks.decoding.Greedy;
import org.encore.testing.Case;
import org.encore.testing.GenerationLaws;

/**
 * What however a model is served has to hold.
 *
 * @param greedy outputs of the reference
 * @param beam the same, of a beam of three
 */
record ServingLaws(Case c, List<String> greedy, List<String> beam) {

    private static final Limits LIMITS = new Limits(2, 6);
    private static final int WIDTH = 3;
    private static final int ROOM = 40;
    private static final double TOLERANCE = 1e-4;

    static ServingLaws of(Case c) {
        try (LoadedModel reference = new ReferenceBackend().load(c.model(), c.weights(), new ReferenceBackend.Options());
                Generator generator = generator(c, reference)) {
            return new ServingLaws(c, greedy(c, generator), beam(c, generator));
        }
    }

    /** One generator gives both: the second finds no trace of the first. */
    void tokensAreTheReferences(LoadedModel model, Serving serving) {
        try (Generator generator = generator(c, model)) {
            assertThat(greedy(c, generator)).as("greedy, %s", serving).isEqualTo(greedy);
            assertThat(beam(c, generator)).as("beam, %s", serving).isEqualTo(beam);
        }
    }

    static void logitsAreThoseOfTraining(Case c, LoadedModel model) {
        var laws = new GenerationLaws(c, model, TOLERANCE);
        laws.generationGivesTheTrainLogits();
        laws.rowsGoOnInAnotherOrderAndMoreThanOnce();
        laws.anotherSourceFindsNoTraceOfTheOneBefore();
    }

    private static Generator generator(Case c, LoadedModel model) {
        return model.generator(WIDTH * c.inputs().sources().length, ROOM);
    }

    private static List<String> greedy(Case c, Generator generator) {
        return words(new Greedy().decode(new Greedy.Options(), generator, c.inputs().sources(), LIMITS));
    }

    private static List<String> beam(Case c, Generator generator) {
        return words(new Beam().decode(new Beam.Options(WIDTH, 1), generator, c.inputs().sources(), LIMITS));
    }

    private static List<String> words(List<int[]> outputs) {
        return outputs.stream().map(Arrays::toString).toList();
    }
}
