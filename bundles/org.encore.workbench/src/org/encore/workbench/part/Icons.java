package org.encore.workbench.part;

import java.net.URL;
import java.util.Objects;

import org.eclipse.jface.resource.ImageDescriptor;
import org.osgi.framework.FrameworkUtil;

/** Icons of the workbench: vector drawings, sharp at every scale of the screen. */
public final class Icons {

    private Icons() {}

    /** @param name of a file in {@code icons}, without ending */
    public static ImageDescriptor of(String name) {
        URL file = FrameworkUtil.getBundle(Icons.class).getEntry("icons/" + name + ".svg");
        return ImageDescriptor.createFromURL(Objects.requireNonNull(file, name));
    }
}
