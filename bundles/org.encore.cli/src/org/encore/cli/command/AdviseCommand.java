package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import org.encore.api.device.Card;
import org.encore.api.device.Device;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.task.Task;
import org.encore.bench.device.Hardware;
import org.encore.experiment.device.MeasureMachine;
import org.encore.modelled.Cards;
import org.encore.modelled.ThisMachine;
import org.encore.modelled.advice.Advice;
import org.encore.modelled.advice.Known;
import org.encore.modelled.advice.Question;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which model to take for given lengths, device and limits. */
@Command(name = "advise", mixinStandardHelpOptions = true, description = {
        "Says which architecture, split, size and precision to take for given lengths, device and limits of memory and time, and shows the table behind it:",
        "measured where runs on this machine have measured it, modelled where they have not. How good a model's answers are is another question: encore run."})
final class AdviseCommand implements Callable<Integer> {

    private static final String USUAL_SIZE = "paper-330m";
    private static final List<String> EVERY_SIZE = List.of("10m", "30m", "100m", "330m", "500m", "1b");
    private static final int USUAL_VOCABULARY = 32_128;
    private static final int SHOWN = 12;

    /** Where lengths come from: given, or those of a task's held-out examples. */
    static final class Lengths {
        @Option(names = "--read", paramLabel = "N", required = true, description = "tokens of a request's source")
        private int read;

        @Option(names = "--generate", paramLabel = "M", required = true, description = "tokens of an answer, at least 2")
        private int generate;
    }

    /** Either. */
    static final class Asked {
        @ArgGroup(exclusive = false)
        private @org.jspecify.annotations.Nullable Lengths lengths;

        @Option(names = "--task", paramLabel = "TASK", description = "a task, as in an experiment file: the median lengths of its held-out examples, and its vocabulary")
        private @org.jspecify.annotations.Nullable String task;
    }

    @ArgGroup(multiplicity = "1")
    private Asked asked = new Asked();

    @Option(names = "--device", paramLabel = "DEVICE", description = "this-machine (default), or a card: encore list device; one of yours: 'card: {file: my.yaml}'")
    private String device = "this-machine";

    @Option(names = "--memory", paramLabel = "BYTES", description = "the most that weights and caches may take, such as 500M (default: the device's memory)")
    private @org.jspecify.annotations.Nullable String memory;

    @Option(names = "--first-token", paramLabel = "MS", description = "the longest time to the first token")
    private double firstToken = Double.POSITIVE_INFINITY;

    @Option(names = "--per-token", paramLabel = "MS", description = "the longest time for each later token")
    private double perToken = Double.POSITIVE_INFINITY;

    @Option(names = "--request", paramLabel = "MS", description = "the longest time of a whole request")
    private double request = Double.POSITIVE_INFINITY;

    @Option(names = "--size", paramLabel = "PRESET", split = ",", description = "sizes that come into question (default: " + USUAL_SIZE
            + "; with a limit of time or memory 10m to 1b)")
    private List<String> sizes = new ArrayList<>();

    @Option(names = "--precision", paramLabel = "PRECISION", split = ",",
            description = "precisions that come into question: fp32, fp16, int8, int4, and schemes that runs have measured, such as mixed (default: all that the device has)")
    private List<String> precisions = new ArrayList<>();

    @Option(names = "--measure", description = "first measure the best of each architecture on this machine, with random weights (minutes)")
    private boolean measure;

    @Option(names = "--runs", paramLabel = "DIR", description = "runs whose measurements count (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("runs");

    @Mixin
    private DataFolders data = new DataFolders();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    AdviseCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (var stop = new Stop()) {
            Choice<Device<?>> chosen = Chosen.of(ExtensionPoint.DEVICES, "--device", device, registry);
            boolean here = chosen.extension() instanceof ThisMachine;
            if (measure && !here) {
                throw new IllegalArgumentException("--measure measures this machine, and --device is " + chosen.id() + ". Leave one of them out.");
            }
            if (here) {
                MeasureMachine.here(registry, Hardware.here().threads(), text -> err.println("measuring this machine once: " + text + " ..."), stop);
            }
            Question question = question(Cards.of(chosen), here, out, err, stop);
            Known known = Known.of(runs);
            if (measure) {
                new QuickMeasurement(registry, data, runs, out, err).of(Advice.on(question, registry, known), stop);
                known = Known.of(runs);
            }
            known.unreadable().forEach(run -> err.println("warning: not counted: " + run));
            registry.problems().forEach(problem -> err.println("warning: " + problem));
            return tell(Advice.on(question, registry, known), known, out);
        } catch (CancellationException e) {
            out.println("stopped; nothing was advised");
            return Stop.CODE;
        }
    }

    private Question question(Card card, boolean here, PrintWriter out, PrintWriter err, Stop stop) {
        int read;
        int generate;
        int vocabulary = USUAL_VOCABULARY;
        if (asked.task != null) {
            var telling = new Telling(out, stop);
            Choice<Task<?>> task = Chosen.of(ExtensionPoint.TASKS, "--task", asked.task, registry);
            TaskLengths lengths = TaskLengths.of(data.working(registry, runs, telling, err).corpora().corpus(task, Optional.empty()));
            telling.done();
            read = lengths.source();
            generate = lengths.target();
            vocabulary = lengths.vocabulary();
            out.printf("task %s: %d tokens in and %d out at the median of its held-out examples, %d tokens in the vocabulary%n", task.id(), read, generate, vocabulary);
        } else {
            read = asked.lengths.read;
            generate = asked.lengths.generate;
        }
        double bytes = memory == null ? card.memory() * 1e9 : Amounts.parse("--memory", memory);
        var limits = new Question.Limits(bytes, firstToken, perToken, request);
        boolean limited = memory != null || limits.ofTime();
        List<String> size = !sizes.isEmpty() ? sizes : limited ? EVERY_SIZE : List.of(USUAL_SIZE);
        List<String> precision = !precisions.isEmpty() ? precisions
                : here ? List.of("fp32", "int8-dynamic", "int8", "mixed", "int4") : Arrays.stream(Card.Precision.values()).map(Card.Precision::words).toList();
        return new Question(read, generate, vocabulary, size, card, here, precision, limits, limited);
    }

    private static int tell(Advice advice, Known known, PrintWriter out) {
        out.println(advice.sentence());
        out.println();
        AdviceTable.print(advice, SHOWN, out);
        if (known.firstError().isPresent() && known.laterError().isPresent()) {
            out.println("how far the model of devices is off, by all that runs have measured on this machine: first tokens: " + known.firstError().get()
                    + "; later tokens: " + known.laterError().get());
        }
        return advice.taken().isPresent() ? 0 : 1;
    }
}
