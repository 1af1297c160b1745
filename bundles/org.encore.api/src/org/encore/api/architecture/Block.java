package org.encore.api.architecture;

import org.encore.api.option.Option;

/**
 * What the layers of a transformer have in common. Sizes: D width, H heads, G kvHeads, K headSize, F hidden.
 *
 * @param width D
 * @param heads H
 * @param kvHeads G; equal to heads for plain multi-head attention
 * @param headSize K; the inner width of attention is H * K and need not be D
 * @param mlp form of the feed-forward part
 * @param expansion F / D
 * @param biases whether the linear layers of attention and feed-forward have biases
 * @param tied whether the output head is the token embedding
 * @param ropeTheta base of the rotary wavelengths
 * @param ropeInCross whether cross-attention is rotated too, its positions running on from source to target (arXiv 2510.26622)
 * @param dropout in training, on attention weights and on what each part adds
 * @param normEpsilon what RMSNorm adds to the mean square
 * @param positions how attention knows where a token stands
 * @param norms where they stand
 * @param scoreCap soft cap of attention scores ({@link org.encore.graph.op.SoftCap}); 0 for none
 * @param logitCap soft cap of logits; 0 for none
 */
public record Block(
        @Option(value = "128", help = "size of a token's vector (D)") int width,
        @Option(value = "4", help = "query heads of each attention (H)") int heads,
        @Option(value = "2", help = "key and value heads, each shared by heads / kvHeads query heads (G)") int kvHeads,
        @Option(value = "32", help = "size of one head (K), an even number") int headSize,
        @Option(value = "swiglu", help = "feed-forward form: swiglu or geglu (three matrices), gelu (two, tanh form, as in arXiv 2501.16273) or relu (two)") Mlp mlp,
        @Option(value = "2.6667", help = "feed-forward size over width (F / D), rounded; to a multiple of 8 from width 256 on") double expansion,
        @Option(value = "false", help = "biases in attention and feed-forward") boolean biases,
        @Option(value = "true", help = "use the token embedding as output head") boolean tied,
        @Option(value = "10000", help = "base of the rotary wavelengths") double ropeTheta,
        @Option(value = "false", help = "rotate cross-attention too") boolean ropeInCross,
        @Option(value = "0.0", help = "dropout probability in training") double dropout,
        @Option(value = "1e-6", help = "what RMSNorm adds to the mean square; Llama models have 1e-5") double normEpsilon,
        @Option(value = "rotary", help = "how attention knows where a token stands: rotary, or relative, a learnt number for each distance and head as in T5") Positions positions,
        @Option(value = "pre", help = "RMSNorm before each part of a layer (pre), or before and after (sandwich), as in Gemma 2") Norms norms,
        @Option(value = "0", help = "soft cap of attention scores; 0 for none, Gemma 2 has 50") double scoreCap,
        @Option(value = "0", help = "soft cap of logits; 0 for none, Gemma 2 has 30") double logitCap) {

    /** Forms of the feed-forward part. */
    public enum Mlp {
        /** down(silu(gate(x)) * up(x)), arXiv 2002.05202. */
        SWIGLU,
        /** down(gelu(gate(x)) * up(x)), tanh form, arXiv 2002.05202; T5 1.1 has it. */
        GEGLU,
        /** down(gelu(up(x))), tanh form. */
        GELU,
        /** down(max(up(x), 0)); T5 has it. */
        RELU
    }

    /** Where a layer's norms stand. */
    public enum Norms {
        /** Before each part. */
        PRE,
        /** Before each part, and on what it adds (Gemma 2, arXiv 2408.00118, section 2). */
        SANDWICH
    }

    /** RMSNorm's usual epsilon, as in the paper's released code. */
    public static final double NORM_EPSILON = 1e-6;
    /** Standard deviation of the starting weights, as in the paper's released code. */
    public static final double INITIAL_DEVIATION = 0.02;

    /** Width below which the feed-forward size is not rounded to a multiple of 8. */
    private static final int SMALL = 256;

    public Block {
        if (width < 1 || heads < 1 || kvHeads < 1 || headSize < 2) {
            throw new IllegalArgumentException("width " + width + ", heads " + heads + ", kvHeads " + kvHeads + " and headSize " + headSize
                    + " must be positive, headSize at least 2");
        }
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(heads + " heads cannot share " + kvHeads + " kvHeads evenly. Make heads a multiple of kvHeads.");
        }
        if (headSize % 2 != 0 && (positions instanceof Positions.Rotary || ropeInCross)) {
            throw new IllegalArgumentException("headSize " + headSize + " is odd, but rotary embedding turns pairs. Give an even headSize.");
        }
        if (!(expansion > 0)) {
            throw new IllegalArgumentException("expansion " + expansion + " leaves no feed-forward part. Give a positive number.");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout " + dropout + " is no probability below 1");
        }
        if (!(scoreCap >= 0 && logitCap >= 0)) {
            throw new IllegalArgumentException("scoreCap " + scoreCap + " and logitCap " + logitCap + ": give positive numbers, or 0 for none");
        }
        if (!(normEpsilon > 0 && normEpsilon < 1)) {
            throw new IllegalArgumentException("normEpsilon " + normEpsilon + ": give a small positive number, such as 1e-6");
        }
    }

    /** With the usual epsilon, rotary positions and norms before each part. */
    public Block(int width, int heads, int kvHeads, int headSize, Mlp mlp, double expansion, boolean biases, boolean tied, double ropeTheta,
            boolean ropeInCross, double dropout) {
        this(width, heads, kvHeads, headSize, mlp, expansion, biases, tied, ropeTheta, ropeInCross, dropout, NORM_EPSILON, new Positions.Rotary(), Norms.PRE, 0, 0);
    }

    /** F, the inner size of the feed-forward part: a multiple of 8 where kernels gain from it, any number in small models, so that they can be matched. */
    public int hidden() {
        int multiple = width >= SMALL ? 8 : 1;
        return Math.max(1, (int) Math.round(width * expansion / multiple)) * multiple;
    }

    public Block withWidth(int newWidth) {
        return new Block(newWidth, heads, kvHeads, headSize, mlp, expansion, biases, tied, ropeTheta, ropeInCross, dropout, normEpsilon, positions,
                norms, scoreCap, logitCap);
    }
}
