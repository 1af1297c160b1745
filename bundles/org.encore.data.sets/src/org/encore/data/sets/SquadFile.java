package org.encore.data.sets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.google.gson.Gson;

/**
 * A file in SQuAD's format, as far as answers are to be generated: where they stand is left out.
 *
 * @param origin of the file, in words
 * @param questions in the order of the file
 */
record SquadFile(String origin, List<Question> questions) {

    /**
     * A question.
     *
     * @param article title
     * @param context its paragraph
     * @param answers each different one once, the first first; the empty one alone if there is none
     */
    record Question(String article, String context, String text, List<String> answers) {}

    private record Json(List<Article> data) {}

    private record Article(String title, List<Paragraph> paragraphs) {}

    private record Paragraph(String context, List<Asked> qas) {}

    private record Asked(String question, List<Answer> answers) {}

    private record Answer(String text) {}

    static SquadFile read(Path file, String origin) {
        var questions = new ArrayList<Question>();
        for (Article article : new Gson().fromJson(String.join("\n", Lines.of(file)), Json.class).data()) {
            for (Paragraph paragraph : article.paragraphs()) {
                for (Asked asked : paragraph.qas()) {
                    List<String> answers = asked.answers().stream().map(Answer::text).distinct().toList();
                    questions.add(new Question(article.title(), paragraph.context(), asked.question(), answers.isEmpty() ? List.of("") : answers));
                }
            }
        }
        return new SquadFile(origin, questions);
    }
}
