package org.encore.tasks.tokenizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

import org.encore.api.Monitor;
import org.encore.api.option.Option;
import org.encore.api.task.TaskData.Pair;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;

/** A token for each letter or each word that the training pairs have, in the order of their code points: sources' first, then what targets add. */
public final class SymbolTokenization implements Tokenization<SymbolTokenization.Options> {

    private static final int BETWEEN_LOOKS = 16_384;

    /**
     * @param source what sources are rows of
     * @param target what targets are rows of
     */
    public record Options(
            @Option(value = "letters", help = "what sources are rows of: letters, or words between spaces") Symbols source,
            @Option(value = "letters", help = "what targets are rows of: letters, or words between spaces") Symbols target) {}

    /** What is read of a tokenizer.json. */
    private record Json(Model model) {
        record Model(String type, Map<String, Integer> vocab) {}
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Tokenizer learn(Options options, List<Pair> pairs, Monitor monitor) {
        Set<String> ofSources = symbols(options.source(), pairs, Pair::source, monitor);
        Set<String> ofTargets = symbols(options.target(), pairs, Pair::target, monitor);
        ofTargets.removeAll(ofSources);
        var all = new ArrayList<>(new TreeSet<>(ofSources));
        all.addAll(new TreeSet<>(ofTargets));
        return new SymbolTokenizer(options.source(), options.target(), all);
    }

    /** On all processors, some thousands of texts at a time, between which it may be stopped. */
    private static Set<String> symbols(Symbols rows, List<Pair> pairs, Function<Pair, String> side, Monitor monitor) {
        var symbols = new HashSet<String>();
        for (int from = 0; from < pairs.size(); from += BETWEEN_LOOKS) {
            if (monitor.cancelled()) {
                throw new CancellationException("tokenizer stopped");
            }
            symbols.addAll(pairs.subList(from, Math.min(from + BETWEEN_LOOKS, pairs.size())).parallelStream().collect(HashSet<String>::new,
                    (found, pair) -> rows.split(side.apply(pair), found::add), Set::addAll));
        }
        return symbols;
    }

    @Override
    public Tokenizer read(Options options, String json) {
        Json read;
        try {
            read = new Gson().fromJson(json, Json.class);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("this is no tokenizer.json: " + e.getMessage(), e);
        }
        if (read == null || read.model() == null || read.model().vocab() == null || !"WordLevel".equals(read.model().type())) {
            throw new IllegalArgumentException("this tokenizer.json has no word-level vocabulary, so it is none of tokenizer 'symbols'");
        }
        List<String> inOrder = read.model().vocab().entrySet().stream().sorted(Map.Entry.comparingByValue()).map(Map.Entry::getKey).toList();
        if (inOrder.size() < SymbolTokenizer.SPECIAL.size() || !inOrder.subList(0, SymbolTokenizer.SPECIAL.size()).equals(SymbolTokenizer.SPECIAL)) {
            throw new IllegalArgumentException("this tokenizer.json does not begin with the special symbols " + SymbolTokenizer.SPECIAL);
        }
        return new SymbolTokenizer(options.source(), options.target(), inOrder.subList(SymbolTokenizer.SPECIAL.size(), inOrder.size()));
    }
}
