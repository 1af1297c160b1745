package org.encore.workbench;

import java.util.List;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;
import org.encore.plugins.Plugins;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.plugin.LoadedPlugins;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

/** The workbench as an application: {@code encore workbench}, or {@code encore} alone where there is a display. */
public final class WorkbenchApplication implements IApplication {

    private static final Integer WRONG_USE = 2;

    @Override
    public Object start(IApplicationContext context) throws BundleException {
        return switch (Arguments.of(List.of((String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS)))) {
            case Arguments.Help help -> {
                System.out.println(Arguments.USAGE);
                yield EXIT_OK;
            }
            case Arguments.Wrong wrong -> {
                System.err.println("encore: " + wrong.problem() + "\n" + Arguments.USAGE);
                yield WRONG_USE;
            }
            case Arguments.Open open -> {
                open.runs().ifPresent(folder -> System.setProperty(Installation.RUNS, folder.toString()));
                yield open();
            }
        };
    }

    private static Object open() throws BundleException {
        LoadedPlugins.are(Plugins.load());
        Appearance.prepare();
        System.setProperty("java.awt.headless", "true"); // charts are drawn to memory; AWT must not open a display beside SWT's
        startBundle("org.apache.felix.scr");
        startBundle("org.eclipse.equinox.event");
        Display.setAppName("Encore");
        Display display = PlatformUI.createDisplay();
        try {
            return PlatformUI.createAndRunWorkbench(display, new Advisor()) == PlatformUI.RETURN_RESTART ? EXIT_RESTART : EXIT_OK;
        } finally {
            display.dispose();
        }
    }

    /** Declarative services are not started for headless commands, whose start they would slow down; the window needs them. */
    private static void startBundle(String name) throws BundleException {
        for (Bundle bundle : FrameworkUtil.getBundle(WorkbenchApplication.class).getBundleContext().getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                bundle.start(Bundle.START_TRANSIENT);
            }
        }
    }

    @Override
    public void stop() {
        if (PlatformUI.isWorkbenchRunning()) {
            PlatformUI.getWorkbench().getDisplay().syncExec(() -> PlatformUI.getWorkbench().close());
        }
    }
}
