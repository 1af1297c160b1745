package org.encore.plugins;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.eclipse.osgi.report.resolution.ResolutionReport;
import org.eclipse.osgi.report.resolution.ResolutionReport.Entry;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/** Why bundles cannot be resolved, from the report that the framework makes while it tries. */
final class Reasons implements ResolverHookFactory, ResolverHook, ResolutionReport.Listener {

    private final BundleContext context;
    private final Map<Resource, List<Entry>> entries = new HashMap<>();

    private Reasons(BundleContext context) {
        this.context = context;
    }

    /** Tries again to resolve, and says of each bundle for which that fails why: {@code it needs …}. */
    static Map<Bundle, String> of(BundleContext context, FrameworkWiring wiring, Collection<Bundle> bundles) {
        var reasons = new Reasons(context);
        var registration = context.registerService(ResolverHookFactory.class, reasons, null);
        try {
            wiring.resolveBundles(bundles);
        } finally {
            registration.unregister();
        }
        var why = new HashMap<Bundle, String>();
        for (Bundle bundle : bundles) {
            if (bundle.getState() == Bundle.INSTALLED) {
                why.put(bundle, reasons.reason(bundle.adapt(BundleRevision.class)));
            }
        }
        return why;
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void handleResolutionReport(@Nullable ResolutionReport report) {
        if (report != null) {
            report.getEntries().forEach(entries::putIfAbsent);
        }
    }

    private String reason(BundleRevision bundle) {
        var said = new TreeSet<String>();
        for (Entry entry : entries.getOrDefault(bundle, List.of())) {
            switch (entry.getType()) {
                case MISSING_CAPABILITY -> said.add("it needs " + Need.of((Requirement) entry.getData(), context));
                case UNRESOLVED_PROVIDER -> ((Map<?, ?>) entry.getData()).values()
                        .forEach(providers -> ((Collection<?>) providers).forEach(provider ->
                        said.add("it needs " + ((BundleCapability) provider).getRevision().getSymbolicName() + ", which is left out too")));
                case SINGLETON_SELECTION -> said.add("another version of it is loaded already");
                case USES_CONSTRAINT_VIOLATION -> said.add("it would see a package twice, from different bundles: " + entry.getData());
                case FILTERED_BY_RESOLVER_HOOK -> said.add("something in this platform refuses it");
            }
        }
        return said.isEmpty() ? "the platform does not resolve it" : String.join("; ", said);
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        // only here to hear the report
    }

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
        // only here to hear the report
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        // only here to hear the report
    }

    @Override
    public void end() {
        // only here to hear the report
    }
}
