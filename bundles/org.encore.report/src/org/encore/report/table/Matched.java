package org.encore.report.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.experiment.run.RunFolder;
import org.jspecify.annotations.Nullable;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;

/** What was made equal before the models were compared, from the run's provenance. */
final class Matched {

    private Matched() {}

    private record Provenance(@SerializedName("matched") @Nullable List<@Nullable Receipt> receipts) {}

    private record Receipt(@Nullable String variant, @Nullable String quantity, double goal, double deviation) {}

    /** One sentence; empty where provenance is not written yet or tells nothing. */
    static Optional<String> of(Path run) {
        Path file = run.resolve(RunFolder.PROVENANCE);
        try {
            Provenance provenance = Files.exists(file) ? new Gson().fromJson(Files.readString(file), Provenance.class) : null;
            return provenance == null || provenance.receipts() == null ? Optional.empty() : sentence(provenance.receipts());
        } catch (IOException | JsonParseException e) {
            return Optional.of("matched: not known, " + RunFolder.PROVENANCE + " cannot be read");
        }
    }

    private static Optional<String> sentence(List<@Nullable Receipt> receipts) {
        var parts = new ArrayList<String>();
        String matched = "";
        for (Receipt receipt : receipts) {
            if (receipt == null || receipt.variant() == null || receipt.quantity() == null) {
                continue;
            }
            if (receipt.quantity().equals("nothing")) {
                return Optional.of("matched: nothing; sizes are as the experiment gives them, so speed and quality differ by size too");
            }
            matched = String.format(Locale.ROOT, "matched: %s to %,.0f: ", Names.shown(receipt.quantity()), receipt.goal());
            parts.add(String.format(Locale.ROOT, "%s %+.2f %%", Names.shown(receipt.variant()), receipt.deviation()));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(matched + String.join(", ", parts));
    }
}
