package org.encore.onnx.foreign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.onnx.runtime.Ort;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;

/**
 * A model that Encore has exported, of {@code prefill.onnx}, {@code step.onnx} and {@code model.json} beside them: what a call gives as {@code present.X} goes
 * into the next step as {@code past.X}, whatever the architecture.
 */
public final class ExportedModel implements LoadedModel {

    /** What says that a folder is one. */
    public static final String FILE = "model.json";
    private static final String PAST = "past.";
    private static final String PRESENT = "present.";
    private static final String LOGITS = "logits";

    private final OrtSession prefill;
    private final OrtSession step;
    private final int vocabulary;
    private final long weightBytes;

    private ExportedModel(OrtSession prefill, OrtSession step, int vocabulary, long weightBytes) {
        this.prefill = prefill;
        this.step = step;
        this.vocabulary = vocabulary;
        this.weightBytes = weightBytes;
    }

    /**
     * Opens a folder.
     *
     * @throws IllegalArgumentException if it is not whole; the message names what is missing
     */
    public static ExportedModel open(Path folder, int threads) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(folder + " is no exported model: there is no " + FILE + ". Name the folder that has prefill.onnx and step.onnx in it.");
        }
        try {
            JsonObject facts = new Gson().fromJson(Files.readString(file), JsonObject.class);
            int vocabulary = facts.get("vocabularySize").getAsInt();
            Path prefill = folder.resolve(facts.getAsJsonObject("prefill").get("file").getAsString());
            Path step = folder.resolve(facts.getAsJsonObject("step").get("file").getAsString());
            Path weights = folder.resolve("weights.bin");
            for (Path needed : new Path[] {prefill, step, weights}) {
                if (!Files.exists(needed)) {
                    throw new IllegalArgumentException(folder + " is not whole: there is no " + needed.getFileName() + ". Export the model again.");
                }
            }
            long bytes = Files.size(weights);
            OrtSession first = Ort.ofFile(prefill, threads);
            try {
                return new ExportedModel(first, Ort.ofFile(step, threads), vocabulary, bytes);
            } catch (RuntimeException e) {
                Ort.call("close", () -> {
                    first.close();
                    return null;
                });
                throw e;
            }
        } catch (JsonParseException | NullPointerException | ClassCastException | IllegalStateException | NumberFormatException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(file + " is damaged: " + e.getMessage() + ". Export the model again.", e);
        }
    }

    /** State of all rows, one part of it. */
    private record State(OnnxJavaType type, long[] shape, ByteBuffer values) {

        static State of(OnnxTensor tensor) {
            ByteBuffer values = tensor.getByteBuffer();
            return new State(tensor.getInfo().type, tensor.getInfo().getShape(),
                    ByteBuffer.allocateDirect(values.remaining()).order(ByteOrder.nativeOrder()).put(values).flip());
        }

        State select(int[] rows) {
            int bytes = (int) (values.limit() / shape[0]);
            ByteBuffer chosen = ByteBuffer.allocateDirect(bytes * rows.length).order(ByteOrder.nativeOrder());
            for (int row = 0; row < rows.length; row++) {
                chosen.put(row * bytes, values, rows[row] * bytes, bytes);
            }
            long[] other = shape.clone();
            other[0] = rows.length;
            return new State(type, other, chosen);
        }

        OnnxTensor tensor() {
            return Ort.call("give a state", () -> OnnxTensor.createTensor(Ort.environment(), values.duplicate().order(ByteOrder.nativeOrder()), shape, type));
        }
    }

    @Override
    public Generator generator(int most, int tokens) {
        return new Running(most);
    }

    private final class Running implements Generator {

        private final int most;
        private int rows;
        private final Map<String, State> states = new HashMap<>();

        Running(int most) {
            this.most = most;
        }

        @Override
        public Logits start(int[][] sources) {
            if (sources.length < 1 || sources.length > most) {
                throw new IllegalArgumentException(sources.length + " rows, but this generator has room for 1 to " + most);
            }
            int time = Arrays.stream(sources).mapToInt(source -> source.length).max().orElse(1);
            long[] source = new long[sources.length * time];
            for (int row = 0; row < sources.length; row++) {
                for (int i = 0; i < sources[row].length; i++) {
                    source[row * time + i] = sources[row][i];
                }
            }
            rows = sources.length;
            states.clear();
            State lengths = longs(Arrays.stream(sources).mapToLong(one -> one.length).toArray(), rows);
            Map<String, State> given = new HashMap<>();
            given.put("source", longs(source, rows, time));
            given.put("sourceLengths", lengths);
            Logits logits = call(prefill, given);
            states.put("sourceLengths", lengths);
            return logits;
        }

        @Override
        public Logits next(int[] tokens) {
            if (tokens.length != rows) {
                throw new IllegalArgumentException(tokens.length + " tokens for " + rows + " rows");
            }
            Map<String, State> given = new HashMap<>(states);
            given.put("tokens", longs(Arrays.stream(tokens).asLongStream().toArray(), rows, 1));
            given.put("tokenLengths", longs(Arrays.stream(tokens).mapToLong(token -> 1).toArray(), rows));
            return call(step, given);
        }

        private Logits call(OrtSession session, Map<String, State> all) {
            var given = new HashMap<String, OnnxTensor>();
            try {
                session.getInputNames().forEach(name -> given.put(name, all.get(name).tensor()));
                return Ort.call("read rows", () -> {
                    try (var result = session.run(given)) {
                        for (var output : result) {
                            String name = output.getKey();
                            if (!name.equals(LOGITS)) {
                                states.put(name.startsWith(PRESENT) ? PAST + name.substring(PRESENT.length()) : name, State.of((OnnxTensor) output.getValue()));
                            }
                        }
                        FloatBuffer logits = ((OnnxTensor) result.get(LOGITS).orElseThrow()).getFloatBuffer();
                        return new Logits(rows, vocabulary, FloatBuffer.allocate(rows * vocabulary).put(0, logits, 0, rows * vocabulary));
                    }
                });
            } finally {
                given.values().forEach(OnnxTensor::close);
            }
        }

        private static State longs(long[] values, long... shape) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
            LongBuffer longs = bytes.asLongBuffer();
            longs.put(values);
            return new State(OnnxJavaType.INT64, shape, bytes);
        }

        @Override
        public void select(int[] chosen) {
            states.replaceAll((name, state) -> state.select(chosen));
            rows = chosen.length;
        }

        @Override
        public void rewind(int tokens) {
            throw new UnsupportedOperationException("an exported model's caches cannot be taken back");
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public void close() {
            states.clear();
        }
    }

    @Override
    public long weightBytes() {
        return weightBytes;
    }

    /** Not known before it runs. */
    @Override
    public long stateBytes(int rows, int tokens) {
        return 0;
    }

    @Override
    public void close() {
        Ort.call("close", () -> {
            prefill.close();
            step.close();
            return null;
        });
    }
}
