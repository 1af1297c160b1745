package org.encore.tasks.tests;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Byte-pair encoding as it is defined, without any thought of speed: every step counts every pair anew. */
final class PlainBpe {

    private static final Pattern WORD = Pattern.compile("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private PlainBpe() {}

    /** Letters of bytes, as in GPT-2's bytes_to_unicode. */
    static String letters(String text) {
        var letters = new StringBuilder();
        for (byte signed : text.getBytes(StandardCharsets.UTF_8)) {
            int b = signed & 0xFF;
            if (b >= 33 && b <= 126 || b >= 161 && b <= 172 || b >= 174) {
                letters.append((char) b);
            } else {
                letters.append((char) (256 + (b <= 32 ? b : b <= 160 ? b - 127 + 33 : 67)));
            }
        }
        return letters.toString();
    }

    static List<List<String>> words(String text) {
        return WORD.matcher(text).results().map(match -> List.of(letters(match.group()).split(""))).toList();
    }

    /** The merges, each as two tokens. */
    static List<List<String>> learn(List<String> texts, int count, int minFrequency) {
        List<List<String>> words = new ArrayList<>(texts.stream().flatMap(text -> words(text).stream()).toList());
        var ids = new HashMap<String, Integer>();
        for (int b = 0; b < 256; b++) {
            ids.put(Character.toString(b), b);       // in the order of code points is enough to compare
            ids.put(Character.toString(256 + b), 256 + b);
        }
        var merges = new ArrayList<List<String>>();
        while (merges.size() < count) {
            var counts = new HashMap<List<String>, Integer>();
            words.forEach(word -> {
                for (int i = 1; i < word.size(); i++) {
                    counts.merge(List.of(word.get(i - 1), word.get(i)), 1, Integer::sum);
                }
            });
            var best = counts.entrySet().stream().filter(entry -> entry.getValue() >= minFrequency)
                    .max(Map.Entry.<List<String>, Integer>comparingByValue()
                            .thenComparing(entry -> -ids.get(entry.getKey().get(0))).thenComparing(entry -> -ids.get(entry.getKey().get(1))));
            if (best.isEmpty()) {
                break;
            }
            List<String> pair = best.get().getKey();
            ids.putIfAbsent(String.join("", pair), 1000 + ids.size());
            merges.add(pair);
            words.replaceAll(word -> merged(word, pair));
        }
        return merges;
    }

    private static List<String> merged(List<String> word, List<String> pair) {
        var merged = new ArrayList<String>();
        for (int i = 0; i < word.size(); i++) {
            boolean both = i + 1 < word.size() && word.subList(i, i + 2).equals(pair);
            merged.add(both ? String.join("", pair) : word.get(i));
            i += both ? 1 : 0;
        }
        return merged;
    }

    /** Tokens of a text: in each word the earliest merge is done first, from left to right. */
    static int[] encode(String text, List<List<String>> merges, Map<String, Integer> vocabulary) {
        var ids = new ArrayList<Integer>();
        for (List<String> word : words(text)) {
            List<String> tokens = word;
            while (true) {
                List<String> now = tokens;
                var first = java.util.stream.IntStream.range(1, now.size()).mapToObj(i -> now.subList(i - 1, i + 1)).filter(merges::contains)
                        .min(Comparator.comparingInt(merges::indexOf));
                if (first.isEmpty()) {
                    break;
                }
                tokens = merged(now, List.copyOf(first.get()));
            }
            tokens.forEach(token -> ids.add(vocabulary.get(token)));
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
