package org.encore.modelled;

import org.encore.api.device.Card;
import org.encore.api.device.Card.Precision;
import org.encore.cost.Call;
import org.encore.cost.Cost;
import org.encore.cost.Roof;
import org.encore.cost.Scenario;
import org.encore.graph.Model;

/**
 * What one model would take on one device, single stream: every operation as long as its arithmetic or its reading takes at the card's limits,
 * whichever is longer (Williams, Waterman and Patterson 2009, Roofline), and the overhead of launching it. A lower bound: no device reaches its limits
 * throughout.
 *
 * @param precision of weights and arithmetic
 * @param scenario fixed shapes of the device included
 * @param firstTokenMillis from the source to the first token
 * @param perTokenMillis mean of the later tokens
 * @param firstBound what most of the first token's time goes to
 * @param laterBound what most of a later token's time goes to
 * @param weightBytes of all parameters
 * @param stateBytes of caches after the last token
 * @param logitsBytes of the logits of one call, fp32
 */
public record Prediction(Precision precision, Scenario scenario, double firstTokenMillis, double perTokenMillis, Roof.Bound firstBound,
        Roof.Bound laterBound,
        double weightBytes, double stateBytes, double logitsBytes) {

    private static final int FP32 = 4;

    /**
     * Predicts.
     *
     * @param source tokens that are read, n
     * @param target tokens that are generated, m, at least 2
     * @throws IllegalArgumentException if the device cannot work at that precision
     */
    public static Prediction of(Card card, Precision precision, Model model, Scenario scenario, int source, int target) {
        var padded = new Scenario(scenario.cache(), scenario.everyLogits(), scenario.padded() || card.fixedShapes());
        var roof = new Roof(card.operationsPerSecond(precision), card.bytesPerSecond(), card.launch() / 1e6, precision.weightBytes(),
                precision.stateBytes());
        Call first = Call.first(model, padded, source, target);
        double later = 0;
        for (int i = 1; i < target; i++) {
            later += roof.seconds(Call.later(model, padded, source, target, i));
        }
        long positions = !scenario.everyLogits() ? 1 : Cost.readPositions(model, source);
        return new Prediction(precision, padded, roof.seconds(first) * 1e3, later / (target - 1) * 1e3, roof.bound(first),
                roof.bound(Call.later(model, padded, source, target, target / 2)), model.parameterCount() * precision.weightBytes(),
                Cost.kvBytes(model, source, target) / (double) FP32 * precision.stateBytes(), (double) positions * model.vocabularySize() * FP32);
    }

    /** Tokens per second over the whole request, the first token included. */
    public double tokensPerSecond(int target) {
        return target * 1e3 / (firstTokenMillis + (target - 1) * perTokenMillis);
    }

    /** Bytes that it needs at once. */
    public double bytes() {
        return weightBytes + stateBytes + logitsBytes;
    }
}
