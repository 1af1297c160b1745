package org.encore.objectives;

import java.util.Map;

import org.encore.api.option.Option;
import org.encore.api.training.Objective;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.op.CrossEntropy;

/** Mean negative log-likelihood of the labels, in nats. */
public final class TokenCrossEntropy implements Objective<TokenCrossEntropy.Options> {

    /** @param smoothing share of each label's probability spread over the vocabulary */
    public record Options(
            @Option(value = "0.0", help = "label smoothing: share of each label's probability spread over the vocabulary") double smoothing) {
        public Options {
            if (!(smoothing >= 0 && smoothing < 1)) {
                throw new IllegalArgumentException("smoothing " + smoothing + " is no share; give 0 <= smoothing < 1");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Program build(Options options, int vocabularySize) {
        var graph = new Graph("cross-entropy");
        Dim batch = Dim.symbol("B");
        Dim time = Dim.symbol("T");
        var logits = graph.input(Names.LOGITS, DType.FLOAT, Shape.of(batch, time, Dim.of(vocabularySize)));
        var labels = graph.input(Names.LABELS, DType.INT, Shape.of(batch, time));
        var mask = graph.input(Names.MASK, DType.BOOL, Shape.of(batch, time));
        return graph.finish(Map.of(Names.LOSS, graph.apply(new CrossEntropy(options.smoothing()), logits, labels, mask)));
    }
}
