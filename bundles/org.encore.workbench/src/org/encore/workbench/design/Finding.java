package org.encore.workbench.design;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.encore.api.extension.Registry;
import org.encore.api.option.Problems;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;

import java.nio.file.Path;

/**
 * Something that is wrong with an experiment, as {@code encore validate} says it.
 *
 * @param line from 1; 0 for the whole, or for another file that this one extends
 * @param column from 1
 * @param message what, what was expected, the nearest name
 */
record Finding(int line, int column, String message) {

    private static final Pattern MEANT = Pattern.compile("Did you mean '([^']+)'\\?");

    /** What checking came to. @param summary in a sentence, if nothing is wrong */
    record Check(List<Finding> findings, String summary) {}

    /** Checks a text as the content of a file. It reads the files that it extends. */
    static Check check(Path file, String text, Registry registry) {
        try {
            Experiment experiment = ExperimentReader.read(file, text, List.of(), registry);
            return new Check(List.of(), experiment.cells().size() + (experiment.cells().size() == 1 ? " model" : " models") + " of "
                    + experiment.variants().size() + (experiment.variants().size() == 1 ? " variant" : " variants") + ", stages "
                    + String.join(", ", experiment.stages()));
        } catch (Problems.InvalidConfiguration e) {
            var findings = new ArrayList<Finding>();
            e.problems().forEach(problem -> findings.add(new Finding(problem.at().file().endsWith(file.getFileName().toString()) ? problem.at()
                    .line() : 0,
                    problem.at().column(), problem.message())));
            return new Check(findings, "");
        } catch (IllegalArgumentException e) {
            return new Check(List.of(new Finding(0, 1, String.valueOf(e.getMessage()))), "");
        }
    }

    /** The name that was meant, if one is near. */
    Optional<String> meant() {
        Matcher matcher = MEANT.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
