package org.encore.workbench;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import org.eclipse.e4.ui.model.application.MApplicationFactory;
import org.encore.workbench.part.Icons;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

/**
 * What every window needs before it opens, made ready by a second core while the first makes the display: declarative services, which headless
 * commands do without, then the drawing of icons, and then classes.
 */
final class Ahead {

    private static final int PERCENT = 100;

    private final FutureTask<Void> services = new FutureTask<>(() -> {
        startBundle("org.apache.felix.scr");
        startBundle("org.eclipse.equinox.event");
        return null;
    });

    Ahead() {
        var thread = new Thread(() -> {
            services.run();
            Icons.of("encore").getImageData(PERCENT);
            KnownClasses.load();
        }, "ahead of the window");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when the services are there. Called by the thread that goes on with the window, which uses the time. */
    void await() throws BundleException {
        MApplicationFactory.INSTANCE.getClass(); // its making is the first thing that the workbench does
        try {
            services.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("interrupted while services were started", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BundleException problem ? problem : new BundleException("services did not start", e.getCause());
        }
    }

    private static void startBundle(String name) throws BundleException {
        for (Bundle bundle : FrameworkUtil.getBundle(Ahead.class).getBundleContext().getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                bundle.start(Bundle.START_TRANSIENT);
            }
        }
    }
}
