package org.encore.api.extension;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.core.runtime.RegistryFactory;
import org.encore.api.option.Nearest;

/**
 * Everything that bundles contribute. A contribution that does not work, or whose id is taken, is reported with its bundle and left out; the
 * others go on working. Safe for use by several threads.
 */
public final class Registry {

    private final Declaration.Source source;
    private final Map<ExtensionPoint<?>, Map<String, Contribution<?>>> read = new ConcurrentHashMap<>();
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

    public Registry(Declaration.Source source) {
        this.source = source;
    }

    /** The registry of the running platform. */
    public static Registry ofPlatform() {
        return new Registry(new PlatformSource(RegistryFactory.getRegistry()));
    }

    /** Contributions to a point by id, in alphabetical order; their classes are not loaded yet. */
    public <T> List<Contribution<T>> list(ExtensionPoint<T> point) {
        return contributions(point).values().stream().sorted(java.util.Comparator.comparing(Contribution::id)).toList();
    }

    /** The objects of a point; those that cannot be created are reported and left out. */
    public <T> List<T> all(ExtensionPoint<T> point) {
        var objects = new ArrayList<T>();
        for (Contribution<T> contribution : list(point)) {
            try {
                objects.add(contribution.get());
            } catch (Contribution.BrokenContribution e) {
                report(e.getMessage());
            }
        }
        return objects;
    }

    /**
     * The contribution of an id.
     *
     * @throws IllegalArgumentException if there is none; the message has the nearest id
     */
    public <T> Contribution<T> find(ExtensionPoint<T> point, String id) {
        Map<String, Contribution<T>> all = contributions(point);
        return Optional.ofNullable(all.get(id)).orElseThrow(() -> new IllegalArgumentException(
                "no " + point.kind() + " '" + id + "'. " + Nearest.suggestion(id, all.keySet())
                        + " Is a plug-in missing? (encore plugin list)"));
    }

    /** The id under which an object was contributed. */
    public <T> String idOf(ExtensionPoint<T> point, T object) {
        return list(point).stream().filter(c -> c.get() == object).map(Contribution::id).findFirst().orElseThrow();
    }

    /** What did not work so far, one line each. */
    public List<String> problems() {
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }

    @SuppressWarnings("unchecked")
    private <T> Map<String, Contribution<T>> contributions(ExtensionPoint<T> point) {
        return (Map<String, Contribution<T>>) (Map<String, ?>) read.computeIfAbsent(point, this::declared);
    }

    private Map<String, Contribution<?>> declared(ExtensionPoint<?> point) {
        var byId = new LinkedHashMap<String, Contribution<?>>();
        for (Declaration declaration : source.declared(point)) {
            var next = new Contribution<>(point, declaration);
            Contribution<?> taken = declaration.id().isBlank() ? null : byId.putIfAbsent(declaration.id(), next);
            if (declaration.id().isBlank()) {
                report("a contribution of bundle " + declaration.bundle() + " to " + point.id() + " has no id and is left out");
            } else if (taken != null) {
                report(next + " is left out: the id is taken by bundle " + taken.bundle() + " " + taken.version());
            }
        }
        return byId;
    }

    private void report(String problem) {
        synchronized (problems) {
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
        }
    }
}
