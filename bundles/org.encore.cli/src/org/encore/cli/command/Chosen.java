package org.encore.cli.command;

import java.util.Optional;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.Configurable;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Problems;
import org.encore.experiment.yaml.YamlReader;

/** Extensions chosen on the command line, written as in an experiment file: {@code beam} or {@code "beam: {width: 8}"}. */
final class Chosen {

    private Chosen() {}

    /**
     * The choice.
     *
     * @param option that it is the value of, such as {@code --decoding}: where problems are told
     * @throws Problems.InvalidConfiguration if there is no such extension, or its options are wrong
     */
    static <T extends Configurable<?>> Choice<T> of(ExtensionPoint<T> point, String option, String text, Registry registry) {
        var problems = new Problems();
        Optional<ConfigNode> node = YamlReader.read(option, text, problems);
        Optional<Choice<T>> choice = node.flatMap(n -> new Binder(registry, problems).choice(point, n));
        problems.throwIfAny();
        return choice.orElseThrow(() -> new IllegalArgumentException(option + ": give the id of a " + point.kind()));
    }
}
