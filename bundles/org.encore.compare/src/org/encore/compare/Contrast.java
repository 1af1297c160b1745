package org.encore.compare;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Two things compared in one respect: plain values, so that it can be kept as JSON, and the sentence that it amounts to.
 *
 * @param subject quality, an interaction, or speed
 * @param first name of the one, the better one of a question first; of an interaction a difference, such as {@code (a − b)}
 * @param second name of the other
 * @param place where both stand on the other axes; empty for all of them together, or if there are none
 * @param quantity metric id, firstTokenMillis or perTokenMillis
 * @param split of a metric; empty for times
 * @param unit of a difference; empty for a ratio
 * @param lowerIsBetter whether less of the quantity is better
 * @param firstValue mean score, mean difference of scores, or median time in ms
 * @param secondValue likewise
 * @param difference first minus second for quality and interactions; how many times longer the second takes for speed
 * @param low lower end of its 95 % interval; null if there is none
 * @param high upper end
 * @param count number of pairs behind it
 * @param basis what is paired
 * @param verdict what may be said
 * @param margin fixed beforehand; 0 for none
 * @param primary whether this is the question that the experiment asked beforehand
 * @param p of the exact sign-flip test, for the primary question over seeds; null otherwise
 * @param floor the smallest p that so many pairs can reach
 * @param words the whole in a sentence
 */
public record Contrast(Subject subject, String first, String second, Map<String, String> place, String quantity, String split, String unit,
        boolean lowerIsBetter, double firstValue, double secondValue, double difference, @Nullable Double low, @Nullable Double high, int count,
        Basis basis, Word verdict, double margin, boolean primary, @Nullable Double p, @Nullable Double floor, String words) {

    /** What is compared. */
    public enum Subject {
        /** Scores of two variants. */
        QUALITY,
        /** The difference of two variants' scores, against the difference of two others'. */
        INTERACTION,
        /** Times. */
        SPEED
    }

    /** What is paired, and so what a claim may be about: seeds stand for architectures, examples and repeats for these very models. */
    public enum Basis { SEEDS, EXAMPLES, REPEATS }

    /** A verdict in a word, of the first against the second. */
    public enum Word { BETTER, WORSE, EQUIVALENT, EQUIVALENT_BUT_DIFFERENT, INCONCLUSIVE }

    /** Whether it is about scores, in their unit. */
    public boolean ofScores() {
        return subject != Subject.SPEED;
    }

    /** Whether something was shown: a difference, or that there is none that matters. */
    public boolean decided() {
        return verdict != Word.INCONCLUSIVE;
    }

    /** The same with signs exchanged, such as a gain for a difference of error rates. */
    Contrast turned() {
        return new Contrast(subject, first, second, place, quantity, split, unit, !lowerIsBetter, 0 - firstValue, 0 - secondValue, 0 - difference,
                high == null ? null : (Double) (0 - high), low == null ? null : (Double) (0 - low), count, basis, verdict, margin, primary, p, floor, words);
    }

    /** The same, in these words. */
    Contrast saying(String sentence) {
        return new Contrast(subject, first, second, place, quantity, split, unit, lowerIsBetter, firstValue, secondValue, difference, low, high, count, basis, verdict,
                margin, primary, p, floor, sentence);
    }
}
