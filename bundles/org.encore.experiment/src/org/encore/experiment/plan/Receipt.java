package org.encore.experiment.plan;

import org.encore.graph.Model;

import org.encore.cost.Convention;
import org.encore.cost.Cost;
import org.encore.experiment.match.Match;

/**
 * What a variant was matched on, and what it has of everything that could have been matched.
 *
 * @param variant name
 * @param quantity that was matched, or "nothing"
 * @param goal of that quantity
 * @param parameters trained numbers, embeddings counted
 * @param flops to read {@code source} and write {@code target} tokens, paper convention (modelled)
 * @param decodeBytes read per generated token at those lengths (modelled)
 * @param source tokens
 * @param target tokens
 * @param deviation of the matched quantity from the goal, in percent
 */
public record Receipt(String variant, String quantity, long goal, long parameters, long flops, long decodeBytes, int source, int target,
        double deviation) {

    static Receipt of(String variant, Model model, Match match, boolean matched) {
        Receipt all = new Receipt(variant, matched ? match.quantity() : "nothing", matched ? match.goal() : 0, model.parameterCount(),
                Cost.flops(model, Convention.PAPER, match.source(), match.target()), Cost.decodeBytes(model, Convention.PAPER, match.source(), match.target()),
                match.source(), match.target(), 0);
        double deviation = matched ? 100.0 * (all.of(match.quantity()) - match.goal()) / match.goal() : 0;
        return new Receipt(variant, all.quantity, all.goal, all.parameters, all.flops, all.decodeBytes, all.source, all.target, deviation);
    }

    private long of(String name) {
        return switch (name) {
            case "parameters" -> parameters;
            case "flops" -> flops;
            default -> decodeBytes;
        };
    }
}
