package org.encore.workbench.part;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.eclipse.core.runtime.Platform;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.ToolTip;
import org.eclipse.swt.widgets.TrayItem;

/**
 * A notification of the desktop: on Linux by {@code notify-send} of libnotify, which every desktop that has notifications comes with; elsewhere a
 * balloon of an item in the system's tray, which is there as long as the balloon is.
 */
public final class DesktopNotice {

    /** System property: the program that is called instead of {@code notify-send}. */
    static final String PROGRAM = "encore.notify";
    private static final String USUAL = "notify-send";
    private static final int PATIENCE_SECONDS = 5;

    private DesktopNotice() {}

    /** Shows one. May be called from any thread but that of the user interface, since it may wait. @return whether this desktop could */
    public static boolean show(Shell shell, String title, String text) {
        return program().map(program -> send(program, title, text)).orElseGet(() -> balloon(shell, title, text));
    }

    private static Optional<Path> program() {
        String given = System.getProperty(PROGRAM, "");
        if (!given.isEmpty()) {
            return Optional.of(Path.of(given));
        }
        if (!Platform.OS_LINUX.equals(Platform.getOS())) {
            return Optional.empty();
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator)).filter(folder -> !folder.isBlank()).map(folder -> Path.of(folder, USUAL))
                .filter(Files::isExecutable).findFirst();
    }

    private static boolean send(Path program, String title, String text) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--app-name=Encore", "--", title, text).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false; // as good as not there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean balloon(Shell shell, String title, String text) {
        if (Platform.OS_LINUX.equals(Platform.getOS())) {
            return false; // its tray, where there is one, shows no balloons
        }
        var shown = new boolean[1];
        Display display = shell.getDisplay();
        display.syncExec(() -> {
            if (shell.isDisposed() || display.getSystemTray() == null) {
                return;
            }
            Image image = Icons.of("encore").createImage();
            var item = new TrayItem(display.getSystemTray(), SWT.NONE);
            item.setImage(image);
            var tip = new ToolTip(shell, SWT.BALLOON | SWT.ICON_INFORMATION);
            tip.setText(title);
            tip.setMessage(text);
            item.setToolTip(tip);
            tip.addListener(SWT.Hide, event -> display.asyncExec(item::dispose));
            item.addListener(SWT.Dispose, event -> {
                tip.dispose();
                image.dispose();
            });
            tip.setVisible(true);
            shown[0] = true;
        });
        return shown[0];
    }
}
