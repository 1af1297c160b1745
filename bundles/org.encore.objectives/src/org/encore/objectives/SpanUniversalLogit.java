package org.encore.objectives;

/**
 * Universal logit distillation by spans of text, for a teacher that cuts text into other tokens than the student (the extended ULD loss of GOLD,
 * released in {@code huggingface/trl}; the distance of ranks is that of Boizard et al. 2024, arXiv 2402.12030). The tokens of both are grouped into the
 * smallest spans of the target's text that begin and end at a token of each. Of a span with the tokens y_1 to y_n the distribution over its first token v
 * is weighed with the probability of the rest as it is written, {@code p(v) p(y_2) ... p(y_n)}, of the teacher in its tokens and of the student in its
 * own; the two are sorted and compared rank by rank, sum of |p - q|, from 0 to 2. The loss is the mean over the spans; the end token is a span by itself.
 * Where both write all spans as one token it is {@link UniversalLogit}.
 *
 * <p>The smaller vocabulary has tokens of probability 0 in the place of those that it lacks. Of a teacher's k likeliest tokens and its tail, k at most the smaller
 * vocabulary, the tails are compared as one symbol.
 */
public final class SpanUniversalLogit extends Distillation<UniversalLogit.Options> {

    @Override
    public Class<UniversalLogit.Options> optionsType() {
        return UniversalLogit.Options.class;
    }

    @Override
    public boolean bySpans(UniversalLogit.Options options) {
        return true;
    }

    @Override
    Divergence divergence(UniversalLogit.Options options) {
        return new Divergence.Distance();
    }

    @Override
    Meeting meeting() {
        return Meeting.SPANS;
    }
}
