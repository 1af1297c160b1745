package org.encore.experiment.process;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.api.Counted;
import org.encore.experiment.Experiment;
import org.encore.experiment.job.Keys;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.plan.Receipt;
import org.encore.experiment.tune.Trials;

/**
 * What an experiment amounts to and would take, in the words of {@code encore plan}; nothing is run.
 *
 * @param plan with its receipts
 * @param forecast of its stages
 * @param trials of each variant in tuning; 0 if nothing is tuned
 * @param tuningSeconds of all trials, modelled
 */
public record Outlook(Plan plan, Forecast forecast, int trials, double tuningSeconds) {

    /** Titles of {@link #stages}. */
    public static final List<String> STAGES = List.of("stage", "jobs", "done", "to do", "estimate", "basis");

    /** Titles of {@link #receipts}. */
    public static final List<String> RECEIPTS = List.of("variant", "parameters", "MFLOP (modelled)", "kB per decoded token (modelled)", "matched on");

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final double KEEP_SECONDS = 90;
    private static final double KEEP_MINUTES = 5400;

    /**
     * Loads the data, solves the widths, and looks at what is done already and how long earlier jobs took.
     *
     * @throws org.encore.api.option.Problems.InvalidConfiguration if options contradict each other or cannot be matched
     * @throws org.encore.api.Unavailable if the data of a task are not here
     */
    public static Outlook of(Experiment experiment, Workshop workshop) {
        Keys.digestAhead(experiment.cells().getFirst().stages().values());
        Plan plan = Plan.of(experiment, workshop.corpora());
        int trials = 0;
        double seconds = 0;
        if (!experiment.tuning().isEmpty()) {
            Trials all = Trials.of(plan, workshop.registry());
            trials = all.combinations().size();
            for (var variant : all.cells().entrySet()) {
                seconds += Forecast.of(Plan.of(experiment.of(variant.getValue()), Trials.STAGES, workshop.corpora()), workshop).seconds();
            }
        }
        return new Outlook(plan, Forecast.of(plan, workshop), trials, seconds);
    }

    /** Of wall time in all, modelled. */
    public double seconds() {
        return forecast.seconds() + tuningSeconds;
    }

    /** How long it would take, and how that is known. */
    public String time() {
        boolean guessed = forecast.lines().stream().anyMatch(line -> line.basis() == 0 && line.seconds() > MINUTE);
        return "about " + about(seconds()) + " on this machine (modelled" + (guessed ? "; a rough guess where nothing like it has run here yet" : "")
                + ")";
    }

    /** Whether it keeps the experiment's budget; empty if it has none. */
    public Optional<String> budget() {
        double budget = plan.experiment().header().budget().hours() * HOUR;
        return budget <= 0 ? Optional.empty() : Optional.of((seconds() <= budget ? "within the budget of " : "OVER the budget of ") + about(budget));
    }

    /** What tuning would take; empty if nothing is tuned. */
    public Optional<String> tuning() {
        return trials == 0 ? Optional.empty() : Optional.of("tuning first: " + Counted.of(trials, "trial") + " for each variant, about "
                + about(tuningSeconds) + "; what it chooses may change what is done already");
    }

    /** How many models of what. */
    public String models() {
        Experiment experiment = plan.experiment();
        return Counted.of(plan.cells().size(), "model") + ": " + Counted.of(experiment.variants().size(), "variant") + " × "
                + Counted.of(experiment.header().seeds().size(), "seed")
                + String.join("", experiment.axes().stream().map(axis -> " × " + axis.values().size() + " " + axis.name()).toList());
    }

    /** The stages as a table, its first row the titles. */
    public List<List<String>> stages() {
        var rows = new ArrayList<List<String>>(List.of(STAGES));
        for (Forecast.Line line : forecast.lines()) {
            rows.add(List.of(line.stage(), count(line.jobs()), count(line.cached()), count(line.jobs() - line.cached()), about(line.seconds()),
                    line.jobs() == line.cached() ? "" : line.basis() == 0 ? "guess" : "earlier jobs"));
        }
        return rows;
    }

    /** What was matched, as a table, its first row the titles. */
    public static List<List<String>> receipts(Plan plan) {
        var rows = new ArrayList<List<String>>(List.of(RECEIPTS));
        Iterator<String> places = plan.places().iterator();
        for (Receipt receipt : plan.receipts()) {
            String place = places.next();
            rows.add(List.of(receipt.variant() + (place.isEmpty() ? "" : " " + place), count(receipt.parameters()),
                    String.format(Locale.ROOT, "%.1f", receipt.flops() / 1e6), String.format(Locale.ROOT, "%.0f", receipt.decodeBytes() / 1e3),
                    receipt.quantity().equals("nothing") ? "nothing"
                            : String.format(Locale.ROOT, "%s %,d (%+.2f %%)", receipt.quantity(), receipt.goal(), receipt.deviation())));
        }
        return rows;
    }

    /** At what lengths FLOPs and bytes of receipts are. */
    public static String lengths(List<Receipt> receipts) {
        Receipt first = receipts.getFirst();
        return "FLOPs and bytes to read " + first.source() + " and write " + first.target() + " tokens; matrix products only, caches on.";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A time that is an estimate anyway: 40 s, 12 min, 3.5 h. */
    public static String about(double seconds) {
        return seconds < KEEP_SECONDS ? String.format(Locale.ROOT, "%.0f s", seconds)
                : seconds < KEEP_MINUTES ? String.format(Locale.ROOT, "%.0f min", seconds / MINUTE) : String.format(Locale.ROOT, "%.1f h",
                        seconds / HOUR);
    }
}
