package org.encore.plugins.tests.guest;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Does not start. */
public final class Angry implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("not today");
    }

    @Override
    public void stop(BundleContext context) {
        // it never started
    }
}
