package org.encore.bench;

/**
 * One turn of one model.
 *
 * @param contestant id
 * @param repeat from 0
 * @param firstTokenMillis from the call with the source to the first chosen token
 * @param perTokenMillis mean of the later tokens
 */
public record Sample(String contestant, int repeat, double firstTokenMillis, double perTokenMillis) {

    double of(Quantity quantity) {
        return switch (quantity) {
            case FIRST_TOKEN -> firstTokenMillis;
            case PER_TOKEN -> perTokenMillis;
        };
    }
}
