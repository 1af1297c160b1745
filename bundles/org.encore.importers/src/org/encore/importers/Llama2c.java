package org.encore.importers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.encore.api.inference.Importer;
import org.encore.api.option.Option;
import org.encore.api.weights.Weights;

/**
 * Checkpoints of llama2.c, version 0: seven little-endian int32 (width, hidden, layers, heads, key heads, vocabulary, negative if the head is not the
 * embedding, longest text), then fp32 tensors one kind after another, layers within a kind. Rotary pairs are neighbours (2 i, 2 i + 1) there.
 */
public final class Llama2c implements Importer<Llama2c.Options> {

    private static final int HEADER = 7;
    private static final double NORM_EPSILON = 1e-5;
    private static final double ROPE_THETA = 10_000;
    private static final int BEGIN = 1;
    private static final int END = 2;

    /** @param tokenizer file of the tokenizer */
    public record Options(@Option(help = "file of the tokenizer; left out: the file tok*.bin or tokenizer.bin beside the checkpoint") Optional<Path> tokenizer) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Imported read(Path source, Options options) throws IOException {
        Path checkpoint = Files.isDirectory(source) ? only(source, false).orElseThrow(() -> new IOException(
                "no single checkpoint (*.bin that is no tokenizer) in " + source + "; name the file")) : source;
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(checkpoint)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.capacity() < HEADER * Integer.BYTES) {
            throw new IOException(checkpoint + " is no checkpoint of llama2.c: it has only " + bytes.capacity() + " bytes");
        }
        var header = new int[HEADER];
        bytes.asIntBuffer().get(header);
        int vocabulary = Math.abs(header[5]);
        for (int size : header) {
            if (size == 0 || Math.abs((long) size) > 1 << 24) {
                throw new IOException(checkpoint + " is no checkpoint of llama2.c, version 0: its sizes are " + java.util.Arrays.toString(header)
                        + ". Version 0 is what export.py writes with --version 0.");
            }
        }
        var shape = new LlamaShape(header[2], header[0], header[1], header[3], header[4], header[0] / header[3], header[5] > 0, false, ROPE_THETA,
                NORM_EPSILON);
        Weights weights = new Tensors(checkpoint, bytes.position(HEADER * Integer.BYTES).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer(), shape, vocabulary,
                header[6]).read();
        Optional<Path> tokenizer = options.tokenizer().or(() -> only(checkpoint.toAbsolutePath().getParent(), true));
        return new Imported("decoder-only", shape.options(), vocabulary, BEGIN, END, weights,
                tokenizer.isPresent() ? Optional.of(Llama2cTokenizer.toJson(tokenizer.get(), vocabulary)) : Optional.empty(), Optional.empty());
    }

    private static Optional<Path> only(Path folder, boolean tokenizer) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.getFileName().toString().matches(tokenizer ? "tok.*\\.bin" : "(?!tok).*\\.bin")).toList();
            return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The tensors in the order of the file. */
    private static final class Tensors {

        private final Path file;
        private final FloatBuffer elements;
        private final LlamaShape shape;
        private final int vocabulary;
        private final int longest;
        private final Map<String, Weights.Values> read = new LinkedHashMap<>();

        Tensors(Path file, FloatBuffer elements, LlamaShape shape, int vocabulary, int longest) {
            this.file = file;
            this.elements = elements;
            this.shape = shape;
            this.vocabulary = vocabulary;
            this.longest = longest;
        }

        Weights read() throws IOException {
            int queries = shape.heads() * shape.headSize();
            int keys = shape.kvHeads() * shape.headSize();
            matrix("embedding", vocabulary, shape.width());
            each("n1.gain", shape.width(), 0);
            each("self.q.weight", queries, shape.width());
            each("self.k.weight", keys, shape.width());
            each("self.v.weight", keys, shape.width());
            each("self.o.weight", shape.width(), queries);
            each("n2.gain", shape.width(), 0);
            each("mlp.gate.weight", shape.hidden(), shape.width());
            each("mlp.down.weight", shape.width(), shape.hidden());
            each("mlp.up.weight", shape.hidden(), shape.width());
            matrix("decoder.norm.gain", shape.width(), 0);
            take("rotary angles", longest * shape.headSize()); // computed here anyway
            if (!shape.tied()) {
                matrix("head.weight", vocabulary, shape.width());
            }
            if (elements.hasRemaining()) {
                throw new IOException(file + " has " + elements.remaining() + " numbers more than a checkpoint of its sizes: it is no version 0, or not whole");
            }
            return new Weights(read);
        }

        private void each(String part, int rows, int columns) throws IOException {
            for (int layer = 0; layer < shape.layers(); layer++) {
                matrix("decoder." + layer + "." + part, rows, columns);
            }
        }

        /** @param columns 0 for a vector */
        private void matrix(String name, int rows, int columns) throws IOException {
            float[] values = take(name, rows * Math.max(1, columns));
            if (name.endsWith("self.q.weight") || name.endsWith("self.k.weight")) {
                values = RotaryPairs.neighboursToHalves(values, shape.headSize(), columns);
            }
            read.put(name, new Weights.Values(columns == 0 ? new long[] {rows} : new long[] {rows, columns}, FloatBuffer.wrap(values)));
        }

        private float[] take(String name, int count) throws IOException {
            if (elements.remaining() < count) {
                throw new IOException(file + " is cut off: " + name + " needs " + count + " numbers, but " + elements.remaining() + " are left. Copy it again.");
            }
            var values = new float[count];
            elements.get(values);
            return values;
        }
    }
}
