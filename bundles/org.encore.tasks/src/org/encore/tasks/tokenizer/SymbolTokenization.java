package org.encore.tasks.tokenizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

import org.encore.api.Monitor;
import org.encore.api.option.Option;
import org.encore.api.task.TaskData.Pair;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;

/** A token for each letter or each word that the training pairs have, in the order of their code points: sources' first, then what targets add. */
public final class SymbolTokenization implements Tokenization<SymbolTokenization.Options> {

    private static final int BETWEEN_LOOKS = 4096;

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
        var ofSources = new HashSet<String>();
        var ofTargets = new HashSet<String>();
        int done = 0;
        for (Pair pair : pairs) {
            if (done++ % BETWEEN_LOOKS == 0 && monitor.cancelled()) {
                throw new CancellationException("tokenizer stopped");
            }
            ofSources.addAll(options.source().split(pair.source()));
            ofTargets.addAll(options.target().split(pair.target()));
        }
        ofTargets.removeAll(ofSources);
        var all = new ArrayList<>(new TreeSet<>(ofSources));
        all.addAll(new TreeSet<>(ofTargets));
        return new SymbolTokenizer(options.source(), options.target(), all);
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
