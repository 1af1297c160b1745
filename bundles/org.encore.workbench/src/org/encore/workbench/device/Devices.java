package org.encore.workbench.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.experiment.device.MachineLimits;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * What {@code encore devices --json} says.
 *
 * @param rows everything that was tried
 * @param limits what this machine reached; empty if it could not be measured
 */
public record Devices(List<Row> rows, Optional<MachineLimits> limits) {

    private static final double GIGA = 1e9;

    public Devices {
        rows = List.copyOf(rows);
    }

    /**
     * Something that was tried, or a fact.
     *
     * @param kind machine, limit, runtime, backend, trainer or probe
     * @param name id
     * @param here whether it can be used
     * @param words what it is; or why it is not here, and what to do
     */
    public record Row(String kind, String name, boolean here, String words) {}

    /** @throws IllegalArgumentException if it is not what the command prints */
    static Devices read(String json) {
        try {
            JsonObject all = JsonParser.parseString(json).getAsJsonObject();
            var rows = new ArrayList<Row>();
            JsonObject machine = all.getAsJsonObject("machine");
            rows.add(new Row("machine", "processor", true, machine.get("processor").getAsString() + ", " + machine.get("threads").getAsInt() + " of "
                    + machine.get("machineThreads").getAsInt() + " threads"));
            rows.add(new Row("machine", "memory", true, String.format(Locale.ROOT, "%.1f GB", machine.get("memoryBytes").getAsDouble() / GIGA)));
            MachineLimits limits = new Gson().fromJson(all.get("limits"), MachineLimits.class);
            if (limits != null) {
                limits.reached().forEach(reached -> rows.add(new Row("limit", reached.limit().words(), true, String.format(Locale.ROOT,
                        "%.4g G%s by %s, best of %d; middle half %.4g to %.4g%s", reached.best() / GIGA, reached.limit().unit(), reached.probe(),
                                reached.attempts(),
                        reached.low() / GIGA, reached.high() / GIGA, reached.foreignCores() < 0 ? ""
                                : String.format(Locale.ROOT, "; others used %.1f cores meanwhile", reached.foreignCores())))));
            }
            for (JsonElement runtime : all.has("runtimes") ? all.getAsJsonArray("runtimes") : new JsonArray()) {
                JsonObject build = runtime.getAsJsonObject();
                rows.add(new Row("runtime", build.get("id").getAsString(), true, build.get("build").getAsString() + ", " + build.get("where").getAsString()));
            }
            tried(all, "backends", "backend", rows);
            tried(all, "trainers", "trainer", rows);
            tried(all, "probes", "probe", rows);
            return new Devices(rows, Optional.ofNullable(limits));
        } catch (JsonParseException | IllegalStateException | NullPointerException | ClassCastException e) {
            throw new IllegalArgumentException("'encore devices --json' printed something else than devices: " + e.getMessage(), e);
        }
    }

    private static void tried(JsonObject all, String section, String kind, List<Row> rows) {
        all.getAsJsonArray(section).forEach(element -> {
            JsonObject one = element.getAsJsonObject();
            boolean here = one.get("here").getAsBoolean();
            rows.add(new Row(kind, one.get("id").getAsString(), here, here ? one.get("what").getAsString()
                    : one.get("reason").getAsString() + ". " + one.get("remedy").getAsString()));
        });
    }
}
