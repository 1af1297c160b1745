package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Example;
import org.encore.data.sets.CodeXGlueTranslation;
import org.encore.data.sets.DebianSummaries;
import org.encore.data.sets.Lines;
import org.encore.tasks.metric.Bleu;
import org.encore.tasks.metric.ExactMatch;
import org.encore.tasks.metric.Rouge1;
import org.encore.tasks.metric.Rouge2;
import org.encore.tasks.metric.RougeL;
import org.encore.tasks.metric.SquadExactMatch;
import org.encore.tasks.metric.SquadF1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** Predictions of others, scored: what comes out is what the evaluators of their tasks print. */
class MetricOraclesTest {

    private static double score(Metric metric, List<String> outputs, List<Example> examples) {
        assertThat(outputs).hasSameSizeAs(examples);
        double[] sums = metric.statistics(outputs.getFirst(), examples.getFirst());
        for (int i = 1; i < outputs.size(); i++) {
            double[] statistics = metric.statistics(outputs.get(i), examples.get(i));
            for (int k = 0; k < sums.length; k++) {
                sums[k] += statistics[k];
            }
        }
        return metric.score(sums);
    }

    private static String printed(double score) {
        return String.format(Locale.ROOT, "%.2f", score);
    }

    @ParameterizedTest
    @CsvSource({"JAVA_TO_CS, java-cs, 77.49, 56.10", "CS_TO_JAVA, cs-java, 71.94, 57.90"})
    void codeTranslationsScoreAsWithCodeXGluesEvaluator(CodeXGlueTranslation.Direction direction, String name, String bleu, String exactMatch) {
        List<Example> test = new CodeXGlueTranslation().load(new CodeXGlueTranslation.Options(direction), Stored.files()).test();
        List<String> outputs = Lines.of(Stored.beside("codexglue/metric-oracle/" + name + "-model1.output"));
        assertThat(printed(score(new Bleu(), outputs, test))).isEqualTo(bleu);
        assertThat(printed(score(new ExactMatch(), outputs, test))).isEqualTo(exactMatch);
    }

    @ParameterizedTest
    @CsvSource({"v2.0-bert-single, v2.0, 78.7417, 81.7753", "v2.0-nlnet, v2.0, 75.8275, 78.7778", "v1.1-logistic-regression, v1.1, 40.142, 50.982",
            "v1.1-match-lstm, v1.1, 67.635, 76.756"})
    void answersScoreAsWithSquadsScripts(String predictions, String version, String exactMatch, String f1) throws IOException {
        JsonObject answers = json("squad-dev/predictions/" + predictions + ".json");
        var outputs = new ArrayList<String>();
        var examples = new ArrayList<Example>();
        questions(version).forEach((id, references) -> {
            outputs.add(answers.has(id) ? answers.get(id).getAsString() : "");
            examples.add(new Example(id, references));
        });
        int digits = exactMatch.length() - exactMatch.indexOf('.') - 1;
        assertThat(String.format(Locale.ROOT, "%." + digits + "f", score(new SquadExactMatch(), outputs, examples))).isEqualTo(exactMatch);
        assertThat(String.format(Locale.ROOT, "%." + digits + "f", score(new SquadF1(), outputs, examples))).isEqualTo(f1);
    }

    private static Map<String, List<String>> questions(String version) throws IOException {
        var questions = new LinkedHashMap<String, List<String>>();
        for (JsonElement article : json("squad-dev/dev-" + version + ".json").getAsJsonArray("data")) {
            for (JsonElement paragraph : article.getAsJsonObject().getAsJsonArray("paragraphs")) {
                for (JsonElement question : paragraph.getAsJsonObject().getAsJsonArray("qas")) {
                    List<String> answers = question.getAsJsonObject().getAsJsonArray("answers").asList().stream()
                            .map(answer -> answer.getAsJsonObject().get("text").getAsString()).toList();
                    questions.put(question.getAsJsonObject().get("id").getAsString(), answers.isEmpty() ? List.of("") : answers);
                }
            }
        }
        return questions;
    }

    private static JsonObject json(String path) throws IOException {
        return JsonParser.parseString(Files.readString(Stored.beside(path))).getAsJsonObject();
    }

    /** The first sentence of each description as its summary: every row, and the means. */
    @Test
    void leadSentencesScoreAsStored() {
        TaskData data = new DebianSummaries().load(new DebianSummaries.Options(1_000_000), Stored.files());
        List<String> leads = data.test().stream().map(example -> example.source().split("(?<=[.!?])\\s+")[0]).toList();
        List<Metric> metrics = List.of(new Rouge1(), new Rouge2(), new RougeL());
        List<String> rows = Lines.of(Stored.beside("debsum/rouge-lead-test.tsv"));
        for (int i = 0; i < leads.size(); i++) {
            String[] row = rows.get(i + 1).split("\t");
            for (int m = 0; m < metrics.size(); m++) {
                assertThat(metrics.get(m).statistics(leads.get(i), data.test().get(i))[0]).as(row[0])
                        .isCloseTo(Double.parseDouble(row[m + 1]), within(1e-6));
            }
        }
        assertThat(metrics.stream().map(metric -> printed(score(metric, leads, data.test())))).containsExactly("33.16", "15.55", "28.41");
    }
}
