package org.encore.report.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.encore.compare.tests.SmallRun;
import org.encore.report.Heat;
import org.encore.report.chart.Figure;
import org.encore.report.section.DistillationSection;
import org.encore.report.section.TokenByTokenSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report shows of distillation: token by token, over the training, and what the teacher took. */
class DistillationReportTest {

    private static final String EVIL = "<img src=x onerror=alert(1)>";
    private static final String LABELS = "step,tokens,seconds,lossNats\n10,1000,5,1.0\n20,2000,10,0.8\n";
    private static final String ANSWERS = """
            {"format": "encore-teacher-answers-1", "teacher": "a service", "fingerprint": "f", "data": "d", "rows": 3, "seconds": 12.4}""";

    @TempDir
    Path folder;

    private SmallRun run() throws IOException {
        return new SmallRun(folder.resolve("demo-1")).begun(List.of("plain", "taught"), 1, 2);
    }

    /** One example of two positions. */
    private static String shown(String source, String token, double before, double first, double second) {
        return String.format(Locale.ROOT, """
                {"examples": [{"source": "%s", "target": "b", "positions": [
                {"at": {"position": 0, "reads": "(start)", "about": "%s", "inOneRow": 7, "inDecoder": 0}, "teacherEntropy": 0.5, "before": %s, "after": %s},
                {"at": {"position": 1, "reads": "%s", "about": "(end)", "inOneRow": 8, "inDecoder": 1}, "teacherEntropy": 0.25, "before": %s, "after": %s}], "left": 0, "spans": []}]}""",
                source, token, Double.isNaN(before) ? "NaN" : before, first, token, Double.isNaN(before) ? "NaN" : before, second);
    }

    @Test
    void lossesAreShadedTokenByTokenBeforeAndAfterAndBesideTheControl() throws IOException {
        SmallRun run = run().file("cells/taught-seed1/distil/token-by-token.json", shown("a", "b", 2.5, 0.004, 0.2))
                .file("cells/taught-seed1/agreement/token-by-token.json", shown("a", "b", Double.NaN, 9, 9))
                .file("cells/plain-seed1/agreement/token-by-token.json", shown("a", "b", Double.NaN, 0.45, 4));
        String page = new TokenByTokenSection().html(run.folder());
        assertThat(page).containsSubsequence("<th scope=\"row\">entropy of the teacher</th><td>0.50</td><td>0.25</td>",
                "<th scope=\"row\">plain, seed 1</th><td class=\"heat4\">0.45</td><td class=\"heat6\">4.00</td>",
                "<th scope=\"row\">taught, seed 1, before</th><td class=\"heat5\">2.50</td><td class=\"heat5\">2.50</td>",
                "<th scope=\"row\">taught, seed 1, after</th><td class=\"heat0\">0.00</td><td class=\"heat3\">0.20</td>");
        assertThat(page).as("what is known from distillation itself is not shown twice").doesNotContain("9.00");
        assertThat(page).as("as encore explain alignment prints it").containsSubsequence("Which teacher position meets which student position",
                "<th scope=\"row\">0</th><td>(start)</td><td>b</td><td>7</td><td>0</td>", "<th scope=\"row\">1</th><td>b</td><td>(end)</td><td>8</td><td>1</td>");
    }

    @Test
    void studentsOfAnotherTaskAreShownAtTheirOwnExamples() throws IOException {
        SmallRun run = run().file("cells/taught-seed1/distil/token-by-token.json", shown("a", "b", 1, 1, 1))
                .file("cells/plain-seed1/distil/token-by-token.json", shown("other", "b", 1, 1, 1));
        assertThat(new TokenByTokenSection().html(run.folder())).containsSubsequence("&quot;other&quot; → &quot;b&quot;", "The examples of taught", "&quot;a&quot; → &quot;b&quot;");
    }

    @Test
    void textsAreNeverMarkupAndADamagedFileIsNamed() throws IOException {
        SmallRun run = run().file("cells/taught-seed1/distil/token-by-token.json", shown(EVIL, EVIL, 1, 1, 1));
        assertThat(new TokenByTokenSection().html(run.folder())).contains("&lt;img src").doesNotContain("<img");
        run.file("cells/taught-seed1/distil/token-by-token.json", "{\"examples\": [{\"source\": \"a\"}]}");
        assertThatThrownBy(() -> new TokenByTokenSection().html(run.folder())).hasMessageContaining("token-by-token.json").hasMessageContaining("target");
    }

    @Test
    void aRunWithoutATeacherHasNoSuchSection() throws IOException {
        assertThat(new TokenByTokenSection().html(run().folder())).isEmpty();
        assertThat(new DistillationSection().html(run().folder())).isEmpty();
    }

    @Test
    void shadesDependOnTheQuantityAlone() {
        assertThat(List.of(Heat.level(-1e-9), Heat.level(0.0099), Heat.level(0.01), Heat.level(0.3), Heat.level(2.99), Heat.level(3), Heat.level(Double.NaN)))
                .containsExactly(0, 0, 1, 4, 5, 6, 6);
        assertThat(List.of(Heat.words(0), Heat.words(5), Heat.words(6))).containsExactly("below 0.01", "1 to 3", "3 and more");
    }

    @Test
    void whatTheTeacherTookIsReadAndStandsBesideTheGain() throws IOException {
        SmallRun run = run().evaluated(20, 20, 10, 10).sharing("teacher-cache").file("teacher-cache/teacher.json", ANSWERS)
                .file("teacher-cache/spent.json", "{\"requests\": 40, \"promptTokens\": 12000, \"completionTokens\": 3000, \"cost\": 0.0125}")
                .file("cells/plain-seed1/train/labels.csv", LABELS).file("cells/taught-seed1/train/labels.csv", LABELS).file("cells/taught-seed2/train/labels.csv", LABELS)
                .file("cells/taught-seed1/distil/spent.json", "{\"requests\": 2, \"promptTokens\": 100, \"completionTokens\": 0, \"cost\": 0.002}")
                .file("cells/taught-seed2/distil/spent.json", "{\"requests\": 2, \"promptTokens\": 300, \"completionTokens\": 0, \"cost\": 0.004}");
        String page = new DistillationSection().html(run.folder());
        assertThat(page).containsSubsequence("<th scope=\"col\">requests</th>", "<th scope=\"col\">price</th>",
                "<th scope=\"row\">a service</th><td>12</td><td>40</td><td>12,000</td><td>3,000</td><td>0.0125</td>");
        assertThat(page).containsSubsequence("<th scope=\"col\">teacher&#x27;s tokens</th><th scope=\"col\">teacher&#x27;s price</th>",
                "the teacher, once for all</th>", "<td>– + 12</td><td>15,000</td><td>0.0125</td>", ">plain</th>", "<td>10</td><td>–</td><td>–</td>", ">taught</th>",
                "<td>10</td><td>200</td><td>0.0030</td>");
        run.file("teacher-cache/spent.json", "{\"requests\": 40}");
        assertThatThrownBy(() -> new DistillationSection().html(run.folder())).hasMessageContaining("spent.json").hasMessageContaining("promptTokens");
    }

    @Test
    void theTeachersEnergyStandsBesideTheGainOrItIsSaidOnceWhyNot() throws IOException {
        SmallRun run = run().evaluated(20, 20, 10, 10).sharing("teacher-cache").file("teacher-cache/teacher.json", ANSWERS)
                .file("cells/plain-seed1/train/labels.csv", LABELS).file("cells/taught-seed1/train/labels.csv", LABELS).file("cells/taught-seed2/train/labels.csv", LABELS);
        assertThat(new DistillationSection().html(run.folder())).as("a result of an older version").containsOnlyOnce("Its energy is not known: it was not counted.")
                .doesNotContain("asking J");
        run.file("teacher-cache/energy.json", "{\"joules\": 0.0, \"counters\": [], \"missing\": \"this system shows no energy counters\"}");
        assertThat(new DistillationSection().html(run.folder())).containsOnlyOnce("Its energy is not known: this system shows no energy counters.").doesNotContain("asking J");
        run.file("teacher-cache/energy.json", "{\"joules\": 1234.6, \"counters\": [\"package-0\", \"dram\"], \"missing\": \"\"}");
        String page = new DistillationSection().html(run.folder());
        assertThat(page).containsSubsequence("<th scope=\"col\">asking s</th><th scope=\"col\">asking J</th>", "<td>12</td><td>1,235</td>",
                "Joules are those of this machine (package-0, dram) while the teacher worked");
        assertThat(page).containsSubsequence("<th scope=\"col\">teacher&#x27;s tokens</th><th scope=\"col\">teacher&#x27;s J</th></tr>", "the teacher, once for all</th>",
                "<td>– + 12</td><td>–</td><td>– + 1,235</td>", ">plain</th>", "<td>–</td><td>–</td></tr>");
    }

    @Test
    void agreementAndEntropyAreDrawnOverTheTraining() throws IOException {
        String header = "step,tokens,sameToken,teacherEntropy,studentEntropy,forwardKl\n";
        SmallRun run = run().file("cells/taught-seed1/distil/agreement.csv", header + "10,1000,0.5,0.8,1.5,0.9\n20,2000,0.75,0.8,1.0,0.4\n")
                .file("cells/taught-seed2/distil/agreement.csv", header + "10,1000,0.5,0.8,1.7,0.9\n20,2000,0.85,0.8,1.2,0.4\n");
        List<Figure> figures = new DistillationSection().figures(run.results());
        assertThat(figures).extracting(Figure::name).containsExactly("agreement", "entropy");
        assertThat(figures.getFirst().words()).isEqualTo("Agreement with the teacher. taught ends at 80.0");
        assertThat(figures.getLast().words()).isEqualTo("Entropy of teacher and students. taught ends at 1.10; teacher at 0.800");
        assertThat(figures.getLast().table()).contains(List.of("taught seed 2", 2000L, 1.2), List.of("teacher", 1000L, 0.8)).hasSize(1 + 4 + 2);
        assertThat(new DistillationSection().html(run.folder())).contains("report/charts/entropy.svg", "Agreement with the teacher over training");
    }
}
