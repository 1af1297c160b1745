package org.encore.onnx.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

import org.encore.api.weights.Weights;
import org.encore.onnx.compile.Compiled;
import org.encore.onnx.proto.OnnxGraph;
import org.encore.onnx.runtime.WeightForms;

/** Elements one after another, little-endian fp32; a weight that both programs use in one form is written once. */
final class WeightFile implements AutoCloseable {

    static final String NAME = "weights.bin";

    private final FileChannel channel;
    private final WeightForms forms;
    private final Map<String, Long> offsets = new LinkedHashMap<>();

    WeightFile(Path folder, Weights weights) throws IOException {
        this.channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.forms = new WeightForms(weights);
    }

    void declare(OnnxGraph graph, Compiled.Weight weight) {
        long offset = offsets.computeIfAbsent(weight.name(), name -> append(weight));
        graph.external(weight.name(), weight.type(), weight.shape(), NAME, offset, weight.bytes());
    }

    private long append(Compiled.Weight weight) {
        try {
            long offset = channel.position();
            var bytes = ByteBuffer.allocate(Math.toIntExact(weight.bytes())).order(ByteOrder.LITTLE_ENDIAN);
            forms.write(weight, bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return offset;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + NAME + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
