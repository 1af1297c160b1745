package org.encore.onnx.runtime;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.encore.api.inference.Logits;
import org.encore.api.inference.RowReader;
import org.encore.graph.Model;
import org.encore.graph.Names;

import ai.onnxruntime.OnnxTensor;

/** The teacher-forced program: logits at all target positions of all rows by one call. */
final class OrtRowReader implements RowReader {

    private final Model model;
    private final OrtModel.Part part;

    OrtRowReader(Model model, OrtModel.Part part) {
        this.model = model;
        this.part = part;
    }

    @Override
    public Logits read(int[][] sources, int[][] targets) {
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
        var logits = Ort.floats((long) rows * targetTime * model.vocabularySize());
        var given = new HashMap<String, OnnxTensor>();
        given.put(Names.SOURCE, Ort.tensor(source, rows, sourceTime));
        given.put(Names.SOURCE_LENGTHS, Ort.tensor(sourceLengths, rows));
        given.put(Names.TARGET, Ort.tensor(target, rows, targetTime));
        given.put(Names.TARGET_LENGTHS, Ort.tensor(targetLengths, rows));
        OnnxTensor result = Ort.tensor(logits, rows, targetTime, model.vocabularySize());
        var inputs = new HashMap<>(given);
        inputs.keySet().retainAll(part.compiled().inputs());
        try {
            Ort.call("read whole rows", () -> {
                part.session().run(inputs, Set.of(), Map.of(Names.LOGITS, result)).close();
                return null;
            });
        } finally {
            result.close();
            given.values().forEach(OnnxTensor::close);
        }
        return new Logits(rows * targetTime, model.vocabularySize(), logits);
    }

    @Override
    public void close() {
        Ort.call("close", () -> {
            part.session().close();
            return null;
        });
    }
}
