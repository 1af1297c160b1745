package org.encore.distill;

import java.nio.FloatBuffer;
import java.util.List;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;

/** Generation by several models that are given the same tokens: its scores are logarithms of the mean. */
final class EnsembleGenerator implements Generator {

    private final List<Generator> members;
    private final EnsembleTeacher.Mean mean;

    EnsembleGenerator(List<Generator> members, EnsembleTeacher.Mean mean) {
        this.members = List.copyOf(members);
        this.mean = mean;
    }

    @Override
    public Logits start(int[][] sources) {
        return mean(members.stream().map(member -> member.start(sources)).toList());
    }

    @Override
    public Logits next(int[] tokens) {
        return mean(members.stream().map(member -> member.next(tokens)).toList());
    }

    private Logits mean(List<Logits> all) {
        int rows = all.getFirst().rows();
        int vocabulary = all.getFirst().vocabulary();
        FloatBuffer values = FloatBuffer.allocate(rows * vocabulary);
        for (int row = 0; row < rows; row++) {
            var sum = new double[vocabulary];
            for (Logits one : all) {
                double normalizer = normalizer(one, row);
                for (int token = 0; token < vocabulary; token++) {
                    double log = one.get(row, token) - normalizer;
                    sum[token] += mean == EnsembleTeacher.Mean.PROBABILITY ? Math.exp(log) : log;
                }
            }
            for (int token = 0; token < vocabulary; token++) {
                double value = sum[token] / all.size();
                values.put(row * vocabulary + token, (float) (mean == EnsembleTeacher.Mean.PROBABILITY ? Math.log(value) : value));
            }
        }
        return new Logits(rows, vocabulary, values);
    }

    private static double normalizer(Logits logits, int row) {
        double max = Double.NEGATIVE_INFINITY;
        for (int token = 0; token < logits.vocabulary(); token++) {
            max = Math.max(max, logits.get(row, token));
        }
        double sum = 0;
        for (int token = 0; token < logits.vocabulary(); token++) {
            sum += Math.exp(logits.get(row, token) - max);
        }
        return max + Math.log(sum);
    }

    @Override
    public void select(int[] rows) {
        members.forEach(member -> member.select(rows));
    }

    @Override
    public void rewind(int tokens) {
        members.forEach(member -> member.rewind(tokens));
    }

    @Override
    public int rows() {
        return members.getFirst().rows();
    }

    @Override
    public void close() {
        members.forEach(Generator::close);
    }
}
