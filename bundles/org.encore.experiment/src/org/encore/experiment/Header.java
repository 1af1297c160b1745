package org.encore.experiment;

import java.util.List;
import java.util.Optional;

import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Option;
import org.encore.api.run.Launcher;
import org.encore.api.run.RunListener;
import org.encore.experiment.tune.Tune;

/**
 * What an experiment file says once, for all models. Beside these it holds the {@link Sections}, and the options of each stage under the stage's id.
 *
 * @param name of the experiment
 * @param seeds of initialisation, data order and dropout
 * @param matrix further axes
 * @param settings options of single variants, by the variant's name
 * @param tune how options are chosen for each variant
 * @param quick entries that hold over the others in a quick measurement
 * @param primary the question, fixed beforehand
 * @param resources of a run
 * @param budget of time
 * @param stages ids, in order
 * @param listeners who follow a run
 * @param launcher how processes are started
 */
public record Header(
        @Option(help = "name of the experiment; run folders begin with it") String name,
        @Option(value = "[1]", help = "every variant is trained once with each seed; 1..6 stands for six of them") List<Long> seeds,
        @Option(help = "further axes: the path of an option and its values, or a name, a label for each value, and the options that it sets")
        ConfigNode matrix,
        @Option(help = "options that single variants have apart: the variant's name, and paths with values, such as 'kd: {distil.training.objective: forward-kl}'")
        ConfigNode settings,
        @Option(help = "how options of training are chosen for each variant, before anything else") Optional<Tune> tune,
        @Option(help = "what 'encore bench --quick' changes: entries as in a file that extends this one") ConfigNode quick,
        @Option(help = "the question that the experiment asks, fixed before it runs") Optional<Primary> primary,
        @Option(help = "what a run may use of this machine") Resources resources,
        @Option(help = "a limit to the estimated time") Budget budget,
        @Option(value = "[data, tokenizer, train, export, evaluate, benchmark, compare, report]",
                help = "what is done, in this order") List<String> stages,
        @Option(value = "[]", help = "who else follows a run, such as tensorboard") List<Choice<RunListener<?>>> listeners,
        @Option(value = "process", help = "how the processes are started that do the work") Choice<Launcher<?>> launcher) {

    /**
     * What a run may use.
     *
     * @param threads of the numeric work of one model
     * @param workers models at a time
     */
    public record Resources(
            @Option(value = "0", help = "threads of the numeric work of one model; 0 for one per core. Part of what results depend on") int threads,
            @Option(value = "1", help = "models that are trained or evaluated at a time, each in a process of its own; nothing runs beside a measurement")
            int workers) {

        public Resources {
            if (threads < 0 || threads > 1024 || workers < 1 || workers > 1024) {
                throw new IllegalArgumentException("threads " + threads + ", workers " + workers + ": give 0 to 1024 and 1 to 1024");
            }
        }

        /** Threads of one model. */
        public int threadsEach() {
            return threads == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / workers) : threads;
        }
    }

    /** @param hours that a run may take by estimate; 0 for no limit */
    public record Budget(@Option(value = "0", help = "estimated time that a run may take; 0 for no limit", unit = "h") double hours) {

        public Budget {
            if (hours < 0) {
                throw new IllegalArgumentException("hours " + hours + ": give a positive number, or 0 for no limit");
            }
        }
    }
}
