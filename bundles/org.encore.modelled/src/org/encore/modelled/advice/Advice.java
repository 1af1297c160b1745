package org.encore.modelled.advice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.api.device.Card;
import org.encore.api.device.Card.Precision;
import org.encore.api.extension.Registry;
import org.encore.cost.Call;
import org.encore.cost.Cost;
import org.encore.cost.Roof;
import org.encore.cost.Scenario;

/**
 * The answer. The rule: of the models that keep all limits with the whole of their interval, the largest size; of those, if a limit is given, the highest
 * precision; of those the shortest request.
 *
 * @param question it is about
 * @param offers that were considered, the best first: those that keep the limits before the others
 * @param taken the best; empty if none keeps the limits
 */
public record Advice(Question question, List<Offer> offers, Optional<Offer> taken) {

    private static final int FP32 = 4;

    public Advice {
        offers = List.copyOf(offers);
    }

    /** Considers every installed architecture. */
    public static Advice on(Question question, Registry registry, Known known) {
        var offers = new ArrayList<Offer>();
        for (Candidate candidate : Candidates.of(registry, question)) {
            Scenario scenario = new Scenario(Scenario.LEAN.cache(), false, question.card().fixedShapes());
            Call first = Call.first(candidate.model(), scenario, question.read(), question.generate());
            Call later = Call.later(candidate.model(), scenario, question.read(), question.generate(), Math.max(1, question.generate() / 2));
            for (String precision : question.precisions()) {
                Optional<Times> measured = question.here() ? known.of(candidate, precision, question).map(Times.class::cast) : Optional.empty();
                measured.or(() -> modelled(candidate, precision, question, first, later, known))
                        .ifPresent(times -> offers.add(new Offer(candidate, precision, times)));
            }
        }
        Question.Limits limits = question.limits();
        offers.sort(order(question, offers));
        return new Advice(question, offers, offers.stream().findFirst().filter(offer -> offer.keeps(limits)));
    }

    /** Sizes are those of presets, of which the largest model speaks for all: a few percent more or less by architecture decide nothing. */
    private static Comparator<Offer> order(Question question, List<Offer> offers) {
        var sizes = new HashMap<String, Long>();
        offers.forEach(offer -> sizes.merge(offer.candidate().size(), offer.candidate().model().parameterCount(), Math::max));
        Comparator<Offer> best = Comparator.<Offer>comparingDouble(offer -> offer.excess(question.limits()))
                .thenComparing(Comparator.comparingLong((Offer offer) -> sizes.get(offer.candidate().size())).reversed());
        Comparator<Offer> precise = question.limited()
                ? best.thenComparing(Comparator.comparingDouble(Advice::bytesOfWeight).reversed()) : best;
        return precise.thenComparingDouble(offer -> offer.times().requestMillis());
    }

    private static double bytesOfWeight(Offer offer) {
        return precision(offer.precision()).map(Precision::weightBytes).orElse(offer.times().bytes() / offer.candidate().model().parameterCount());
    }

    private static Optional<Precision> precision(String name) {
        return Arrays.stream(Precision.values()).filter(precision -> precision.words().equals(name)).findFirst();
    }

    private static Optional<Times> modelled(Candidate candidate, String name, Question question, Call first, Call later, Known known) {
        Card card = question.card();
        Optional<Precision> precision = precision(name).filter(p -> runs(card, p));
        if (precision.isEmpty()) {
            return Optional.empty();
        }
        var roof = new Roof(card.operationsPerSecond(precision.get()), card.bytesPerSecond(), card.launch() / 1e6, precision.get().weightBytes(),
                precision.get().stateBytes());
        double bytes = candidate.model().parameterCount() * precision.get().weightBytes()
                + Cost.kvBytes(candidate.model(), question.read(), question.generate()) / (double) FP32 * precision.get().stateBytes();
        return Optional.of(new Times.Modelled(roof.seconds(first) * 1e3, roof.seconds(later) * 1e3, question.generate(), known.firstError(), known.laterError(),
                bytes));
    }

    private static boolean runs(Card card, Precision precision) {
        return switch (precision) {
            case FP32 -> card.peak().fp32() > 0;
            case FP16 -> card.peak().fp16() > 0;
            case INT8, INT4 -> card.peak().int8() > 0;
        };
    }

    /** The best of every other architecture that keeps the limits, of the same size and precision where there is one. */
    private Optional<Offer> next(Offer best) {
        return offers.stream().filter(offer -> !offer.candidate().architecture().equals(best.candidate().architecture()) && offer.keeps(question.limits())
                && offer.candidate().size().equals(best.candidate().size()) && offer.precision().equals(best.precision())).findFirst();
    }

    /** The answer in a sentence. */
    public String sentence() {
        String asked = String.format(Locale.ROOT, "reading %,d tokens and generating %,d", question.read(), question.generate());
        if (offers.isEmpty()) {
            return "Nothing comes into question: " + question.card().name() + " runs none of " + question.precisions() + ".";
        }
        if (taken.isEmpty()) {
            Offer nearest = offers.getFirst();
            return String.format(Locale.ROOT, "Nothing keeps the limits; the nearest is %s, which breaks one %.2f times: %s takes %s.", nearest.words(),
                    nearest.excess(question.limits()), asked, nearest.times().request());
        }
        Offer best = taken.get();
        return "Take " + best.words() + ": " + asked + " takes " + best.times().request() + next(best).map(other -> "; the next best architecture, "
                + other.candidate().architecture() + " of " + other.candidate().layers() + " layers, takes " + other.times().brief()).orElse("") + ".";
    }
}
