package org.encore.modelled.advice;

import java.util.Locale;

/**
 * A model in a precision, and what is known of it.
 *
 * @param precision as in files: fp32, int8, mixed
 */
public record Offer(Candidate candidate, String precision, Times times) {

    /** Whether it keeps the limits with all of its interval. */
    public boolean keeps(Question.Limits limits) {
        Times.Upper upper = times.upper();
        return times.bytes() <= limits.bytes() && upper.first() <= limits.firstMillis() && upper.later() <= limits.laterMillis()
                && upper.request() <= limits.requestMillis();
    }

    /** By how much it breaks the limit that it breaks most: 1 if it keeps all. */
    double excess(Question.Limits limits) {
        Times.Upper upper = times.upper();
        return Math.max(1, Math.max(Math.max(times.bytes() / limits.bytes(), upper.first() / limits.firstMillis()), Math.max(upper.later() / limits.laterMillis(),
                upper.request() / limits.requestMillis())));
    }

    /** What it is, in words. */
    public String words() {
        return String.format(Locale.ROOT, "%s of %s layers (%s, %,d parameters) in %s", candidate.architecture(), candidate.layers(), candidate.size(),
                candidate.model().parameterCount(), precision);
    }
}
