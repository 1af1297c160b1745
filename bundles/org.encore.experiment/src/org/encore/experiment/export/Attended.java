package org.encore.experiment.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
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
import org.encore.graph.Model;

/**
 * What a model looks at while it reads a source and writes a target, with its tokens in words.
 *
 * @param maps of every attention, in the order of the graph
 * @param source tokens
 * @param target tokens, without start and end
 */
public record Attended(List<AttentionMap> maps, List<String> source, List<String> target) {

    private static final String START = "(start)";
    private static final String NEXT = " → ";

    public Attended {
        maps = List.copyOf(maps);
        source = List.copyOf(source);
        target = List.copyOf(target);
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
        Attentive backend = registry.list(ExtensionPoint.BACKENDS).stream().flatMap(Attended::attentive).findFirst().orElseThrow(() ->
                new IllegalArgumentException("no backend that is installed says what attention looks at; 'reference' does (encore list backend)"));
        return new Attended(backend.attention(model, weights, source, target, stop), words(source, tokenizer, tokenizer::decodeSource),
                words(target, tokenizer, tokenizer::decodeTarget));
    }

    private static Stream<Attentive> attentive(Contribution<Backend<?>> contribution) {
        try {
            return contribution.get() instanceof Attentive attentive ? Stream.of(attentive) : Stream.empty();
        } catch (Contribution.BrokenContribution e) {
            return Stream.empty(); // told where plug-ins are listed
        }
    }

    private static List<String> words(int[] ids, Tokenizer tokenizer, Function<int[], String> decode) {
        return Arrays.stream(ids).mapToObj(id -> {
            if (id == tokenizer.startToken()) {
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
            case TARGET -> started(writing);
            case SOURCE_AND_TARGET -> Stream.concat(source.stream(), started(writing).stream()).toList();
            case OTHER -> Stream.iterate(1, n -> n + 1).limit(positions.size()).map(n -> "#" + n).toList();
        };
    }

    private List<String> started(boolean writing) {
        var names = new ArrayList<String>(List.of(START));
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
