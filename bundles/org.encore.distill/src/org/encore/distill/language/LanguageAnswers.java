package org.encore.distill.language;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

import org.encore.api.inference.FittingGenerator;
import org.encore.api.inference.Generator;
import org.encore.api.inference.RowByRow;
import org.encore.api.inference.RowsTogether;
import org.encore.api.teachers.Answering;

/** A language model goes on with each source, greedily, up to some text: with its own tokenizer, whatever the students have. */
final class LanguageAnswers implements Answering {

    private final LanguageModel language;
    private final Pairs pairs;
    private final String fingerprint;
    private final FramedModel model;

    LanguageAnswers(LanguageModel language, Pairs pairs, String fingerprint) {
        this.language = language;
        this.pairs = pairs;
        this.fingerprint = fingerprint;
        this.model = new FramedModel(language.model(), language.startToken(), new int[0], new int[0]);
    }

    @Override
    public String description() {
        return language.description();
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public List<String> answer(List<String> sources) {
        // the whole text at once: a token may reach over the border of two parts
        int[][] prompts = sources.stream().map(source -> language.tokenizer().encodeSource(pairs.asked(source))).toArray(int[][]::new);
        var answers = new String[prompts.length];
        try (var room = new FittingGenerator(model::generator, RowsTogether.longest(prompts) + pairs.maxTokens())) {
            for (List<Integer> part : RowsTogether.parts(prompts, pairs.rows())) {
                int[][] asked = part.stream().map(i -> prompts[i]).toArray(int[][]::new);
                List<Answer> said = greedy(room.of(asked.length, RowsTogether.longest(asked) + pairs.maxTokens()), List.of(asked));
                for (int i = 0; i < part.size(); i++) {
                    answers[part.get(i)] = said.get(i).text().strip();
                }
            }
        }
        return Arrays.asList(answers);
    }

    /** What follows a prompt, until now. */
    private final class Answer {

        private final int[] prompt;
        private int[] all;

        Answer(int[] prompt) {
            this.prompt = prompt;
            this.all = prompt;
        }

        /** @return whether it goes on */
        boolean add(int token) {
            if (token == language.endToken() || token == language.startToken()) {
                return false;
            }
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = token;
            return all.length < prompt.length + pairs.maxTokens() && !rest().contains(pairs.end());
        }

        private String rest() {
            String before = language.tokenizer().decodeTarget(prompt);
            String whole = language.tokenizer().decodeTarget(all);
            return whole.startsWith(before) ? whole.substring(before.length())
                    : language.tokenizer().decodeTarget(Arrays.copyOfRange(all, prompt.length, all.length));
        }

        String text() {
            String rest = rest();
            int end = rest.indexOf(pairs.end());
            return end < 0 ? rest : rest.substring(0, end);
        }
    }

    private List<Answer> greedy(Generator generator, List<int[]> prompts) {
        List<Answer> answers = prompts.stream().map(Answer::new).toList();
        RowByRow.run(generator, generator.start(prompts.toArray(int[][]::new)), (logits, row, source) -> {
            int token = logits.argMax(row);
            return answers.get(source).add(token) ? OptionalInt.of(token) : OptionalInt.empty();
        });
        return answers;
    }

    @Override
    public void close() {
        model.close();
    }
}
