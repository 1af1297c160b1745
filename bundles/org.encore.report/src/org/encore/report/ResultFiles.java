package org.encore.report;

import java.util.ArrayList;
import java.util.List;

import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.Csv;
import org.encore.experiment.result.RunResults;

/** Results as comma-separated values (RFC 4180), for other tools. What was not found, or has no bound, is an empty field. */
final class ResultFiles {

    private ResultFiles() {}

    /** One line for each model and quantity: cell, variant, seed, quantity, value, low, high, unit. */
    static List<String> results(RunResults results) {
        var lines = new ArrayList<>(List.of("cell,variant,seed,quantity,value,low,high,unit"));
        results.cells().forEach(cell -> {
            String begin = line(cell.id(), cell.variant(), cell.seed());
            lines.add(begin + "," + line("parameters", cell.parameters(), "", "", ""));
            var scores = results.scores().get(cell.id());
            if (scores != null) {
                scores.splits().forEach((split, of) -> of.forEach(
                        (metric, score) -> lines.add(begin + "," + line(split + "." + metric, score.value(), "", "", score.unit()))));
            }
            results.speed(cell.id()).ifPresent(speed -> {
                lines.add(begin + "," + estimate("firstToken", speed.firstTokenMillis()));
                lines.add(begin + "," + estimate("perToken", speed.perTokenMillis()));
                lines.add(begin + "," + line("peakMemory", speed.peakMegabytes(), "", "", "MB"));
                lines.add(begin + "," + line("weights", speed.weightBytes(), "", "", "bytes"));
                lines.add(begin + "," + line("state", speed.stateBytes(), "", "", "bytes"));
            });
        });
        return lines;
    }

    private static String estimate(String quantity, BenchmarkSummary.Estimate e) {
        return line(quantity, e.median(), e.low(), e.high(), "ms");
    }

    static List<String> curves(RunResults results) {
        var lines = new ArrayList<>(List.of("cell,split,step,tokens,lossNats"));
        results.curves().forEach((cell, points) -> points.forEach(p -> lines.add(line(cell, "training", p.step(), p.tokens(), p.loss()))));
        results.development().forEach((cell, points) -> points.forEach(p -> lines.add(line(cell, "development", p.step(), p.tokens(), p.loss()))));
        return lines;
    }

    private static String line(Object... fields) {
        return Csv.line(List.of(fields));
    }
}
