package org.encore.importers;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/**
 * The tokenizer of llama2.c, a byte-pair encoding with scores, as a {@code tokenizer.json}: the pair whose union has the highest score is merged first, so
 * that the merges in the order of scores do the same. An unknown character becomes its bytes, a text begins with a space, a space is written U+2581.
 */
final class Llama2cTokenizer {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    /** Unknown, begin, end, and then 256 single bytes. */
    private static final List<String> SPECIAL = List.of("<unk>", "<s>", "</s>");
    private static final int FIRST_PIECE = 259;
    private static final String SPACE = "\u2581";

    private record Piece(String text, float score) {}

    private Llama2cTokenizer() {}

    static String toJson(Path file, int vocabulary) throws IOException {
        List<Piece> pieces = read(file, vocabulary);
        var ids = new LinkedHashMap<String, Integer>();
        for (Piece piece : pieces) {
            ids.putIfAbsent(piece.text(), ids.size());
        }
        if (ids.size() != pieces.size()) {
            throw new IOException(file + " has a token twice: it is no tokenizer of llama2.c");
        }
        var merges = new ArrayList<String>();
        pieces.stream().skip(FIRST_PIECE).sorted(Comparator.comparing(Piece::score).reversed()).forEach(piece -> {
            String text = piece.text();
            for (int i = text.offsetByCodePoints(0, 1); i < text.length(); i = text.offsetByCodePoints(i, 1)) {
                if (ids.containsKey(text.substring(0, i)) && ids.containsKey(text.substring(i))) {
                    merges.add(text.substring(0, i) + " " + text.substring(i));
                }
            }
        });
        var added = new ArrayList<Map<String, Object>>();
        for (String token : SPECIAL) {
            added.add(Map.of("id", ids.get(token), "content", token, "special", true, "single_word", false, "lstrip", false, "rstrip", false, "normalized", false));
        }
        var model = new LinkedHashMap<String, Object>();
        model.put("type", "BPE");
        model.put("unk_token", SPECIAL.getFirst());
        model.put("fuse_unk", true);
        model.put("byte_fallback", true);
        model.put("vocab", ids);
        model.put("merges", merges);
        var root = new LinkedHashMap<String, Object>();
        root.put("version", "1.0");
        root.put("added_tokens", added);
        root.put("normalizer", Map.of("type", "Sequence", "normalizers", List.of(Map.of("type", "Prepend", "prepend", SPACE), replace(" ", SPACE))));
        root.put("decoder", Map.of("type", "Sequence", "decoders", List.of(replace(SPACE, " "), Map.of("type", "ByteFallback"), Map.of("type", "Fuse"),
                Map.of("type", "Strip", "content", " ", "start", 1, "stop", 0))));
        root.put("model", model);
        return GSON.toJson(root);
    }

    private static Map<String, Object> replace(String what, String by) {
        return Map.of("type", "Replace", "pattern", Map.of("String", what), "content", by);
    }

    /** int32 length of the longest token, then for each token a float32 score, an int32 length and its bytes. */
    private static List<Piece> read(Path file, int vocabulary) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var pieces = new ArrayList<Piece>();
        try {
            int longest = bytes.getInt();
            for (int id = 0; id < vocabulary; id++) {
                float score = bytes.getFloat();
                int length = bytes.getInt();
                if (length < 0 || length > longest) {
                    throw new IOException(file + " is no tokenizer of llama2.c: token " + id + " claims " + length + " bytes, the longest should have " + longest);
                }
                var text = new byte[length];
                bytes.get(text);
                pieces.add(new Piece(id < SPECIAL.size() ? SPECIAL.get(id) : new String(text, StandardCharsets.UTF_8).replace(" ", SPACE), score));
            }
        } catch (BufferUnderflowException e) {
            throw new IOException(file + " is cut off: it has " + pieces.size() + " tokens, but the checkpoint has " + vocabulary + ". Is it the checkpoint's own?", e);
        }
        return pieces;
    }
}
