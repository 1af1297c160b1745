package org.encore.modelled;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How far the model was off where it could be checked: what it said of this machine, as a multiple of what was measured on it.
 *
 * @param factor geometric mean over the cells
 * @param low smallest
 * @param high largest
 * @param cells number of models and lengths
 */
public record ModelError(double factor, double low, double high, int cells) {

    /** @param said of this machine, over what was measured; one for each cell */
    public static Optional<ModelError> of(double... said) {
        double[] sound = Arrays.stream(said).filter(ratio -> Double.isFinite(ratio) && ratio > 0).toArray();
        return sound.length == 0 ? Optional.empty() : Optional.of(new ModelError(Math.exp(Arrays.stream(sound)
                .map(Math::log).average().orElseThrow()),
                Arrays.stream(sound).min().orElseThrow(), Arrays.stream(sound).max().orElseThrow(), sound.length));
    }

    /** The one that is further off; null if neither is known. */
    static @Nullable ModelError worse(@Nullable ModelError a, @Nullable ModelError b) {
        return a == null ? b : b == null || Math.abs(Math.log(a.factor)) >= Math.abs(Math.log(b.factor)) ? a : b;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "here the model says %.2f times what is measured, %.2f to %.2f, n = %d", factor, low, high, cells);
    }
}
