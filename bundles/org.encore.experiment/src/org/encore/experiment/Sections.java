package org.encore.experiment;

import java.util.Map;
import java.util.Optional;

import org.encore.api.architecture.Architecture;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.task.Task;
import org.encore.api.task.Tokenization;
import org.encore.experiment.match.Match;

/**
 * What may differ from model to model, beside the options of stages: every option in here can be an axis.
 *
 * @param task what is learnt
 * @param tokenizer between text and tokens
 * @param match what all variants have equal
 * @param variants name to architecture
 */
public record Sections(
        @Option(help = "what is learnt, such as g2p-cmudict") Choice<Task<?>> task,
        @Option(help = "how text becomes tokens; what fits the task if left out") Optional<Choice<Tokenization<?>>> tokenizer,
        @Option(help = "what all variants have equal: widths are solved to within 1 % of it") Optional<Match> match,
        @Option(help = "what is compared: a name for each, and its architecture with options") Map<String, Choice<Architecture<?>>> variants) {}
