package org.encore.modelled.advice;

import java.util.List;

import org.encore.api.device.Card;

/**
 * What advice is asked about.
 *
 * @param read tokens of a request's source, n
 * @param generate tokens of its answer, m, at least 2
 * @param vocabulary of the models
 * @param sizes names of presets that come into question
 * @param card of the device
 * @param here whether that is this machine, where measurements count
 * @param precisions that come into question, as in files: fp32, int8
 * @param limits that must be kept
 * @param limited whether one of them was asked for, beside the device's memory
 */
public record Question(int read, int generate, int vocabulary, List<String> sizes, Card card, boolean here, List<String> precisions, Limits limits,
        boolean limited) {

    public Question {
        sizes = List.copyOf(sizes);
        precisions = List.copyOf(precisions);
        if (read < 1 || generate < 2) {
            throw new IllegalArgumentException(read + " tokens read and " + generate + " generated: give at least 1 and 2");
        }
    }

    /**
     * What must be kept; infinite where nothing is asked.
     *
     * @param bytes of weights and caches
     * @param firstMillis to the first token
     * @param laterMillis of each later token
     * @param requestMillis of a whole request
     */
    public record Limits(double bytes, double firstMillis, double laterMillis, double requestMillis) {

        public Limits {
            check("memory", bytes);
            check("the time to the first token", firstMillis);
            check("the time of each later token", laterMillis);
            check("the time of a request", requestMillis);
        }

        private static void check(String what, double most) {
            if (!(most > 0)) {
                throw new IllegalArgumentException("at most " + most + " for " + what + ": give a positive number");
            }
        }

        /** Whether a time is limited. */
        public boolean ofTime() {
            return Double.isFinite(firstMillis) || Double.isFinite(laterMillis) || Double.isFinite(requestMillis);
        }
    }
}
