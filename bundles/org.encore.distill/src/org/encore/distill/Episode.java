package org.encore.distill;

import java.util.ArrayList;
import java.util.List;

import org.encore.api.training.Guidance;

/**
 * What a student wrote, and what the teacher said of it.
 *
 * @param pair index of the training pair whose source it answers
 * @param output token ids, without start and end token
 * @param said of the teacher, at each position of the output and at its end
 */
public record Episode(int pair, int[] output, Guidance.Top said) {

    /** Numbers from which {@link #read} makes them again, bit for bit: ids are whole numbers below 2^24, which single precision holds. */
    public static float[] numbers(List<Episode> episodes) {
        int size = 0;
        for (Episode episode : episodes) {
            size += 3 + episode.output().length + (episode.output().length + 1) * (2 * episode.said().k() + 1);
        }
        var numbers = new float[size];
        int at = 0;
        for (Episode episode : episodes) {
            Guidance.Top said = episode.said();
            numbers[at++] = episode.pair();
            numbers[at++] = episode.output().length;
            numbers[at++] = said.k();
            for (int token : episode.output()) {
                numbers[at++] = token;
            }
            for (long token : said.tokens()) {
                numbers[at++] = token;
            }
            System.arraycopy(said.logProbabilities(), 0, numbers, at, said.logProbabilities().length);
            at += said.logProbabilities().length;
            System.arraycopy(said.tail(), 0, numbers, at, said.tail().length);
            at += said.tail().length;
        }
        return numbers;
    }

    /**
     * The episodes of {@link #numbers}.
     *
     * @throws IllegalArgumentException if the numbers end within one
     */
    public static List<Episode> read(float[] numbers) {
        var episodes = new ArrayList<Episode>();
        int at = 0;
        while (at < numbers.length) {
            int length = at + 3 > numbers.length ? -1 : (int) numbers[at + 1];
            int k = length < 0 ? 0 : (int) numbers[at + 2];
            long size = 3L + length + (length + 1L) * (2L * k + 1);
            if (length < 0 || k < 1 || at + size > numbers.length) {
                throw new IllegalArgumentException("what the student wrote before is cut off after " + episodes.size() + " outputs");
            }
            int pair = (int) numbers[at];
            at += 3;
            var output = new int[length];
            for (int i = 0; i < length; i++) {
                output[i] = (int) numbers[at++];
            }
            var tokens = new long[(length + 1) * k];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (long) numbers[at++];
            }
            var logs = java.util.Arrays.copyOfRange(numbers, at, at + tokens.length);
            at += tokens.length;
            var tail = java.util.Arrays.copyOfRange(numbers, at, at + length + 1);
            at += length + 1;
            episodes.add(new Episode(pair, output, new Guidance.Top(k, tokens, logs, tail)));
        }
        return episodes;
    }

    /** What the teacher said of several, as a batch has it. @param time T, at least the longest output and its end */
    public static Guidance.Top together(List<Episode> episodes, int time) {
        int k = episodes.getFirst().said().k();
        var tokens = new long[episodes.size() * time * k];
        var logs = new float[tokens.length];
        var tail = new float[episodes.size() * time];
        for (int row = 0; row < episodes.size(); row++) {
            Guidance.Top said = episodes.get(row).said();
            System.arraycopy(said.tokens(), 0, tokens, row * time * k, said.tokens().length);
            System.arraycopy(said.logProbabilities(), 0, logs, row * time * k, said.logProbabilities().length);
            System.arraycopy(said.tail(), 0, tail, row * time, said.tail().length);
        }
        return new Guidance.Top(k, tokens, logs, tail);
    }
}
