package org.encore.objectives;

import org.encore.graph.Tensor;

/**
 * How far a student's distribution q is from a teacher's p, in nats. Both come as natural logarithms over the same symbols along the last axis;
 * the symbols are tokens, or some tokens and one symbol for all others.
 */
sealed interface Divergence {

    /** Below it a mixture is 0 in single precision; a floor keeps its logarithm finite where neither distribution has any mass. */
    double LEAST = 1e-30;

    /**
     * The divergence at every position.
     *
     * @param logP (B, T, N)
     * @param logQ (B, T, N)
     * @return (B, T, 1), not negative
     */
    Tensor of(Tensor logP, Tensor logQ);

    /** Sum of p log(p/q): the student has to cover whatever the teacher holds possible. */
    record ForwardKl() implements Divergence {
        @Override
        public Tensor of(Tensor logP, Tensor logQ) {
            return kl(logP, logQ);
        }
    }

    /** Sum of q log(q/p): the student must not hold possible what the teacher excludes. */
    record ReverseKl() implements Divergence {
        @Override
        public Tensor of(Tensor logP, Tensor logQ) {
            return kl(logQ, logP);
        }
    }

    /** beta KL(p, m) + (1 - beta) KL(q, m) with m = beta p + (1 - beta) q (Agarwal et al. 2023, arXiv 2306.13649). */
    record JensenShannon(double beta) implements Divergence {
        @Override
        public Tensor of(Tensor logP, Tensor logQ) {
            Tensor logM = mixture(logP, beta, logQ);
            return kl(logP, logM).times(beta).plus(kl(logQ, logM).times(1 - beta));
        }
    }

    /** KL(p, skew p + (1 - skew) q) (Ko et al. 2024, arXiv 2402.03898); at most -log(skew). */
    record SkewKl(double skew) implements Divergence {
        @Override
        public Tensor of(Tensor logP, Tensor logQ) {
            return kl(logP, mixture(logP, skew, logQ));
        }
    }

    /** KL(q, (1 - skew) p + skew q) (Ko et al. 2024, arXiv 2402.03898); at most -log(skew). */
    record SkewReverseKl(double skew) implements Divergence {
        @Override
        public Tensor of(Tensor logP, Tensor logQ) {
            return kl(logQ, mixture(logQ, skew, logP));
        }
    }

    /** Half the sum of |p - q|, from 0 to 1. */
    record TotalVariation() implements Divergence {
        @Override
        public Tensor of(Tensor logP, Tensor logQ) {
            Tensor difference = logP.exp().minus(logQ.exp());
            return difference.max(difference.times(-1)).sum(-1).times(0.5);
        }
    }

    /** Sum of |p - q|, from 0 to 2; over ranks it is the distance of arXiv 2402.12030. */
    record Distance() implements Divergence {
        @Override
        public Tensor of(Tensor logP, Tensor logQ) {
            return new TotalVariation().of(logP, logQ).times(2);
        }
    }

    private static Tensor kl(Tensor logA, Tensor logB) {
        return logA.exp().times(logA.minus(logB)).sum(-1);
    }

    /** Logarithm of share a + (1 - share) b. */
    private static Tensor mixture(Tensor logA, double share, Tensor logB) {
        Tensor mixed = logA.exp().times(share).plus(logB.exp().times(1 - share));
        return mixed.max(mixed.graph().constant(LEAST)).log();
    }
}
