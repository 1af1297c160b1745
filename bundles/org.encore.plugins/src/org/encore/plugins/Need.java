package org.encore.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Requirement;

/** What a bundle requires and does not find, in words: the name, the versions that would do, and those that are here. */
final class Need {

    private static final Pattern VERSION = Pattern.compile("(!?)\\((?:bundle-)?version(>=|<=|=)([^)]+)\\)");

    private Need() {}

    /** {@code package x.y 1.0.0 or newer, below 2.0.0; here it is 3.0.0}. */
    static String of(Requirement requirement, BundleContext context) {
        String filter = String.valueOf(requirement.getDirectives().get("filter"));
        return switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE -> named("package", PackageNamespace.PACKAGE_NAMESPACE, filter, context);
            case BundleNamespace.BUNDLE_NAMESPACE -> named("bundle", BundleNamespace.BUNDLE_NAMESPACE, filter, context);
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> {
                Matcher version = VERSION.matcher(filter);
                yield "Java " + (version.find() ? version.group(3) : filter) + ", and this is Java " + Runtime.version().feature();
            }
            default -> requirement.getNamespace() + " " + filter + ", which nothing here provides";
        };
    }

    private static String named(String kind, String namespace, String filter, BundleContext context) {
        Matcher name = Pattern.compile(Pattern.quote(namespace) + "=([^)]+)").matcher(filter);
        if (!name.find()) {
            return kind + " " + filter;
        }
        Set<String> here = versions(context, namespace, name.group(1));
        String wanted = kind + " " + name.group(1) + range(filter);
        return here.isEmpty() ? wanted + ", which is not here" : wanted + "; here it is " + String.join(" and ", here);
    }

    private static Set<String> versions(BundleContext context, String namespace, String name) {
        String attribute = namespace.equals(PackageNamespace.PACKAGE_NAMESPACE) ? PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE
                : BundleNamespace.CAPABILITY_BUNDLE_VERSION_ATTRIBUTE;
        var here = new TreeSet<String>();
        for (Bundle bundle : context.getBundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            for (BundleCapability capability : revision == null ? List.<BundleCapability>of() : revision.getDeclaredCapabilities(namespace)) {
                if (name.equals(capability.getAttributes().get(namespace))) {
                    here.add(String.valueOf(capability.getAttributes().get(attribute)));
                }
            }
        }
        return here;
    }

    /** {@code (&(version>=1.0.0)(!(version>=2.0.0)))} as {@code 1.0.0 or newer, below 2.0.0}. */
    private static String range(String filter) {
        var bounds = new ArrayList<String>();
        Matcher bound = VERSION.matcher(filter);
        while (bound.find()) {
            boolean not = !bound.group(1).isEmpty();
            bounds.add(switch (bound.group(2)) {
                case ">=" -> not ? "below " + bound.group(3) : bound.group(3) + " or newer";
                case "<=" -> not ? "above " + bound.group(3) : bound.group(3) + " or older";
                default -> bound.group(3);
            });
        }
        return bounds.isEmpty() ? "" : " " + String.join(", ", bounds);
    }
}
