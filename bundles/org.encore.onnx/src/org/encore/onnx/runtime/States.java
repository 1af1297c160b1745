package org.encore.onnx.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.encore.graph.StateSpec;
import org.encore.onnx.Serving;
import org.encore.onnx.compile.Compiler;

/**
 * What a generator keeps between steps.
 *
 * @param caches that are allocated once
 * @param exchanged whether a step writes these caches anew, beside those that it reads, which have the same capacity
 * @param handed caches that go from step to step as the runtime allocates them
 * @param held name to what is held as a whole
 */
record States(List<AppendCache> caches, boolean exchanged, List<HandedCache> handed, Map<String, Held> held) implements AutoCloseable {

    /** Room for so many rows and tokens, in the form in which the model is served. */
    static States of(OrtModel loaded, int rows, int capacity) {
        boolean copied = loaded.serving.cache() == Serving.Cache.COPIED;
        boolean exchanged = copied && loaded.fixedCapacity();
        var caches = new ArrayList<AppendCache>();
        var handed = new ArrayList<HandedCache>();
        var held = new LinkedHashMap<String, Held>();
        for (StateSpec spec : loaded.model.state()) {
            if (spec.role() != StateSpec.Role.APPEND) {
                held.put(spec.name(), new Held(spec, loaded.memory));
            } else if (copied && !exchanged) {
                handed.add(new HandedCache(spec));
            } else {
                Supplier<AppendCache> here = () -> new Cache(spec, rows, capacity);
                caches.add(loaded.memory.<AppendCache>map(memory -> new DeviceCache(memory, spec, rows, capacity)).orElseGet(here));
            }
        }
        return new States(caches, exchanged, handed, held);
    }

    /** Names of the caches that a step gives back as the runtime allocates them. @param grown those that it writes in place */
    List<String> given(Set<String> grown) {
        List<String> names = handed.isEmpty() ? caches.stream().map(AppendCache::name).filter(name -> !grown.contains(name)).toList()
                : handed.stream().map(HandedCache::name).toList();
        return names.stream().map(Compiler::output).toList();
    }

    boolean recurrent() {
        return held.values().stream().anyMatch(Held::recurrent);
    }

    /** What the step wrote is what the next one reads. */
    void advance() {
        for (Held state : held.values()) {
            if (state.recurrent()) {
                state.advance();
            }
        }
        if (exchanged) {
            caches.forEach(AppendCache::exchange);
        }
    }

    /** Puts rows in another order. @param lengths entries of each of the old rows that count */
    void select(int[] rows, long[] lengths) {
        caches.forEach(cache -> cache.select(rows, lengths));
        handed.forEach(cache -> cache.select(rows));
        held.values().forEach(state -> state.select(rows));
    }

    @Override
    public void close() {
        handed.forEach(HandedCache::close);
        caches.forEach(AppendCache::close);
        held.values().forEach(Held::close);
    }
}
