package org.encore.distill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.encore.api.Sha256;
import org.encore.api.inference.Generator;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.Spent;
import org.encore.api.teachers.TeacherSession;
import org.encore.api.training.Guidance;

/** The mean of members, each of which is asked for its whole distribution: the mean of the likeliest tokens is not the likeliest of the mean. */
final class EnsembleScores implements Scoring {

    private final String description;
    private final EnsembleTeacher.Mean mean;
    private final List<Scoring> members;

    EnsembleScores(String description, EnsembleTeacher.Mean mean, List<Scoring> members) {
        this.description = description;
        this.mean = mean;
        this.members = List.copyOf(members);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String fingerprint() {
        return Sha256.of(mean.name() + members.stream().map(Scoring::fingerprint).collect(Collectors.joining()));
    }

    @Override
    public Spent spent() {
        return members.stream().map(Scoring::spent).reduce(Spent.NOTHING,
                (a, b) -> new Spent(a.requests() + b.requests(), a.promptTokens() + b.promptTokens(),
                a.completionTokens() + b.completionTokens(), a.cost() + b.cost()));
    }

    @Override
    public int vocabulary() {
        return members.getFirst().vocabulary();
    }

    @Override
    public List<Guidance.Top> score(List<Row> rows, int k, double temperature) {
        List<List<Guidance.Top>> said = members.stream().map(member -> member.score(rows, vocabulary(), temperature)).toList();
        var results = new ArrayList<Guidance.Top>();
        for (int row = 0; row < rows.size(); row++) {
            int at = row;
            results.add(mean(said.stream().map(ofMember -> ofMember.get(at)).toList(), rows.get(row).positions(), k));
        }
        return results;
    }

    /** If all members have one. */
    @Override
    public Optional<Generator> generator(int rows, int tokens) {
        var all = new ArrayList<Generator>();
        for (Scoring member : members) {
            Optional<Generator> one = member.generator(rows, tokens);
            if (one.isEmpty()) {
                all.forEach(Generator::close);
                return Optional.empty();
            }
            all.add(one.get());
        }
        return Optional.of(new EnsembleGenerator(all, mean));
    }

    private Guidance.Top mean(List<Guidance.Top> said, int positions, int k) {
        int vocabulary = vocabulary();
        var kept = new Likeliest(new int[positions], vocabulary, k, 1);
        for (int position = 0; position < positions; position++) {
            var sum = new double[vocabulary];
            for (Guidance.Top one : said) {
                for (int i = position * vocabulary; i < (position + 1) * vocabulary; i++) {
                    double log = one.logProbabilities()[i];
                    sum[(int) one.tokens()[i]] += mean == EnsembleTeacher.Mean.PROBABILITY ? Math.exp(log) : log;
                }
            }
            double[] scores = Arrays.stream(sum).map(total -> switch (mean) {
                case PROBABILITY -> Math.log(total / said.size());
                case LOGIT -> total / said.size();
            }).toArray();
            kept.add(token -> scores[token]);
        }
        return kept.result().said();
    }

    @Override
    public void close() {
        members.forEach(TeacherSession::close);
    }
}
