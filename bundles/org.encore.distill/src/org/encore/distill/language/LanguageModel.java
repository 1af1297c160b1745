package org.encore.distill.language;

import org.encore.api.Sha256;
import org.encore.api.inference.LoadedModel;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.TeacherSession;
import org.encore.distill.ModelScores;
import org.encore.distill.SpanScores;

/**
 * A language model that is ready to teach.
 *
 * @param description one line for people
 * @param fingerprint of weights and tokenizer
 * @param model a decoder-only model, whose start token begins a text
 * @param startToken id that begins a text
 * @param endToken id that ends it
 * @param tokenizer that it reads with
 */
public record LanguageModel(String description, String fingerprint, LoadedModel model, int startToken, int endToken, Tokenizer tokenizer) {

    /**
     * As a teacher of sources and targets; takes over the model, and closes it if it does not fit.
     *
     * @param students tokenizer of those who learn
     * @throws IllegalArgumentException if distributions are asked for and the tokenizers differ; the message names both sides
     */
    public TeacherSession teaching(Pairs pairs, Tokenizer students) {
        try {
            String identity = fingerprint + " " + pairs.gives() + " " + pairs.asked("\n");
            return switch (pairs.gives()) {
                case DISTRIBUTIONS -> {
                    sameTokenizer(students);
                    yield new ModelScores(description, Sha256.of(identity), framed(pairs), students.size(), pairs.rows());
                }
                case SPANS -> new SpanScores(new ModelScores(description, Sha256.of(identity), framed(pairs), tokenizer.size(), pairs.rows()),
                        tokenizer, endToken, students);
                case ANSWERS -> new LanguageAnswers(this, pairs, Sha256.of(identity + "\n" + pairs.end() + pairs.maxTokens()));
            };
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private FramedModel framed(Pairs pairs) {
        return new FramedModel(model, startToken, encoded(pairs.before().orElse("")), encoded(pairs.between().orElse("")));
    }

    private int[] encoded(String text) {
        return text.isEmpty() ? new int[0] : tokenizer.encodeSource(text);
    }

    private void sameTokenizer(Tokenizer students) {
        String theirs = Sha256.of(tokenizer.toJson());
        String ours = Sha256.of(students.toJson());
        if (!theirs.equals(ours)) {
            throw new IllegalArgumentException(String.format(java.util.Locale.ROOT, "%s reads with tokenizer %.12s (%,d tokens), the students with %.12s (%,d tokens): its distributions are over "
                    + "other tokens. Give the students its tokenizer (tokenizer: {huggingface: {file: ...}}), take its answers (gives: answers), "
                    + "or compare spans of text (gives: spans, objective: span-uld).", description, theirs, tokenizer.size(), ours,
                    students.size()));
        }
        if (endToken != students.endToken()) {
            throw new IllegalArgumentException(description + " ends a text with token " + endToken + ", the students with " + students.endToken()
                    + ": set the option 'end' of their tokenizer to what the teacher has");
        }
    }
}
