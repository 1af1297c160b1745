package org.encore.bench;

import java.util.List;
import java.util.Optional;

import org.encore.bench.workload.Served;

/**
 * One turn of one model.
 *
 * @param contestant id
 * @param repeat from 0
 * @param firstTokenMillis from a request to its first chosen token; the mean over the turn's requests
 * @param perTokenMillis mean of the later tokens
 * @param laterMillis of each later token, in order
 * @param requests of the turn, in order; empty if they were not taken down
 * @param evidence of what else went on, around this turn and those before it that have none of their own: short turns share a reading
 */
public record Sample(String contestant, int repeat, double firstTokenMillis, double perTokenMillis, List<Double> laterMillis, List<Served> requests,
        Optional<Evidence> evidence) {

    public Sample {
        laterMillis = List.copyOf(laterMillis);
        requests = List.copyOf(requests);
    }

    /** Without the times of single tokens. */
    public Sample(String contestant, int repeat, double firstTokenMillis, double perTokenMillis, Optional<Evidence> evidence) {
        this(contestant, repeat, firstTokenMillis, perTokenMillis, List.of(), List.of(), evidence);
    }

    /** Of the requests of a turn, at least one, each with one later token at least. */
    static Sample of(String contestant, int repeat, List<Served> requests, Optional<Evidence> evidence) {
        List<Double> later = requests.stream().flatMap(request -> request.laterMillis().stream()).toList();
        return new Sample(contestant, repeat, requests.stream().mapToDouble(Served::firstTokenMillis).average().orElseThrow(),
                later.stream().mapToDouble(Double::doubleValue).average().orElseThrow(), later, requests, evidence);
    }

    /** A whole request; the mean over the turn's requests. */
    public double endToEndMillis() {
        return firstTokenMillis + laterMillis.size() * perTokenMillis / Math.max(1, requests.size());
    }

    double of(Quantity quantity) {
        return switch (quantity) {
            case FIRST_TOKEN -> firstTokenMillis;
            case PER_TOKEN -> perTokenMillis;
        };
    }
}
