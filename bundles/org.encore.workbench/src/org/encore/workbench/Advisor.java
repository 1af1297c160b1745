package org.encore.workbench;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchPreferenceConstants;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;
import org.encore.workbench.action.Enablement;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.part.Icons;
import org.encore.workbench.part.StatusLine;
import org.encore.workbench.part.Trim;
import org.encore.workbench.plugin.LoadedPlugins;
import org.encore.workbench.run.RunPerspective;

/** How the workbench begins: its perspectives, what it remembers, how it looks. */
public class Advisor extends WorkbenchAdvisor {

    /** Our scheme of keys. */
    private static final String KEYS = "org.encore.workbench.keys";
    private static final Point SIZE = new Point(1280, 800);

    @Override
    public void initialize(IWorkbenchConfigurer configurer) {
        configurer.setSaveAndRestore(true);
        IPreferenceStore standard = PlatformUI.getPreferenceStore();
        standard.setDefault(IWorkbenchPreferenceConstants.SHOW_TEXT_ON_PERSPECTIVE_BAR, true);
        standard.setDefault(IWorkbenchPreferenceConstants.SHOW_OPEN_ON_PERSPECTIVE_BAR, false);
        standard.setDefault(IWorkbenchPreferenceConstants.PERSPECTIVE_BAR_EXTRAS, String.join(",", Perspectives.IDS));
        standard.setDefault(IWorkbenchPreferenceConstants.SHOW_PROGRESS_ON_STARTUP, false);
        standard.setDefault(IWorkbenchPreferenceConstants.KEY_CONFIGURATION_ID, KEYS);
    }

    @Override
    public String getInitialWindowPerspectiveId() {
        return RunPerspective.ID;
    }

    @Override
    public String getMainPreferencePageId() {
        return SettingsPage.ID;
    }

    /** The log says how long it took until the first thing that was asked of the open window could be done. */
    @Override
    public void postStartup() {
        Optional<Instant> begun = ProcessHandle.current().info().startInstant();
        PlatformUI.getWorkbench().getDisplay().asyncExec(() -> begun.ifPresent(then -> ILog.of(Advisor.class).info(
                String.format(Locale.ROOT, "the window is ready, %.2f s after its process began", Duration.between(then, Instant.now()).toMillis() / 1e3))));
    }

    @Override
    public WorkbenchWindowAdvisor createWorkbenchWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        return new WorkbenchWindowAdvisor(configurer) {
            @Override
            public void preWindowOpen() {
                configurer.setInitialSize(SIZE);
                configurer.setShowMenuBar(true);
                configurer.setShowCoolBar(true);
                configurer.setShowPerspectiveBar(true);
                configurer.setShowStatusLine(true);
                configurer.setShowProgressIndicator(true);
                configurer.setTitle("Encore");
                Image image = Icons.of("encore").createImage();
                Window.setDefaultImages(new Image[] {image});
                Display display = PlatformUI.getWorkbench().getDisplay();
                display.addListener(SWT.Dispose, e -> image.dispose());
            }

            @Override
            public void postWindowCreate() {
                Appearance.apply(Settings.theme());
                Trim.fixProgress(configurer.getWindow());
                StatusLine.install(configurer.getWindow(), configurer.getActionBarConfigurer().getStatusLineManager());
            }

            @Override
            public void postWindowOpen() {
                Enablement.follow();
                LoadedPlugins.tell(configurer.getWindow());
            }
        };
    }
}
