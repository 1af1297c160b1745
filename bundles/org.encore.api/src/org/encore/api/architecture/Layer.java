package org.encore.api.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Initializer;
import org.encore.graph.Parameter;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.Attention;
import org.encore.graph.op.CappedAttention;
import org.encore.graph.op.Heads;
import org.encore.graph.op.Primitive;
import org.encore.graph.op.RmsNorm;
import org.encore.graph.op.Rope;
import org.encore.graph.op.SwiGlu;

/**
 * The parts that a layer is made of. Each takes a name that becomes part of its parameters' names, such as {@code decoder.7.cross.q.weight}.
 * The same body serves training, prefill and step: attention finds its caches by itself.
 */
public final class Layer {

    // B batch, T time of the queries, S time of the keys, D width, H heads, G key heads, K head size, F hidden

    private final Context context;
    private final Block block;
    private final int index;

    Layer(Context context, Block block, int index) {
        this.context = context;
        this.block = block;
        this.index = index;
    }

    /** Number of this layer in its stack, from 0. */
    public int index() {
        return index;
    }

    public Block block() {
        return block;
    }

    public Graph graph() {
        return context.graph();
    }

    /** A trained tensor of this layer's own. */
    public Tensor parameter(String name, Initializer initializer, long... shape) {
        return graph().weight(new Parameter(graph().path(name), Shape.of(shape), initializer));
    }

    /** RMSNorm over the width. */
    public Tensor norm(String name, Tensor xBTD) {
        return graph().within(name, () -> norm(this, xBTD));
    }

    static Tensor norm(Layer layer, Tensor xBTD) {
        Tensor gain = layer.parameter("gain", new Initializer.Constant(1), layer.block.width());
        return layer.graph().apply(new RmsNorm(layer.block.normEpsilon()), xBTD, gain);
    }

    /** x times a matrix, plus a bias if the block has biases: (…, in) to (…, out). */
    public Tensor linear(String name, Tensor x, int out) {
        return graph().within(name, () -> {
            var operands = new ArrayList<>(List.of(x, parameter("weight", new Initializer.Normal(Block.INITIAL_DEVIATION), out, x.shape().get(-1).size())));
            if (block.biases()) {
                operands.add(parameter("bias", new Initializer.Constant(0), out));
            }
            return graph().apply(new Primitive.Linear(), operands);
        });
    }

    /** The feed-forward part: (B, T, D) to (B, T, D). */
    public Tensor mlp(String name, Tensor xBTD) {
        return graph().within(name, () -> {
            Tensor hiddenBTF = switch (block.mlp()) {
                case SWIGLU -> graph().apply(new SwiGlu(), linear("gate", xBTD, block.hidden()), linear("up", xBTD, block.hidden()));
                case GEGLU -> linear("gate", xBTD, block.hidden()).geluTanh().times(linear("up", xBTD, block.hidden()));
                case GELU -> linear("up", xBTD, block.hidden()).geluTanh();
                case RELU -> linear("up", xBTD, block.hidden()).max(graph().constant(0));
            };
            return added(linear("down", hiddenBTF, block.width()));
        });
    }

    /** Attention with grouped heads and the block's positions: (B, T, D) to (B, T, D). */
    public Tensor attention(String name, Tensor xBTD, Attend attend) {
        return graph().within(name, () -> {
            Tensor qBHTK = split(linear("q", xBTD, block.heads() * block.headSize()), block.heads());
            boolean rotated = attend instanceof Attend.Over ? block.ropeInCross() : rotary();
            if (rotated) {
                qBHTK = rotate(qBHTK, attend instanceof Attend.Over ? context.positionsAfterSource() : context.positions());
            }
            Context.Keys keys = switch (attend) {
                case Attend.Over(Memory memory) -> context.perSource(sourceKeys(), () -> keysAndValues(memory.read(this, context.encoded()), rotated, true));
                case Attend.Causal(boolean prefix, int window) -> context.cached(keysAndValues(xBTD, rotated, false), prefix);
                case Attend.Shared() -> context.shared();
                case Attend.Bidirectional(int window) -> context.bidirectional(keysAndValues(xBTD, rotated, false));
            };
            var attention = new Attention(1 / Math.sqrt(block.headSize()), context.training() ? block.dropout() : 0, List.of(keys.visibility()), attend.window());
            List<Tensor> operands = keys.operands(qBHTK);
            if (block.positions() instanceof Positions.Relative relative && !(attend instanceof Attend.Over)) {
                operands.add(distances(relative, attend, keys));
            }
            Tensor mixedBHTK = graph().apply(block.scoreCap() > 0 ? new CappedAttention(attention, block.scoreCap()) : attention, operands);
            return added(linear("o", graph().apply(new Heads.MergeHeads(), mixedBHTK), block.width()));
        });
    }

    private boolean rotary() {
        return block.positions() instanceof Positions.Rotary;
    }

    /** What a part adds to the residual stream. */
    private Tensor added(Tensor xBTD) {
        return dropout(switch (block.norms()) {
            case PRE -> xBTD;
            case SANDWICH -> norm("after", xBTD);
        });
    }

    /** What is added to the scores (B or 1, H, T, S): computed by a stack's first layer, for all. */
    private Tensor distances(Positions.Relative relative, Attend attend, Context.Keys keys) {
        boolean bothWays = attend instanceof Attend.Bidirectional || attend instanceof Attend.Causal causal && causal.prefix();
        return context.once(bothWays, keys.key().shape().get(2), distances -> distances.bias(relative,
                parameter("distances", new Initializer.Normal(Block.INITIAL_DEVIATION), relative.buckets(), block.heads())));
    }

    /** Keys and values of all tokens, kept once for every layer of another stack. */
    Context.KeyValue share(Tensor xBTD) {
        Context.Keys keys = context.cached(keysAndValues(xBTD, rotary(), false), false);
        return new Context.KeyValue(keys.key(), keys.value());
    }

    private Context.KeyValue keysAndValues(Tensor xBSD, boolean rotated, boolean ofSource) {
        Tensor kBGSK = split(linear("k", xBSD, block.kvHeads() * block.headSize()), block.kvHeads());
        Tensor vBGSK = split(linear("v", xBSD, block.kvHeads() * block.headSize()), block.kvHeads());
        return new Context.KeyValue(rotated ? rotate(kBGSK, ofSource ? context.sourcePositions() : context.positions()) : kBGSK, vBGSK);
    }

    private Shape sourceKeys() {
        return Shape.of(Context.B, Dim.of(block.kvHeads()), Context.S, Dim.of(block.headSize()));
    }

    private Tensor split(Tensor x, int heads) {
        return graph().apply(new Heads.SplitHeads(heads), x);
    }

    private Tensor rotate(Tensor x, Tensor positions) {
        return graph().apply(new Rope(block.ropeTheta()), x, positions);
    }

    /**
     * A state that every token replaces, such as a recurrent network's; it begins with zeros. The same body serves training, where all tokens are
     * there at once, and generation, where a step brings the next.
     *
     * @param size of the state
     * @param body from the state before these tokens (B, size) to the state after each of them (B, T, size); what lies behind a row's own tokens
     *        must not reach them
     * @return the state after each token (B, T, size)
     */
    public Tensor recurrent(String name, int size, UnaryOperator<Tensor> body) {
        return graph().within(name, () -> context.recurrent("h", size, Optional.empty(), body));
    }

    /** The same, beginning with something computed from the source. Only in a decoder of {@link Build#sequenceToSequence}. */
    public Tensor recurrent(String name, int size, Start start, UnaryOperator<Tensor> body) {
        return graph().within(name, () -> context.recurrent("h", size, Optional.of(() -> start.read(this, context.encoded())), body));
    }

    /** (B) how many tokens of each row are there; what lies behind them is padding. */
    public Tensor lengths() {
        return context.newTokens();
    }

    /** (B) how many tokens each source has; not at hand in the steps of a model that does not otherwise need it. */
    public Tensor sourceLengths() {
        return context.sourceLengths();
    }

    /** In training: the block's dropout. Elsewhere: nothing. */
    public Tensor dropout(Tensor x) {
        return context.training() && block.dropout() > 0 ? graph().apply(new Primitive.Dropout(block.dropout()), x) : x;
    }

    /** Names a tensor for inspection. */
    public Tensor tap(String name, Tensor x) {
        return graph().tap(name, x);
    }
}
