package org.encore.api.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.eclipse.core.runtime.ContributorFactoryOSGi;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.osgi.framework.Bundle;

/** Reads contributions from Equinox's extension registry: the only class that knows its configuration elements. */
final class PlatformSource implements Declaration.Source {

    private final IExtensionRegistry registry;

    PlatformSource(IExtensionRegistry registry) {
        this.registry = registry;
    }

    @Override
    public List<Declaration> declared(ExtensionPoint<?> point) {
        var declared = new ArrayList<Declaration>();
        for (IConfigurationElement element : registry.getConfigurationElementsFor(point.id())) {
            if (element.getName().equals(point.kind())) {
                String id = text(element, "id");
                declared.add(new Declaration(id, element.getAttribute("name") == null ? id : text(element, "name"), text(element, "description"),
                        element.getContributor().getName(), version(element), () -> element.createExecutableExtension("class")));
            }
        }
        return declared;
    }

    private static String text(IConfigurationElement element, String attribute) {
        return Objects.requireNonNullElse(element.getAttribute(attribute), "");
    }

    private static String version(IConfigurationElement element) {
        Bundle bundle = ContributorFactoryOSGi.resolve(element.getContributor());
        return bundle == null ? "?" : bundle.getVersion().toString();
    }
}
