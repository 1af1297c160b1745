package org.encore.oracle.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;

/**
 * What an ONNX file declares, read from its bytes by the field numbers of onnx.proto: independent of the code that writes it.
 *
 * @param opsets domain to version
 * @param operators domain-qualified names of all nodes
 * @param inputs names, in order
 * @param outputs names, in order
 * @param openDimensions names of sizes that inputs leave open
 */
record OnnxFile(Map<String, Long> opsets, Set<String> operators, List<String> inputs, List<String> outputs, Set<String> openDimensions) {

    private static final int OPSET_IMPORT = 8;
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int INPUT = 11;
    private static final int OUTPUT = 12;

    static OnnxFile read(Path path) throws IOException {
        var file = new OnnxFile(new TreeMap<>(), new TreeSet<>(), new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
        for (Field field : fields(Files.readAllBytes(path))) {
            if (field.number() == OPSET_IMPORT) {
                List<Field> opset = fields(field.bytes());
                file.opsets.put(text(opset, 1), opset.stream().filter(f -> f.number() == 2).mapToLong(Field::value).findFirst().orElseThrow());
            } else if (field.number() == GRAPH) {
                file.graph(fields(field.bytes()));
            }
        }
        return file;
    }

    private void graph(List<Field> graph) {
        for (Field field : graph) {
            switch (field.number()) {
                case NODE -> {
                    List<Field> node = fields(field.bytes());
                    operators.add(text(node, 7) + ":" + text(node, 4));
                }
                case INPUT -> {
                    List<Field> input = fields(field.bytes());
                    inputs.add(text(input, 1));
                    // ValueInfo.type (2) . tensor_type (1) . shape (2) . dim (1) . dim_param (2)
                    for (Field dim : fields(inner(fields(inner(fields(inner(input, 2)), 1)), 2))) {
                        String open = text(fields(dim.bytes()), 2);
                        if (!open.isEmpty()) {
                            openDimensions.add(open);
                        }
                    }
                }
                case OUTPUT -> outputs.add(text(fields(field.bytes()), 1));
                default -> { }
            }
        }
    }

    private record Field(int number, long value, byte[] bytes) {}

    private static byte[] inner(List<Field> fields, int number) {
        return fields.stream().filter(f -> f.number() == number).map(Field::bytes).findFirst().orElse(new byte[0]);
    }

    private static String text(List<Field> fields, int number) {
        return new String(inner(fields, number), StandardCharsets.UTF_8);
    }

    private static List<Field> fields(byte[] bytes) {
        var fields = new ArrayList<Field>();
        int[] at = {0};
        while (at[0] < bytes.length) {
            long tag = varint(bytes, at);
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> fields.add(new Field(number, varint(bytes, at), new byte[0]));
                case 2 -> {
                    int length = (int) varint(bytes, at);
                    fields.add(new Field(number, 0, java.util.Arrays.copyOfRange(bytes, at[0], at[0] + length)));
                    at[0] += length;
                }
                case 5 -> at[0] += 4;
                default -> throw new IllegalStateException("wire type " + (tag & 7) + " at " + at[0]);
            }
        }
        return fields;
    }

    private static long varint(byte[] bytes, int[] at) {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            byte next = bytes[at[0]++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
