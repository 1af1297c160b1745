package org.encore.api.architecture;

import static org.encore.api.architecture.Context.B;
import static org.encore.api.architecture.Context.S;
import static org.encore.api.architecture.Context.T;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.architecture.Context.Phase;
import org.encore.api.architecture.Context.Rows;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Initializer;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.StateSpec;
import org.encore.graph.Tensor;
import org.encore.graph.op.Attention;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Primitive;
import org.encore.graph.op.RmsNorm;
import org.encore.graph.op.SoftCap;
import org.encore.graph.op.Visibility;

/**
 * Turns a description of layers into the three programs of a model.
 *
 * @param architecture id under which the model is known
 * @param vocabularySize V
 * @param startToken id that begins every target
 */
public record Build(String architecture, int vocabularySize, int startToken) {

    public Build {
        if (startToken < 0 || startToken >= vocabularySize) {
            throw new IllegalArgumentException("start token " + startToken + " is not in a vocabulary of " + vocabularySize);
        }
    }

    /** Describes a stack of equal layers, followed by a norm. */
    public Stack layers(String name, int count, Block block, Stack.Body body) {
        return new Stack(name, count, block, body);
    }

    /** Whose token embedding an encoder has. */
    public enum Embeddings {
        /** The decoder's. */
        SHARED,
        /** Its own. */
        APART
    }

    /** As {@link #sequenceToSequence(Stack, Stack, Embeddings)}, with a shared token embedding. */
    public Model sequenceToSequence(Stack encoder, Stack decoder) {
        return sequenceToSequence(encoder, decoder, Embeddings.SHARED);
    }

    /**
     * An encoder that reads the source both ways and a decoder that attends over it.
     *
     * <p>The prefill runs the encoder once and the decoder over the start token; a step runs the decoder alone.
     */
    public Model sequenceToSequence(Stack encoder, Stack decoder, Embeddings embeddings) {
        Program train = train(decoder, graph -> {
            Rows target = new Rows(T, zeros(graph), lengths(graph, Names.TARGET_LENGTHS), zeros(graph));
            Context context = Context.of(graph, Phase.TRAIN, target, Optional.of(encode(graph, Phase.TRAIN, encoder, embeddings)));
            return run(context, decoder, ids(graph, Names.TARGET, T));
        });

        var graph = new Graph("prefill");
        Rows start = new Rows(Dim.of(1), zeros(graph), graph.constant(1, DType.INT, Shape.of(B)), zeros(graph));
        Context context = Context.of(graph, Phase.PREFILL, start, Optional.of(encode(graph, Phase.PREFILL, encoder, embeddings)));
        Tensor logits = logits(graph, decoder, run(context, decoder, graph.constant(startToken, DType.INT, Shape.of(B, Dim.of(1)))));
        return model(Model.Opening.START_TOKEN, train, context, logits, decoder, plain(decoder));
    }

    /** One stack that reads source and target as one row, the start token between them; with {@code prefix} the source sees itself both ways. */
    public Model causal(Stack decoder) {
        return oneRow(decoder, plain(decoder));
    }

    /**
     * A self-decoder that reads source and target as one row, and a cross-decoder whose layers all read one cache: keys and values of the self-decoder's
     * normed output (Sun et al. 2024, arXiv 2405.05254, section 2). Its layers attend to {@link Attend#shared()} and to nothing else of the row, so the
     * cross-decoder runs only where its output is wanted: over the target in training, over each row's last token in prefill and step.
     *
     * @param crossDecoder has the heads of the shared cache in its block
     */
    public Model decoderDecoder(Stack selfDecoder, Stack crossDecoder) {
        return oneRow(crossDecoder, (context, ids, picked) -> {
            Tensor xBTD = run(context, selfDecoder, ids);
            Tensor normed = finalNorm(context.graph(), selfDecoder, xBTD);
            var sharing = new Layer(context, crossDecoder.block(), 0);
            Context.KeyValue shared = context.graph().within("shared", () -> sharing.share(normed));
            Context reading = context.reading(shared, picked.rows());
            Tensor read = layers(reading, crossDecoder, xBTD.gather(1, picked.index()), new ArrayList<>());
            if (!reading.state().isEmpty()) {
                throw new IllegalArgumentException(crossDecoder.name() + " remembers " + reading.state().keySet() + ", but it runs for single tokens of a row. "
                        + "Let its layers attend to Attend.shared(), and put what remembers into " + selfDecoder.name() + ".");
            }
            return read;
        });
    }

    /** What layers compute at the picked positions of each row (B, N, D), from the ids of all of them. */
    private interface Decoding {
        Tensor at(Context context, Tensor ids, Picked picked);
    }

    /**
     * Positions of each row whose logits are wanted.
     *
     * @param index (B, N, 1) among the tokens that are read
     * @param rows the same as rows of N tokens
     */
    private record Picked(Tensor index, Rows rows) {

        /** Each row's last token. */
        static Picked last(Rows of, Tensor newTokens) {
            Dim one = Dim.of(1);
            Tensor oneLess = newTokens.graph().constant(1, DType.INT, Shape.SCALAR);
            return new Picked(newTokens.minus(oneLess).reshape(Shape.of(B, one, one)), new Rows(one, of.lengths().minus(oneLess), of.lengths(), of.prefix()));
        }
    }

    private Decoding plain(Stack decoder) {
        return (context, ids, picked) -> run(context, decoder, ids).gather(1, picked.index());
    }

    private Model oneRow(Stack last, Decoding decoding) {
        Program train = train(last, graph -> {
            Tensor sourceLengths = lengths(graph, Names.SOURCE_LENGTHS);
            Tensor targetLengths = lengths(graph, Names.TARGET_LENGTHS);
            Dim time = S.plus(T);
            Rows rows = new Rows(time, zeros(graph), sourceLengths.plus(targetLengths), sourceLengths);
            Shape oneEach = Shape.of(B, Dim.of(1), Dim.of(1));
            Tensor ofTarget = graph.iota(Shape.of(Dim.of(1), T, Dim.of(1)), 1).plus(sourceLengths.reshape(oneEach));
            return decoding.at(Context.of(graph, Phase.TRAIN, rows, Optional.empty()), joined(graph, time),
                    new Picked(ofTarget, new Rows(T, sourceLengths, rows.lengths(), sourceLengths)));
        });

        var graph = new Graph("prefill");
        Tensor sourceLengths = lengths(graph, Names.SOURCE_LENGTHS);
        Tensor rowLengths = sourceLengths.plus(graph.constant(1, DType.INT, Shape.SCALAR));
        Rows rows = new Rows(S.plus(Dim.of(1)), zeros(graph), rowLengths, sourceLengths);
        Context context = Context.of(graph, Phase.PREFILL, rows, Optional.empty());
        Tensor logits = logits(graph, last, decoding.at(context, started(graph), Picked.last(rows, rowLengths)));
        return model(seesPrefix(logits) ? Model.Opening.OWN : Model.Opening.SOURCE_AND_START_TOKEN, train, context, logits, last, decoding);
    }

    private static boolean seesPrefix(Tensor logits) {
        return logits.graph().finish(Map.of(Names.LOGITS, logits)).tensors().stream()
                .anyMatch(t -> Attention.of(t.op()).filter(attention -> attention.segments().contains(Visibility.PREFIX)).isPresent());
    }

    /** Source and target of each row without a gap: position p holds source p, or target p - length. */
    private static Tensor joined(Graph graph, Dim time) {
        Tensor position = graph.iota(Shape.of(B, time), 1);
        Tensor sourceLengths = lengths(graph, Names.SOURCE_LENGTHS).reshape(Shape.of(B, Dim.of(1)));
        Tensor ofTarget = position.minus(sourceLengths).plus(graph.size(S)).min(graph.size(time.minus(Dim.of(1))));
        Tensor both = graph.concat(1, List.of(ids(graph, Names.SOURCE, S), ids(graph, Names.TARGET, T)));
        return both.gather(1, graph.where(position.less(sourceLengths), position, ofTarget));
    }

    /** (B, S + 1): the source, and the start token at each row's end. */
    private Tensor started(Graph graph) {
        Dim time = S.plus(Dim.of(1));
        Tensor start = graph.constant(startToken, DType.INT, Shape.of(B, Dim.of(1)));
        Tensor position = graph.iota(Shape.of(B, time), 1);
        Tensor sourceLengths = lengths(graph, Names.SOURCE_LENGTHS).reshape(Shape.of(B, Dim.of(1)));
        return graph.where(position.less(sourceLengths), graph.concat(1, List.of(ids(graph, Names.SOURCE, S), start)), start);
    }

    private interface Body {
        Tensor targets(Graph graph);
    }

    private Program train(Stack decoder, Body body) {
        var graph = new Graph("train");
        ids(graph, Names.SOURCE, S);
        lengths(graph, Names.SOURCE_LENGTHS);
        ids(graph, Names.TARGET, T);
        lengths(graph, Names.TARGET_LENGTHS);
        Tensor xBTD = body.targets(graph);
        return graph.finish(Map.of(Names.LOGITS, head(graph, decoder.block(), finalNorm(graph, decoder, xBTD))));
    }

    private Model model(Model.Opening opening, Program train, Context prefill, Tensor firstLogits, Stack last, Decoding decoding) {
        var step = new Graph("step");
        Tensor tokens = ids(step, Names.TOKENS, T);
        Tensor tokenLengths = lengths(step, Names.TOKEN_LENGTHS);
        Tensor pastLengths = lengths(step, Names.PAST_LENGTHS);
        Rows rows = new Rows(T, pastLengths, pastLengths.plus(tokenLengths), pastLengths);
        Context context = Context.of(step, Phase.STEP, rows, Optional.empty());
        Tensor logits = logits(step, last, decoding.at(context, tokens, Picked.last(rows, tokenLengths)));
        Program steps = finish(step, logits, context.state());

        var handedOn = new LinkedHashMap<>(prefill.state());
        var specs = new ArrayList<>(context.specs());
        steps.inputs().stream().filter(input -> Program.label(input).equals(Names.SOURCE_LENGTHS)).forEach(input -> {
            specs.add(new StateSpec(Names.SOURCE_LENGTHS, StateSpec.Role.PER_SOURCE, input.type()));
            handedOn.put(Names.SOURCE_LENGTHS, lengths(prefill.graph(), Names.SOURCE_LENGTHS));
        });
        // a backend that opens with a step would have to begin with zeros
        Model.Opening opened = prefill.fromSource().isEmpty() ? opening : Model.Opening.OWN;
        return new Model(architecture, vocabularySize, startToken, opened, specs, train, finish(prefill.graph(), firstLogits, handedOn), steps);
    }

    private static Program finish(Graph graph, Tensor logits, Map<String, Tensor> state) {
        var outputs = new LinkedHashMap<String, Tensor>();
        outputs.put(Names.LOGITS, logits);
        outputs.putAll(state);
        return graph.finish(outputs);
    }

    private Encoded encode(Graph graph, Phase phase, Stack encoder, Embeddings embeddings) {
        Tensor source = ids(graph, Names.SOURCE, S);
        Rows rows = new Rows(S, zeros(graph), lengths(graph, Names.SOURCE_LENGTHS), zeros(graph));
        Context context = Context.of(graph, phase, rows, Optional.empty());
        var states = new ArrayList<Tensor>();
        Tensor table = switch (embeddings) {
            case SHARED -> vocabulary(graph, encoder.block());
            case APART -> table(graph, encoder.block(), encoder.name() + ".embedding");
        };
        states.add(graph.embedding(table, source));
        layers(context, encoder, states.getFirst(), states);
        Tensor output = finalNorm(graph, encoder, states.getLast());
        Tensor gain = output.inputs().get(1); // the same gain wherever a layer asks for an earlier state
        return new Encoded(states, output, state -> graph.apply(new RmsNorm(encoder.block().normEpsilon()), state, gain));
    }

    /** The residual stream (B, T, D) after the last layer, before the final norm. */
    private Tensor run(Context context, Stack stack, Tensor ids) {
        Graph graph = context.graph();
        return layers(context, stack, graph.embedding(vocabulary(graph, stack.block()), ids), new ArrayList<>());
    }

    private static Tensor layers(Context context, Stack stack, Tensor from, List<Tensor> states) {
        Graph graph = context.graph();
        Tensor xBTD = from;
        for (int i = 0; i < stack.layers(); i++) {
            var layer = new Layer(context, stack.block(), i);
            Tensor before = xBTD;
            xBTD = graph.within(stack.name() + "." + i, () -> graph.tap("output", stack.body().apply(layer, before)));
            states.add(xBTD);
        }
        return xBTD;
    }

    private static Tensor finalNorm(Graph graph, Stack stack, Tensor xBTD) {
        return graph.within(stack.name() + ".norm", () -> Layer.norm(new Layer(Context.of(graph, Phase.TRAIN,
                new Rows(S, zeros(graph), zeros(graph), zeros(graph)), Optional.empty()), stack.block(), stack.layers()), xBTD));
    }

    /** (B, V) from what each row's last token became (B, 1, D): the head runs over one position only. */
    private Tensor logits(Graph graph, Stack last, Tensor xB1D) {
        return head(graph, last.block(), finalNorm(graph, last, xB1D)).reshape(Shape.of(B, Dim.of(vocabularySize)));
    }

    private Tensor head(Graph graph, Block block, Tensor xBTD) {
        return graph.within("head", () -> {
            Tensor logits = graph.apply(new Primitive.Linear(), xBTD, block.tied() ? vocabulary(graph, block) : table(graph, block, "head.weight"));
            return block.logitCap() > 0 ? graph.apply(new SoftCap(block.logitCap()), logits) : logits;
        });
    }

    private Tensor vocabulary(Graph graph, Block block) {
        return table(graph, block, "embedding");
    }

    private Tensor table(Graph graph, Block block, String name) {
        return graph.weight(new Parameter(name, Shape.of(vocabularySize, block.width()), new Initializer.Normal(Block.INITIAL_DEVIATION)));
    }

    private static Tensor ids(Graph graph, String name, Dim time) {
        return graph.input(name, DType.INT, Shape.of(B, time));
    }

    private static Tensor lengths(Graph graph, String name) {
        return graph.input(name, DType.INT, Shape.of(B));
    }

    private static Tensor zeros(Graph graph) {
        return graph.constant(0, DType.INT, Shape.of(B));
    }

    static boolean isZero(Tensor tensor) {
        return tensor.op() instanceof Leaf.Constant c && c.value() == 0;
    }
}
