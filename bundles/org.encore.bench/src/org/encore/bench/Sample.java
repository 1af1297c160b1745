package org.encore.bench;

import java.util.List;
import java.util.Optional;

/**
 * One turn of one model.
 *
 * @param contestant id
 * @param repeat from 0
 * @param firstTokenMillis from the call with the source to the first chosen token
 * @param perTokenMillis mean of the later tokens
 * @param laterMillis of each later token, in order
 * @param evidence of what else went on, around this turn and those before it that have none of their own: short turns share a reading
 */
public record Sample(String contestant, int repeat, double firstTokenMillis, double perTokenMillis, List<Double> laterMillis,
        Optional<Evidence> evidence) {

    public Sample {
        laterMillis = List.copyOf(laterMillis);
    }

    /** Without the times of single tokens. */
    public Sample(String contestant, int repeat, double firstTokenMillis, double perTokenMillis, Optional<Evidence> evidence) {
        this(contestant, repeat, firstTokenMillis, perTokenMillis, List.of(), evidence);
    }

    /** The whole request. */
    public double endToEndMillis() {
        return firstTokenMillis + laterMillis.size() * perTokenMillis;
    }


    double of(Quantity quantity) {
        return switch (quantity) {
            case FIRST_TOKEN -> firstTokenMillis;
            case PER_TOKEN -> perTokenMillis;
        };
    }
}
