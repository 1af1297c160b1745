package org.encore.compare;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.api.Counted;
import org.encore.bench.statistics.SignFlipTest;
import org.encore.compare.Contrast.Basis;
import org.encore.compare.Contrast.Word;
import org.jspecify.annotations.Nullable;

/** Contrasts as sentences. A sentence that claims nothing about architectures says so. */
final class Words {

    private static final double SMALL = 0.1;

    private Words() {}

    /** A difference of scores, in the words of its verdict. */
    static String quality(Contrast c) {
        String points = c.quantity().toUpperCase(Locale.ROOT) + (c.unit().equals("%") ? " points" : "");
        String on = place(c.place()) + (c.basis() == Basis.EXAMPLES ? " on these two models" : "");
        String within = " are equivalent" + on + " within " + plain(c.margin()) + " " + points;
        String better = c.difference() < 0 == c.lowerIsBetter() ? c.first() : c.second();
        return switch (c.verdict()) {
            case BETTER -> c.first() + " is better than " + c.second() + on + " by " + size(c, points) + behind(c, true);
            case WORSE -> c.first() + " is worse than " + c.second() + on + " by " + size(c, points) + behind(c, true);
            case EQUIVALENT -> c.first() + " and " + c.second() + within + ": difference " + difference(c) + behind(c, false);
            case EQUIVALENT_BUT_DIFFERENT -> c.first() + " and " + c.second() + within + ", though " + better + " is measurably better: difference " + difference(c)
                    + behind(c, false);
            case INCONCLUSIVE -> c.first() + " against " + c.second() + on + ": inconclusive, difference " + difference(c) + " " + points + behind(c, true);
        };
    }

    /** How much more the first two differ than the others, as gains: what is better is more, whichever way the metric goes. */
    static String interaction(Contrast c, Question question) {
        String points = c.quantity().toUpperCase(Locale.ROOT) + (c.unit().equals("%") ? " points" : "");
        Contrast gain = c.lowerIsBetter() ? c.turned() : c;
        String more = c.difference() < 0 == c.lowerIsBetter() ? "more" : "less";
        String said = String.format(Locale.ROOT, "%s gains %s %s over %s, and %s %s over %s", question.first(), number(gain.firstValue()), points, question.second(),
                question.against().get(0), number(gain.secondValue()), question.against().get(1));
        return said + switch (c.verdict()) {
            case BETTER, WORSE -> ": " + more + " by " + size(c, points) + behind(c, true);
            case EQUIVALENT -> ": equivalent gains within " + plain(c.margin()) + " " + points + ", difference " + difference(gain) + behind(c, false);
            case EQUIVALENT_BUT_DIFFERENT -> ": equivalent gains within " + plain(c.margin()) + " " + points + ", though measurably " + more + ", difference "
                    + difference(gain) + behind(c, false);
            case INCONCLUSIVE -> ": which of the gains is larger is inconclusive, difference " + difference(gain) + " " + points + behind(c, true);
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < SMALL ? "%.3f" : "%.2f", value);
    }

    private static String size(Contrast c, String points) {
        return c.difference() < 0 ? difference(-c.difference(), minus(c.high()), minus(c.low()), " " + points)
                : difference(c.difference(), c.low(), c.high(), " " + points);
    }

    private static String difference(Contrast c) {
        return difference(c.difference(), c.low(), c.high(), "");
    }

    /** Two decimals, or three if all of it is small. */
    private static String difference(double value, @Nullable Double low, @Nullable Double high, String points) {
        double size = low == null || high == null ? Math.abs(value) : Math.max(Math.abs(low), Math.abs(high));
        String number = size < SMALL ? "%.3f" : "%.2f";
        return String.format(Locale.ROOT, number, value) + points
                + (low == null || high == null ? " [too few for an interval]" : String.format(Locale.ROOT, " [" + number + ", " + number + "]", low, high));
    }

    private static String behind(Contrast c, boolean margin) {
        String fixed = margin && c.margin() > 0 ? ", margin " + plain(c.margin()) : "";
        return " (n = " + String.format(Locale.ROOT, "%,d ", c.count()) + switch (c.basis()) {
            case SEEDS -> (c.count() == 1 ? "seed" : "seeds") + fixed;
            case EXAMPLES -> "examples" + fixed + "; one seed each: nothing about architectures";
            case REPEATS -> "pairs" + fixed;
        } + ")";
    }

    /** A ratio of times: how many times longer the second takes. */
    static String speed(String first, String second, Map<String, String> place, boolean firstToken, double ratio, @Nullable Double low, @Nullable Double high,
            Word verdict, int count, boolean noise) {
        String what = firstToken ? "the first token" : "each later token";
        String times = String.format(Locale.ROOT, "%.2fx", ratio) + ratioInterval(low, high);
        String behind = " (n = " + Counted.of(count, "pair") + ")";
        return switch (verdict) {
            case BETTER -> first + " reaches " + what + place(place) + " " + times + " sooner than " + second + behind;
            case WORSE -> second + " reaches " + what + place(place) + " " + inverse(ratio, low, high) + " sooner than " + first + behind;
            case EQUIVALENT, EQUIVALENT_BUT_DIFFERENT -> first + " and " + second + " take the same time to " + what + place(place) + ": ratio " + times + behind;
            case INCONCLUSIVE -> first + " and " + second + place(place) + ": " + (low == null ? "too few pairs to compare the time to " + what
                    : noise ? "no more difference in the time to " + what + " than one model has from itself" : "no difference seen in the time to " + what)
                    + ", ratio " + times + behind;
        };
    }

    /** What the test of the question says, with the smallest p that so many seeds can give. */
    static String test(SignFlipTest test) {
        return String.format(Locale.ROOT, "; p = %.3g by the %s, %s", test.p(), test.exact() ? "exact sign-flip test" : "sign-flip test over drawn signs",
                test.p() <= test.floor() * (1 + 1e-9) ? "the smallest that so many seeds can reach" : String.format(Locale.ROOT, "of at least %.3g", test.floor()));
    }

    private static String inverse(double ratio, @Nullable Double low, @Nullable Double high) {
        return String.format(Locale.ROOT, "%.2fx", 1 / ratio) + (low == null || high == null ? ratioInterval(null, null) : ratioInterval(1 / high, 1 / low));
    }

    private static String ratioInterval(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null ? " [too few pairs for an interval]" : String.format(Locale.ROOT, " [%.2f, %.2f]", low, high);
    }

    private static String place(Map<String, String> place) {
        return place.isEmpty() ? "" : " at " + place.entrySet().stream().map(axis -> axis.getKey() + " " + axis.getValue()).collect(Collectors.joining(", "));
    }

    private static @Nullable Double minus(@Nullable Double value) {
        return value == null ? null : (Double) (-value);
    }

    /** As a person would write it: 1, 0.5. */
    private static String plain(double value) {
        return new java.math.BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
