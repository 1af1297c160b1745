package org.encore.distill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.Spent;
import org.encore.api.training.Guidance;
import org.encore.distill.CommonSpans.Span;

/**
 * Scores of a model that reads with another tokenizer than the students. It reads the text of their rows in its own tokens; where a span of text begins that both write, it says its
 * distribution over the first of its tokens there, times the probability of its further tokens of the span as they are written.
 */
public final class SpanScores implements Scoring {

    private final RowScores model;
    private final Tokenizer tokenizer;
    private final int endToken;
    private final Tokenizer students;

    /**
     * Takes over the model.
     *
     * @param model scores over its own tokens
     * @param tokenizer that it reads with
     * @param endToken that ends a target in its vocabulary
     */
    public SpanScores(RowScores model, Tokenizer tokenizer, int endToken, Tokenizer students) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.endToken = endToken;
        this.students = students;
    }

    @Override
    public String description() {
        return model.description();
    }

    @Override
    public String fingerprint() {
        return model.fingerprint();
    }

    @Override
    public int vocabulary() {
        return model.vocabulary();
    }

    @Override
    public Spent spent() {
        return model.spent();
    }

    @Override
    public Optional<Tokenizer> tokenizer() {
        return Optional.of(tokenizer);
    }

    @Override
    public List<Guidance.Top> score(List<Row> rows, int k, double temperature) {
        List<Row> own = rows.stream().map(row -> new Row(tokenizer.encodeSource(students.decodeSource(row.source())),
                tokenizer.encodeTarget(students.decodeTarget(row.target())))).toList();
        List<RowScores.Heard> heard = model.heard(own, k, temperature, endToken);
        var said = new ArrayList<Guidance.Top>();
        for (int row = 0; row < rows.size(); row++) {
            said.add(bySpans(heard.get(row), CommonSpans.of(students, rows.get(row).target(), tokenizer, own.get(row).target()), rows.get(row).positions()));
        }
        return said;
    }

    private static Guidance.Top bySpans(RowScores.Heard heard, List<Span> spans, int positions) {
        Guidance.Top said = heard.said();
        int k = said.k();
        var tokens = new long[positions * k];
        var logs = new float[positions * k];
        var tail = new float[positions];
        Arrays.fill(tail, Guidance.Top.WITHIN);
        for (Span span : spans) {
            double rest = 0;
            for (int further = span.teacher() + 1; further < span.teacher() + span.teachers(); further++) {
                rest += heard.own()[further];
            }
            int from = span.teacher() * k;
            int to = span.student() * k;
            for (int i = 0; i < k; i++) {
                tokens[to + i] = said.tokens()[from + i];
                logs[to + i] = (float) Math.max(Likeliest.LEAST, said.logProbabilities()[from + i] + rest);
            }
            tail[span.student()] = (float) (said.tail()[span.teacher()] * Math.exp(rest));
        }
        return new Guidance.Top(k, tokens, logs, tail);
    }

    @Override
    public void close() {
        model.close();
    }
}
