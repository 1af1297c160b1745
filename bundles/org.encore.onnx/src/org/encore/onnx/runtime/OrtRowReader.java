package org.encore.onnx.runtime;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.encore.api.inference.HiddenStates;
import org.encore.api.inference.Logits;
import org.encore.api.inference.RowReader;
import org.encore.graph.Model;
import org.encore.graph.Names;

import ai.onnxruntime.OnnxTensor;

/** The teacher-forced program: one of its outputs at all target positions of all rows by one call. */
final class OrtRowReader implements AutoCloseable {

    private final Model model;
    private final OrtModel.Part part;
    private final String output;
    private final int width;

    /** @param output name of an output (B, T, width) of the part */
    OrtRowReader(Model model, OrtModel.Part part, String output, int width) {
        this.model = model;
        this.part = part;
        this.output = output;
        this.width = width;
    }

    /** As scores. */
    static RowReader ofLogits(Model model, OrtModel.Part part) {
        var reader = new OrtRowReader(model, part, Names.LOGITS, model.vocabularySize());
        return new RowReader() {
            @Override
            public Logits read(int[][] sources, int[][] targets) {
                FloatBuffer logits = reader.read(sources, targets);
                return new Logits(logits.limit() / model.vocabularySize(), model.vocabularySize(), logits);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    /** As hidden states. @param width of all of them together */
    static HiddenStates.Reader ofStates(Model model, OrtModel.Part part, int width) {
        var reader = new OrtRowReader(model, part, Names.STATES, width);
        return new HiddenStates.Reader() {
            @Override
            public FloatBuffer read(int[][] sources, int[][] targets) {
                return reader.read(sources, targets);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    private FloatBuffer read(int[][] sources, int[][] targets) {
        if (sources.length != targets.length) {
            throw new IllegalArgumentException(sources.length + " sources and " + targets.length + " targets: give one of each for every row");
        }
        if (model.opening() != Model.Opening.SOURCE_AND_START_TOKEN && Arrays.stream(sources).anyMatch(source -> source.length == 0)) {
            throw new IllegalArgumentException("a source is empty, and " + model.architecture() + " has nothing to attend to; give at least one token");
        }
        int rows = sources.length;
        int sourceTime = Math.max(1, Arrays.stream(sources).mapToInt(source -> source.length).max().orElse(1));
        int targetTime = 1 + Arrays.stream(targets).mapToInt(target -> target.length).max().orElse(0);
        LongBuffer source = Ort.longs((long) rows * sourceTime);
        LongBuffer target = Ort.longs((long) rows * targetTime);
        LongBuffer sourceLengths = Ort.longs(rows);
        LongBuffer targetLengths = Ort.longs(rows);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < sources[row].length; i++) {
                source.put(row * sourceTime + i, sources[row][i]);
            }
            target.put(row * targetTime, model.startToken());
            for (int i = 0; i < targets[row].length; i++) {
                target.put(row * targetTime + 1 + i, targets[row][i]);
            }
            sourceLengths.put(row, sources[row].length);
            targetLengths.put(row, targets[row].length + 1);
        }
        FloatBuffer numbers = Ort.floats((long) rows * targetTime * width);
        var given = new HashMap<String, OnnxTensor>();
        given.put(Names.SOURCE, Ort.tensor(source, rows, sourceTime));
        given.put(Names.SOURCE_LENGTHS, Ort.tensor(sourceLengths, rows));
        given.put(Names.TARGET, Ort.tensor(target, rows, targetTime));
        given.put(Names.TARGET_LENGTHS, Ort.tensor(targetLengths, rows));
        OnnxTensor result = Ort.tensor(numbers, rows, targetTime, width);
        var inputs = new HashMap<>(given);
        inputs.keySet().retainAll(part.compiled().inputs());
        try {
            Ort.call("read whole rows", () -> {
                part.session().run(inputs, Set.of(), Map.of(output, result)).close();
                return null;
            });
        } finally {
            result.close();
            given.values().forEach(OnnxTensor::close);
        }
        return numbers;
    }

    @Override
    public void close() {
        Ort.call("close", () -> {
            part.session().close();
            return null;
        });
    }
}
