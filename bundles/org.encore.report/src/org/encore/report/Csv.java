package org.encore.report;

import java.util.ArrayList;
import java.util.List;

import org.encore.experiment.result.RunResults;

/** Results as comma-separated values, for other tools. */
final class Csv {

    private Csv() {}

    /** One line for each model and quantity: cell, variant, seed, quantity, value, low, high, unit. */
    static List<String> results(RunResults results) {
        var lines = new ArrayList<>(List.of("cell,variant,seed,quantity,value,low,high,unit"));
        results.cells().forEach(cell -> {
            String begin = cell.id() + "," + cell.variant() + "," + cell.seed() + ",";
            lines.add(begin + "parameters," + cell.parameters() + ",,,");
            var scores = results.scores().get(cell.id());
            if (scores != null) {
                scores.splits().forEach((split, of) -> of.forEach((metric, score) -> lines.add(begin + split + "." + metric + "," + score.value() + ",,," + score.unit())));
            }
            results.benchmark().map(b -> b.cells().get(cell.id())).ifPresent(speed -> {
                lines.add(begin + "firstToken," + speed.firstTokenMillis().median() + "," + speed.firstTokenMillis().low() + "," + speed.firstTokenMillis().high() + ",ms");
                lines.add(begin + "perToken," + speed.perTokenMillis().median() + "," + speed.perTokenMillis().low() + "," + speed.perTokenMillis().high() + ",ms");
                lines.add(begin + "peakMemory," + speed.peakMegabytes() + ",,,MB");
                lines.add(begin + "weights," + speed.weightBytes() + ",,,bytes");
                lines.add(begin + "state," + speed.stateBytes() + ",,,bytes");
            });
        });
        return lines;
    }

    static List<String> curves(RunResults results) {
        var lines = new ArrayList<>(List.of("cell,split,step,tokens,lossNats"));
        results.curves().forEach((cell, points) -> points.forEach(p -> lines.add(cell + ",training," + p.step() + "," + p.tokens() + "," + p.loss())));
        results.development().forEach((cell, points) -> points.forEach(p -> lines.add(cell + ",development," + p.step() + "," + p.tokens() + "," + p.loss())));
        return lines;
    }
}
