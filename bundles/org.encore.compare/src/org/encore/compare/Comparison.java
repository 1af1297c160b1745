package org.encore.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.compare.finding.Finding;
import org.encore.compare.rule.Rules;
import org.encore.experiment.Primary;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;

/**
 * What may be said of the models of one run or several: the terminal, the report and the window show the same.
 *
 * @param question asked beforehand, if any
 * @param standings how each variant stands by itself
 * @param contrasts that of the question first, then others of quality, then of speed
 * @param findings what a reader should know before he believes it, the gravest first
 */
public record Comparison(Question question, List<Standing> standings, List<Contrast> contrasts, List<Finding> findings) {

    /** With more variants than this each is compared with the first only. */
    private static final int ALL_PAIRS = 6;

    public Comparison {
        standings = List.copyOf(standings);
        contrasts = List.copyOf(contrasts);
        findings = List.copyOf(findings);
    }

    /** Of one run, by the question that its experiment asked. */
    public static Comparison of(RunResults run, Registry registry) throws IOException {
        return of(List.of(run), question(run), registry);
    }

    /**
     * Of several runs.
     *
     * @param question asked; {@link Question#none} if nothing in particular
     * @throws IOException if a run cannot be read
     */
    public static Comparison of(List<RunResults> runs, Question question, Registry registry) throws IOException {
        var contrasts = new ArrayList<Contrast>();
        List<Entrant> entrants = Entrant.of(runs);
        var examples = new Examples(registry);
        contrasts.addAll(quality(entrants, question, examples));
        contrasts.sort(java.util.Comparator.comparing(contrast -> !contrast.primary()));
        for (RunResults run : runs) {
            contrasts.addAll(Speed.contrasts(run, question));
        }
        return new Comparison(question, new Standings(examples).of(entrants), contrasts, Rules.check(runs, question, contrasts));
    }

    /**
     * What the stage {@code compare} of a run found, if it has come to that.
     *
     * @throws IOException if the file is damaged
     */
    public static Optional<Comparison> kept(RunResults run) throws IOException {
        return ComparisonFile.read(run.folder().ofGroup("", CompareStage.ID));
    }

    /** The question of a run's experiment; its metric is the task's first if the file names none. */
    public static Question question(RunResults run) {
        Primary primary = run.plan().map(RunPlan::primary).orElse(null);
        String firstSplit = run.scores().values().stream().flatMap(scores -> scores.splits().keySet().stream()).filter(split -> !split.equals("development"))
                .findFirst().orElse("test");
        if (primary == null) {
            return Question.none(firstSplit);
        }
        String metric = primary.metric().equals(Primary.FIRST_METRIC) ? firstMetric(run, primary.split()).orElse("") : primary.metric();
        return new Question(primary.contrast().get(0), primary.contrast().get(1), primary.against(), metric, primary.split(), Map.of(metric, primary.margin()), true);
    }

    private static Optional<String> firstMetric(RunResults run, String split) {
        return run.scores().values().stream().map(Scores::splits).filter(splits -> splits.containsKey(split))
                .flatMap(splits -> splits.get(split).keySet().stream()).findFirst();
    }

    private static List<Contrast> quality(List<Entrant> entrants, Question question, Examples examples) throws IOException {
        var byName = new LinkedHashMap<String, List<Entrant>>();
        entrants.forEach(entrant -> byName.computeIfAbsent(entrant.name(), n -> new ArrayList<>()).add(entrant));
        var quality = new Quality(question, examples);
        var contrasts = new ArrayList<>(new Interaction(question).contrasts(byName));
        for (List<String> pair : pairs(new ArrayList<>(byName.keySet()), question)) {
            List<Entrant> ofFirst = byName.get(pair.get(0));
            List<Entrant> ofSecond = byName.get(pair.get(1));
            // one of the two may be the same everywhere, such as a control whose options no axis changes
            boolean onePlace = Quality.places(ofFirst) <= 1 && Quality.places(ofSecond) <= 1;
            if (!onePlace) {
                contrasts.addAll(quality.overall(pair.get(0), pair.get(1), ofFirst, ofSecond));
            }
            var told = new HashSet<List<Path>>();
            for (Entrant first : ofFirst) {
                for (Entrant second : ofSecond) {
                    if (first.place().equals(second.place())) {
                        contrasts.addAll(quality.contrasts(onePlace ? first.anywhere() : first, onePlace ? second.anywhere() : second, told));
                    }
                }
            }
        }
        return contrasts;
    }

    private static List<List<String>> pairs(List<String> names, Question question) {
        var pairs = new LinkedHashSet<List<String>>();
        if (names.contains(question.first()) && names.contains(question.second())) {
            pairs.add(List.of(question.first(), question.second()));
        }
        if (!question.against().isEmpty() && names.containsAll(question.against())) {
            pairs.add(question.against());
        }
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size() && (i == 0 || names.size() <= ALL_PAIRS); j++) {
                pairs.add(question.ordered(names.get(i), names.get(j)));
            }
        }
        return new ArrayList<>(pairs);
    }

    /** The answer to the question that was asked beforehand, if there is one. */
    public Optional<Contrast> answer() {
        return contrasts.stream().filter(Contrast::primary).findFirst();
    }
}
