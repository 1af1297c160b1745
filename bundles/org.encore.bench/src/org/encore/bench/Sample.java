package org.encore.bench;

import java.util.Optional;

/**
 * One turn of one model.
 *
 * @param contestant id
 * @param repeat from 0
 * @param firstTokenMillis from the call with the source to the first chosen token
 * @param perTokenMillis mean of the later tokens
 * @param evidence of what else went on, around this turn and those before it that have none of their own: short turns share a reading
 */
public record Sample(String contestant, int repeat, double firstTokenMillis, double perTokenMillis, Optional<Evidence> evidence) {

    double of(Quantity quantity) {
        return switch (quantity) {
            case FIRST_TOKEN -> firstTokenMillis;
            case PER_TOKEN -> perTokenMillis;
        };
    }
}
