package org.encore.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.modelled.advice.Advice;
import org.encore.modelled.advice.Offer;
import org.encore.modelled.advice.Times;

/** What advice rests on: what was measured in one table, what was modelled in another. */
final class AdviceTable {

    private AdviceTable() {}

    /** @param most rows of a table */
    static void print(Advice advice, int most, PrintWriter out) {
        var measured = new ArrayList<List<String>>(List.of(List.of("MEASURED HERE", "layers", "size", "precision", "first token ms", "later token ms", "request ms", "MB",
                "keeps limits", "run")));
        var modelled = new ArrayList<List<String>>(List.of(List.of("MODELLED", "layers", "size", "precision", "first token ms", "later token ms", "request ms", "MB",
                "keeps limits", "at least ms")));
        for (Offer offer : advice.offers()) {
            switch (offer.times()) {
                case Times.Measured times -> measured.add(row(advice, offer, words(times.first()), words(times.later()), words(times.whole()), times.run()
                        + (times.disturbed() ? " (disturbed throughout)" : "")));
                case Times.Modelled times -> modelled.add(row(advice, offer, Times.number(times.firstMillis()), Times.number(times.laterMillis()),
                        Times.number(times.requestMillis()), Times.number(times.firstBound() + (times.generate() - 1) * times.laterBound())));
            }
        }
        print(measured, most, out);
        print(modelled, most, out);
    }

    private static List<String> row(Advice advice, Offer offer, String first, String later, String request, String last) {
        // the question's limits stand beside the answer: an offer that breaks one is shown, and says so
        return List.of(offer.candidate().architecture(), offer.candidate().layers(), offer.candidate().size(), offer.precision(), first, later, request,
                String.format(Locale.ROOT, "%,.0f", offer.times().bytes() / 1e6), offer.keeps(advice.question().limits()) ? "yes" : "no", last);
    }

    private static String words(Estimate estimate) {
        return Times.number(estimate.median()) + " [" + Times.number(estimate.low()) + ", " + Times.number(estimate.high()) + "]";
    }

    private static void print(List<List<String>> rows, int most, PrintWriter out) {
        if (rows.size() > 1) {
            Columns.print(rows.subList(0, Math.min(rows.size(), most + 1)), out);
            if (rows.size() > most + 1) {
                out.println("… and " + (rows.size() - most - 1) + " more that are worse");
            }
            out.println();
        }
    }
}
