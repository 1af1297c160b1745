package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.encore.graph.Names;
import org.encore.onnx.OnnxExporter;
import org.encore.onnx.OnnxRuntimeExporter;
import org.encore.reference.Reference;
import org.encore.reference.Value;
import org.encore.testing.Case;
import org.encore.testing.Inputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** Exported files, called as a stranger would: ONNX Runtime alone, knowing only that present.X becomes past.X. */
class ExportTest {

    private static final double TOLERANCE = 1e-4;
    private static final int FIXED_SOURCE = 8;
    private static final int FIXED_PAST = 16;

    @TempDir
    Path folder;

    static List<Case> cases() {
        return Cases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePortableFormGivesTheReferencesLogits(Case c) throws Exception {
        new OnnxExporter().export(c.model(), c.weights(), folder, new OnnxExporter.Options(0, 0, 0));
        agrees(c, c.inputs().sourceTime());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePortableFormOfFixedSizesGivesTheReferencesLogits(Case c) throws Exception {
        new OnnxExporter().export(c.model(), c.weights(), folder, new OnnxExporter.Options(c.inputs().rows(), FIXED_SOURCE, FIXED_PAST));
        for (String file : List.of("prefill.onnx", "step.onnx")) {
            assertThat(OnnxFile.read(folder.resolve(file)).openDimensions()).as(file).isEmpty();
        }
        agrees(c, FIXED_SOURCE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFusedFormGivesTheReferencesLogits(Case c) throws Exception {
        new OnnxRuntimeExporter().export(c.model(), c.weights(), folder, new OnnxRuntimeExporter.Options(64));
        agrees(c, c.inputs().sourceTime());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePortableFormNamesTheStandardDomainOnly(Case c) throws IOException {
        new OnnxExporter().export(c.model(), c.weights(), folder, new OnnxExporter.Options(0, 0, 0));
        for (String name : List.of("prefill.onnx", "step.onnx")) {
            OnnxFile file = OnnxFile.read(folder.resolve(name));
            assertThat(file.opsets()).containsExactly(Map.entry("", 20L));
            assertThat(file.operators()).allSatisfy(operator -> assertThat(operator).startsWith(":")).doesNotContain(":SimplifiedLayerNormalization");
            assertThat(file.openDimensions()).contains("B");
        }
    }

    @Test
    void theFusedFormUsesTheRuntimesAttention() throws IOException {
        Case c = cases().stream().filter(one -> one.name().equals("encoder-decoder 2")).findFirst().orElseThrow(); // heads of 16
        new OnnxRuntimeExporter().export(c.model(), c.weights(), folder, new OnnxRuntimeExporter.Options(64));
        assertThat(OnnxFile.read(folder.resolve("step.onnx")).operators()).contains("com.microsoft:GroupQueryAttention");
    }

    @Test
    void whatComesOutAsPresentGoesInAsPast() throws IOException {
        Case c = cases().stream().filter(one -> one.name().equals("encoder-decoder 0")).findFirst().orElseThrow();
        new OnnxExporter().export(c.model(), c.weights(), folder, new OnnxExporter.Options(0, 0, 0));
        OnnxFile prefill = OnnxFile.read(folder.resolve("prefill.onnx"));
        OnnxFile step = OnnxFile.read(folder.resolve("step.onnx"));
        assertThat(prefill.inputs()).containsExactlyInAnyOrder("source", "sourceLengths");
        assertThat(prefill.outputs()).contains("logits", "present.lengths", "present.decoder.0.self.k", "decoder.0.cross.k");
        assertThat(step.inputs()).contains("tokens", "tokenLengths", "past.lengths", "past.decoder.0.self.k", "decoder.0.cross.k", "sourceLengths");
        assertThat(step.outputs()).contains("logits", "present.lengths", "present.decoder.0.self.k").doesNotContain("decoder.0.cross.k");
        assertThat(Files.readString(folder.resolve("model.json"))).contains("cache that grows with every token", "computed once per source");
    }

    @Test
    void aCacheThatHasNoRoomForTheSourceIsRefused() {
        Case c = cases().stream().filter(one -> one.name().equals("decoder-only causal 0")).findFirst().orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OnnxExporter().export(c.model(), c.weights(), folder, new OnnxExporter.Options(1, 16, 16)))
                .withMessage("past=16 leaves no room: the source and the start token alone take 17 places. Give a larger past or a smaller source.");
    }

    /** Feeds the target token by token and compares the logits at every position that counts. */
    private void agrees(Case c, int sourceTime) throws OrtException {
        Inputs in = c.inputs();
        Value train = new Reference(c.model().train()).run(in.train(), Reference.values(c.weights())).get(Names.LOGITS);
        double largest = Arrays.stream(train.data()).map(Math::abs).max().orElseThrow();
        var environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions();
                OrtSession prefill = environment.createSession(folder.resolve("prefill.onnx").toString(), options);
                OrtSession step = environment.createSession(folder.resolve("step.onnx").toString(), options)) {
            var known = new HashMap<String, OnnxTensor>();
            known.put("source", longs(padded(in, sourceTime), in.rows(), sourceTime));
            known.put("sourceLengths", longs(in.sourceLengths(), in.rows()));
            OrtSession.Result result = run(prefill, known);
            for (int t = 0; t < in.targetTime(); t++) {
                float[][] logits = (float[][]) result.get("logits").orElseThrow().getValue();
                for (int row = 0; row < in.rows(); row++) {
                    for (int v = 0; t < in.targetLengths()[row] && v < Inputs.VOCABULARY; v++) {
                        double expected = train.data()[(row * in.targetTime() + t) * Inputs.VOCABULARY + v];
                        assertThat(Math.abs(logits[row][v] - expected)).as("row %d, position %d", row, t).isLessThan(TOLERANCE * largest);
                    }
                }
                if (t + 1 < in.targetTime()) {
                    var tokens = new long[in.rows()];
                    for (int row = 0; row < in.rows(); row++) {
                        tokens[row] = in.target()[row * in.targetTime() + t + 1];
                    }
                    var ones = new long[in.rows()];
                    Arrays.fill(ones, 1);
                    known.put("tokens", longs(tokens, in.rows(), 1));
                    known.put("tokenLengths", longs(ones, in.rows()));
                    result = run(step, known);
                }
            }
        }
    }

    private static OrtSession.Result run(OrtSession session, Map<String, OnnxTensor> known) throws OrtException {
        var given = new HashMap<>(known);
        given.keySet().retainAll(session.getInputNames());
        OrtSession.Result result = session.run(given);
        result.forEach(output -> known.put(output.getKey().replaceFirst("^present\\.", "past."), (OnnxTensor) output.getValue()));
        return result;
    }

    private static long[] padded(Inputs in, int time) {
        var padded = new long[in.rows() * time];
        for (int row = 0; row < in.rows(); row++) {
            System.arraycopy(in.source(), row * in.sourceTime(), padded, row * time, in.sourceTime());
        }
        return padded;
    }

    private static OnnxTensor longs(long[] values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape);
    }
}
