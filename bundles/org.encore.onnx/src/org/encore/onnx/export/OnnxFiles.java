package org.encore.onnx.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.onnx.compile.Compiler;
import org.encore.onnx.compile.Dialect;
import org.encore.onnx.compile.Form;
import org.encore.onnx.compile.WeightTable;

import com.google.gson.GsonBuilder;

/**
 * {@code prefill.onnx} and {@code step.onnx}, which share {@code weights.bin}, and {@code model.json}, which says how to call them: names, types,
 * meaning, and how each state changes.
 */
public final class OnnxFiles {

    private final Model model;
    private final Exchange exchange;
    private final Form form;
    private final String operators;

    private OnnxFiles(Model model, Exchange exchange, Form form, String operators) {
        this.model = model;
        this.exchange = exchange;
        this.form = form;
        this.operators = operators;
    }

    /**
     * Of standard operators.
     *
     * @param sizes symbol to size of what is fixed: B rows, S source tokens, P places of a cache; a fixed P makes steps take one token
     */
    public static List<Path> portable(Model model, Weights weights, Path folder, Map<String, Long> sizes) throws IOException {
        var fixed = new LinkedHashMap<>(sizes);
        if (sizes.containsKey("P")) {
            fixed.put("T", 1L);
        }
        var exchange = new Exchange(model, new FixedSizes(fixed));
        return new OnnxFiles(model, exchange, new Form(Dialect.PORTABLE, exchange, 0), "standard ONNX, opset 20").write(weights, folder);
    }

    /**
     * Of ONNX Runtime's own operators where they are faster.
     *
     * @param positions largest number of tokens in a row's caches
     */
    public static List<Path> fused(Model model, Weights weights, Path folder, int positions) throws IOException {
        var exchange = new Exchange(model, new FixedSizes(Map.of()));
        return new OnnxFiles(model, exchange, new Form(Dialect.ONNX_RUNTIME, exchange, positions),
                "ONNX Runtime's own (com.microsoft) where they are faster; at most " + positions + " tokens in a row's caches").write(weights, folder);
    }

    private List<Path> write(Weights weights, Path folder) throws IOException {
        List<Program> programs = List.of(exchange.prefill(), exchange.step());
        var files = new ArrayList<Path>();
        try (var file = new WeightFile(folder, weights)) {
            var table = new WeightTable(programs, Map.of(), file::declare);
            for (Program program : programs) {
                Path path = folder.resolve(program.name() + ".onnx");
                Files.write(path, Compiler.compile(program, form, table).file());
                files.add(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        files.add(folder.resolve(WeightFile.NAME));
        files.add(Files.writeString(folder.resolve("model.json"), description(programs)));
        return files;
    }

    private String description(List<Program> programs) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("architecture", model.architecture());
        facts.put("parameters", model.parameterCount());
        facts.put("vocabularySize", model.vocabularySize());
        facts.put("startToken", model.startToken());
        facts.put("operators", operators);
        facts.put("padding", "rows are right-padded; positions and masks derive from sourceLengths, tokenLengths and past.lengths");
        facts.put("state", "what a call gives as present.X goes into the next step as past.X; prefill has read source and start token");
        for (Program program : programs) {
            var ports = new LinkedHashMap<String, Object>();
            ports.put("file", program.name() + ".onnx");
            ports.put("inputs", program.inputs().stream().map(t -> port(Program.label(t), exchange.input(Program.label(t)), t)).toList());
            ports.put("outputs", program.outputs().entrySet().stream()
                    .map(o -> port(o.getKey(), exchange.output(o.getKey(), false), o.getValue())).toList());
            facts.put(program.name(), ports);
        }
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(facts);
    }

    private Map<String, Object> port(String label, String name, Tensor tensor) {
        var port = new LinkedHashMap<String, Object>();
        Shape shape = tensor.shape();
        port.put("name", name);
        port.put("type", switch (tensor.dtype()) {
            case FLOAT -> "float32";
            case INT -> "int64";
            case BOOL -> "bool";
        });
        port.put("shape", shape.dims().stream().map(dim -> dim.isKnown() ? (Object) dim.size() : dim.toString()).toList());
        port.put("meaning", meaning(label));
        return port;
    }

    private String meaning(String label) {
        return switch (label) {
            case Names.SOURCE -> "token ids of the sources, padded";
            case Names.SOURCE_LENGTHS -> "tokens of each source";
            case Names.TOKENS -> "next token ids of each row" + (exchange.stepsByOne() ? "" : ", padded");
            case Names.TOKEN_LENGTHS -> "next tokens of each row, usually 1";
            case Names.LOGITS -> "scores of the token after each row's last";
            case Names.PAST_LENGTHS, Exchange.LENGTHS -> "tokens in each row's caches";
            default -> model.state().stream().filter(s -> s.name().equals(label)).findFirst().map(s -> switch (s.role()) {
                case APPEND -> s.name() + ": cache that grows with every token (rows, heads, places, size)";
                case PER_SOURCE -> s.name() + ": computed once per source, from prefill to every step";
                case RECURRENT -> s.name() + ": replaced by every step";
            }).orElse(label);
        };
    }
}
