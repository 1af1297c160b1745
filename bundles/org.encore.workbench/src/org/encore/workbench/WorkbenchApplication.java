package org.encore.workbench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;
import org.encore.plugins.Plugins;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.plugin.LoadedPlugins;
import org.osgi.framework.BundleException;

/** The workbench as an application: {@code encore workbench}, or {@code encore} alone where there is a display. */
public final class WorkbenchApplication implements IApplication {

    private static final Integer WRONG_USE = 2;
    private static final Integer CANNOT_START = 3;
    /** Tells the command that a window which is closing has started it. */
    private static final String RESTARTED = "ENCORE_RESTARTED";

    @Override
    public Object start(IApplicationContext context) throws BundleException {
        List<String> words = List.of((String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS));
        return switch (Arguments.of(words)) {
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
                yield open(words);
            }
        };
    }

    private static Object open(List<String> words) throws BundleException {
        LoadedPlugins.are(Plugins.load());
        Appearance.prepare(Settings.theme());
        System.setProperty("java.awt.headless", "true"); // charts are drawn to memory; AWT must not open a display beside SWT's
        var ahead = new Ahead();
        Display.setAppName("Encore");
        Display display = PlatformUI.createDisplay();
        ahead.await();
        // a signal closes the window in good order; the end of the process waits a while for that, and not for ever if somebody is asked something
        Runtime.getRuntime().addShutdownHook(new Thread(WorkbenchApplication::closeSoon, "close the window"));
        int end;
        try {
            end = PlatformUI.createAndRunWorkbench(display, new Advisor());
        } finally {
            display.dispose();
        }
        return end == PlatformUI.RETURN_RESTART ? startAgain(words) : EXIT_OK;
    }

    /** A process can not begin anew by itself: another is started, with the same words, which waits until this one is gone. */
    private static Integer startAgain(List<String> words) {
        var command = new ArrayList<>(List.of(Installation.command(), "workbench"));
        command.addAll(words);
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put(RESTARTED, "true");
        try {
            builder.start();
            return EXIT_OK;
        } catch (IOException e) {
            System.err.println("encore: the window could not be started again: " + e.getMessage() + ". Start it yourself: encore workbench");
            return CANNOT_START;
        }
    }

    private static void closeSoon() {
        if (PlatformUI.isWorkbenchRunning()) {
            PlatformUI.getWorkbench().getDisplay().asyncExec(() -> PlatformUI.getWorkbench().close());
        }
    }

    @Override
    public void stop() {
        if (PlatformUI.isWorkbenchRunning()) {
            PlatformUI.getWorkbench().getDisplay().syncExec(() -> PlatformUI.getWorkbench().close());
        }
    }
}
