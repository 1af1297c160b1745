package org.encore.distill;

import java.util.Arrays;
import java.util.List;

import org.encore.api.Sha256;
import org.encore.api.inference.Decoding;
import org.encore.api.inference.FittingGenerator;
import org.encore.api.inference.Generator;
import org.encore.api.inference.RowsTogether;
import org.encore.api.option.Choice;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Answering;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.Spent;

/** Whole outputs of a teacher that gives distributions: what a decoding makes of them. */
public final class DecodedAnswers implements Answering {

    private final Scoring teacher;
    private final Choice<Decoding<?>> decoding;
    private final Tokenizer tokenizer;
    private final int maxTokens;
    private final int atOnce;

    /**
     * Takes over the teacher.
     *
     * @param tokenizer of the students, which is the teacher's too
     * @param maxTokens longest output
     * @param atOnce sources in a batch
     */
    public DecodedAnswers(Scoring teacher, Choice<Decoding<?>> decoding, Tokenizer tokenizer, int maxTokens, int atOnce) {
        this.teacher = teacher;
        this.decoding = decoding;
        this.tokenizer = tokenizer;
        this.maxTokens = maxTokens;
        this.atOnce = atOnce;
    }

    @Override
    public String description() {
        return teacher.description() + ", decoded by " + decoding.id();
    }

    @Override
    public String fingerprint() {
        return Sha256.of(String.join(" ", teacher.fingerprint(), decoding.id(), decoding.options().toString(), Integer.toString(maxTokens)));
    }

    /** @throws IllegalArgumentException if the teacher only scores what it is given */
    @Override
    public List<String> answer(List<String> sources) {
        int[][] ids = sources.stream().map(tokenizer::encodeSource).toArray(int[][]::new);
        int rowsPerSource = rowsPerSource(decoding.extension());
        var answers = new String[ids.length];
        try (var room = new FittingGenerator(this::generator, RowsTogether.longest(ids) + 1 + maxTokens)) {
            for (List<Integer> part : RowsTogether.parts(ids, atOnce)) {
                int[][] asked = part.stream().map(i -> ids[i]).toArray(int[][]::new);
                Generator generator = room.of(asked.length * rowsPerSource, RowsTogether.longest(asked) + 1 + maxTokens);
                List<int[]> outputs = decode(decoding.extension(), generator, asked);
                for (int i = 0; i < part.size(); i++) {
                    answers[part.get(i)] = tokenizer.decodeTarget(outputs.get(i));
                }
            }
        }
        return Arrays.asList(answers);
    }

    private Generator generator(int rows, int tokens) {
        return teacher.generator(rows, tokens).orElseThrow(() -> new IllegalArgumentException(teacher.description()
                + " says how likely given targets are and writes none of its own. Take its whole outputs, or another teacher."));
    }

    private <O extends Record> int rowsPerSource(Decoding<O> chosen) {
        return chosen.rowsPerSource(chosen.optionsType().cast(decoding.options()));
    }

    private <O extends Record> List<int[]> decode(Decoding<O> chosen, Generator generator, int[][] sources) {
        return chosen.decode(chosen.optionsType().cast(decoding.options()), generator, sources, new Decoding.Limits(tokenizer.endToken(), maxTokens));
    }

    @Override
    public Spent spent() {
        return teacher.spent();
    }

    @Override
    public void close() {
        teacher.close();
    }
}
