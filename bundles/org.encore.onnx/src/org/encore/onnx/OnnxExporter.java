package org.encore.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.inference.Exporter;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.onnx.compile.Compiled;
import org.encore.onnx.compile.Compiler;
import org.encore.onnx.compile.Dialect;
import org.encore.onnx.runtime.WeightForms;

import com.google.gson.GsonBuilder;

/**
 * Writes {@code prefill.onnx} and {@code step.onnx} of standard operators (opset 20), which share {@code weights.bin}, and {@code model.json},
 * which says how to call them: names, shapes, and how each state changes.
 */
public final class OnnxExporter implements Exporter<OnnxExporter.Options> {

    /** The format has nothing to choose yet. */
    public record Options() {}

    private static final String WEIGHTS = "weights.bin";

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<Path> export(Model model, Weights weights, Path folder, Options options) throws IOException {
        try (var file = new WeightFile(folder.resolve(WEIGHTS), weights)) {
            var table = new Compiler.WeightTable(model.programs(), file::declare);
            for (Program program : List.of(model.prefill(), model.step())) {
                Compiled compiled = Compiler.compile(program, Dialect.PORTABLE, table);
                Files.write(folder.resolve(program.name() + ".onnx"), compiled.file());
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        Files.writeString(folder.resolve("model.json"), description(model));
        return List.of(folder.resolve("prefill.onnx"), folder.resolve("step.onnx"), folder.resolve(WEIGHTS), folder.resolve("model.json"));
    }

    private static String description(Model model) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("architecture", model.architecture());
        facts.put("parameters", model.parameterCount());
        facts.put("vocabularySize", model.vocabularySize());
        facts.put("startToken", model.startToken());
        facts.put("files", Map.of("prefill", "prefill.onnx", "step", "step.onnx"));
        facts.put("state", model.state().stream().map(s -> Map.of("name", s.name(), "role", s.role().name(), "type", s.type().toString(),
                "stepOutput", s.role().name().equals("PER_SOURCE") ? "" : Compiler.output(s.name()))).toList());
        facts.put("padding", "rows are right-padded; positions and masks derive from sourceLengths, tokenLengths and pastLengths");
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(facts);
    }

    /** Elements one after another; a weight that both programs use in one form is written once. */
    private static final class WeightFile implements AutoCloseable {
        private final FileChannel channel;
        private final Weights weights;
        private final Map<String, Long> offsets = new LinkedHashMap<>();

        WeightFile(Path path, Weights weights) throws IOException {
            this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            this.weights = weights;
        }

        void declare(org.encore.onnx.proto.OnnxGraph graph, Compiled.Weight weight) {
            long offset = offsets.computeIfAbsent(weight.name(), name -> append(weight));
            graph.external(weight.name(), weight.shape(), WEIGHTS, offset, bytes(weight.parameter()));
        }

        private static long bytes(Parameter parameter) {
            return parameter.size() * Float.BYTES;
        }

        private long append(Compiled.Weight weight) {
            try {
                long offset = channel.position();
                var bytes = ByteBuffer.allocate(Math.toIntExact(bytes(weight.parameter()))).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(WeightForms.elements(weights, weight));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                return offset;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("cannot write " + WEIGHTS + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
