package org.encore.tokenizers;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.encore.api.Monitor;
import org.encore.api.task.TaskData.Pair;

/** How often each word stands in texts. No piece reaches beyond a word. */
final class WordCounts {

    /**
     * Words as GPT-2 cuts them and as ByteLevel means: English endings, then letters, digits or other signs with the one space before them, then
     * further space. Every letter of a text is in exactly one word.
     */
    static final Pattern WORD = Pattern.compile("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final int BETWEEN_LOOKS = 1024;

    private final Map<String, long[]> counts = new HashMap<>();

    private WordCounts() {}

    /** Words of sources and targets, by alphabet. */
    static Map<String, Long> of(List<Pair> pairs, Monitor monitor) {
        var words = new WordCounts();
        for (int i = 0; i < pairs.size(); i++) {
            if (i % BETWEEN_LOOKS == 0) {
                if (monitor.cancelled()) {
                    throw new CancellationException("tokenizer stopped");
                }
                monitor.progress(i, pairs.size(), "pairs");
            }
            words.add(pairs.get(i).source());
            words.add(pairs.get(i).target());
        }
        var sorted = new LinkedHashMap<String, Long>();
        words.counts.keySet().stream().sorted().forEach(word -> sorted.put(word, words.counts.get(word)[0]));
        return Collections.unmodifiableMap(sorted);
    }

    private void add(String text) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            counts.computeIfAbsent(matcher.group(), word -> new long[1])[0]++;
        }
    }
}
