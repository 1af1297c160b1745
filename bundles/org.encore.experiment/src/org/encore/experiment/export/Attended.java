package org.encore.experiment.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.AttentionMap;
import org.encore.api.inference.AttentionMap.Positions;
import org.encore.api.inference.AttentionMap.Tokens;
import org.encore.api.inference.Attentive;
import org.encore.api.inference.Backend;
import org.encore.api.task.Tokenizer;
import org.encore.api.weights.Weights;
import org.encore.experiment.imported.ImportedModel;
import org.encore.graph.Model;

/**
 * What a model looks at while it reads a source and writes a target, with its tokens in words. Of a language model the source is the start of a text up
 * to the last token before what it writes.
 *
 * @param maps of every attention, in the order of the graph
 * @param source tokens
 * @param begin what stands before the target: the start token or, of a language model, the last token of what it goes on with
 * @param target tokens, without start and end
 */
public record Attended(List<AttentionMap> maps, List<String> source, String begin, List<String> target) {

    private static final String START = "(start)";
    private static final String NEXT = " → ";

    public Attended {
        maps = List.copyOf(maps);
        source = List.copyOf(source);
        target = List.copyOf(target);
    }

    /** Of a target that begins with the start token. */
    public Attended(List<AttentionMap> maps, List<String> source, List<String> target) {
        this(maps, source, START, target);
    }

    /**
     * Computes it, by the first backend that can say it.
     *
     * @param source ids
     * @param target ids, without start and end
     * @param stop true to give up, by {@link java.util.concurrent.CancellationException}
     * @throws IllegalArgumentException if no backend can say it, or there is no source
     */
    public static Attended of(TrainedModel model, Registry registry, int[] source, int[] target, BooleanSupplier stop) {
        return of(model.variant().model(), model.weights(), model.tokenizer(), registry, source, target, stop);
    }

    /** As {@link #of(TrainedModel, Registry, int[], int[], BooleanSupplier)}, of a model that no run has trained. */
    public static Attended of(Model model, Weights weights, Tokenizer tokenizer, Registry registry, int[] source, int[] target, BooleanSupplier stop) {
        return new Attended(backend(registry).attention(model, weights, source, target, stop),
                words(source, tokenizer, tokenizer.startToken(), tokenizer::decodeSource),
                words(target, tokenizer, tokenizer.startToken(), tokenizer::decodeTarget));
    }

    /**
     * Of a language model, for which start token, prompt and what follows are one row: what an architecture of ours has at the start token of a target,
     * it has at the last token of the prompt.
     *
     * @param prompt ids that it goes on with, without start; none for a text from its beginning
     * @param continuation ids that follow, without end
     * @throws IllegalArgumentException if both are empty, no backend can say it, or the model was imported without a tokenizer
     */
    public static Attended ofText(ImportedModel language, Registry registry, int[] prompt, int[] continuation, BooleanSupplier stop) {
        if (prompt.length == 0 && continuation.length == 0) {
            throw new IllegalArgumentException("nothing was read and nothing was written, so nothing was looked at; give a text");
        }
        Tokenizer tokenizer = language.readingText("it");
        int start = language.startToken();
        int[] row = IntStream.concat(IntStream.of(start), IntStream.concat(Arrays.stream(prompt), Arrays.stream(continuation))).toArray();
        int begin = Math.max(1, prompt.length);
        int[] source = Arrays.copyOf(row, begin);
        int[] target = Arrays.copyOfRange(row, begin + 1, row.length);
        List<String> words = words(row, tokenizer, start, tokenizer::decodeTarget);
        return new Attended(backend(registry).attention(startingWith(row[begin], language.model()), language.weights(), source, target, stop),
                words.subList(0, begin), words.get(begin), words.subList(begin + 1, row.length));
    }

    private static Model startingWith(int token, Model model) {
        return new Model(model.architecture(), model.vocabularySize(), token, model.opening(), model.state(), model.train(), model.prefill(), model.step());
    }

    private static Attentive backend(Registry registry) {
        return registry.list(ExtensionPoint.BACKENDS).stream().flatMap(Attended::attentive).findFirst().orElseThrow(() ->
                new IllegalArgumentException("no backend that is installed says what attention looks at; 'reference' does (encore list backend)"));
    }

    private static Stream<Attentive> attentive(Contribution<Backend<?>> contribution) {
        try {
            return contribution.get() instanceof Attentive attentive ? Stream.of(attentive) : Stream.empty();
        } catch (Contribution.BrokenContribution e) {
            return Stream.empty(); // told where plug-ins are listed
        }
    }

    private static List<String> words(int[] ids, Tokenizer tokenizer, int start, Function<int[], String> decode) {
        return Arrays.stream(ids).mapToObj(id -> {
            if (id == start) {
                return START;
            }
            String text = decode.apply(new int[] {id}).replace("\n", "⏎");
            return text.isBlank() ? "#" + id : text.strip();
        }).toList();
    }

    /** Names of the positions that a map's queries are at: the token that is read there and, behind an arrow, the one that is written next. */
    public List<String> queries(AttentionMap map) {
        return named(map.queries(), true);
    }

    /** Names of the positions that a map's queries look at. */
    public List<String> keys(AttentionMap map) {
        return map.keys().stream().flatMap(part -> named(part, false).stream()).toList();
    }

    private List<String> named(Positions positions, boolean writing) {
        return switch (positions.of()) {
            case SOURCE -> source;
            case TARGET -> begun(writing);
            case SOURCE_AND_TARGET -> Stream.concat(source.stream(), begun(writing).stream()).toList();
            case OTHER -> Stream.iterate(1, n -> n + 1).limit(positions.size()).map(n -> "#" + n).toList();
        };
    }

    private List<String> begun(boolean writing) {
        var names = new ArrayList<String>(List.of(begin));
        names.addAll(target);
        if (writing) {
            for (int i = 0; i < names.size(); i++) {
                names.set(i, names.get(i) + NEXT + (i < target.size() ? target.get(i) : ""));
            }
        }
        return names;
    }

    /**
     * How the attention to the source is spread over its tokens where an output token is chosen: the mean over all heads and layers that look
     * across from target to source or, where source and target are one row for all, over all of them.
     *
     * @param token of the target, from 0; their number for what comes behind the last
     * @return a share for each source token, 1 in all; none if the model looks at its source by other means
     */
    public double[] overSource(int token) {
        List<AttentionMap> across = maps.stream().filter(map -> map.queries().of() == Tokens.TARGET && from(map) >= 0).toList();
        List<AttentionMap> used = !across.isEmpty() ? across : maps.stream()
                .filter(map -> map.queries().of() == Tokens.SOURCE_AND_TARGET && from(map) >= 0).toList();
        var shares = new double[source.size()];
        for (AttentionMap map : used) {
            int query = map.queries().of() == Tokens.TARGET ? token : source.size() + token;
            for (int i = 0; i < shares.length; i++) {
                shares[i] += map.mean(query, from(map) + i);
            }
        }
        double all = Arrays.stream(shares).sum();
        return all == 0 ? new double[0] : Arrays.stream(shares).map(share -> share / all).toArray();
    }

    /** Which of a map's keys is the first source token; -1 if none is. */
    private static int from(AttentionMap map) {
        int first = 0;
        for (Positions part : map.keys()) {
            if (part.of() == Tokens.SOURCE || part.of() == Tokens.SOURCE_AND_TARGET) {
                return first;
            }
            first += part.size();
        }
        return -1;
    }
}
