package org.encore.workbench.tests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CLabel;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.encore.workbench.Advisor;
import org.encore.workbench.Settings;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.run.RunPerspective;
import org.encore.workbench.run.RunsView;
import org.junit.jupiter.api.Assumptions;

/** The real workbench, opened once in a thread of its own; tests stay in theirs and reach over with {@link #ui}. */
final class Workbench {

    private static final long PATIENCE_SECONDS = 60;
    /** A key of which nothing has come for so long was lost, and is pressed again, so often. */
    private static final int LOST_MILLIS = 1_500;
    private static final int PRESSES = 4;
    private static final int STILL = 10;
    private static Display display;

    private Workbench() {}

    static synchronized Display open() throws Exception {
        if (display == null) {
            var ready = new CompletableFuture<Display>();
            var thread = new Thread(() -> {
                try {
                    Appearance.prepare(Settings.theme());
                    Display created = PlatformUI.createDisplay();
                    PlatformUI.createAndRunWorkbench(created, new Advisor() {
                        @Override
                        public void postStartup() {
                            ready.complete(created);
                        }
                    });
                    created.dispose();
                } catch (RuntimeException | Error e) {
                    ready.completeExceptionally(e);
                }
            }, "workbench");
            thread.setDaemon(true);
            thread.start();
            UiThread.watch(thread);
            display = ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            display.syncExec(() -> PlatformUI.getWorkbench().getIntroManager().closeIntro(PlatformUI.getWorkbench().getIntroManager().getIntro()));
        }
        return display;
    }

    static <T> T ui(Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        open().syncExec(task);
        return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static IWorkbenchPage page() {
        return PlatformUI.getWorkbench().getWorkbenchWindows()[0].getActivePage();
    }

    /** Waits until something holds. */
    static void until(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!ui(holds)) {
            UiThread.check();
            if (System.nanoTime() > end) {
                screenshot("failed.png");
                throw new AssertionError("did not happen within " + PATIENCE_SECONDS + " s: " + what);
            }
            Thread.sleep(100);
        }
    }

    /** Pushes the button with this text. */
    static void push(String text) throws Exception {
        push(shell(), text);
    }

    /** Pushes the button with this text beside a control: views of other perspectives may have one of the same text. */
    static void pushBeside(Control control, String text) throws Exception {
        push(ui(control::getParent), text);
    }

    private static void push(Composite in, String text) throws Exception {
        ui(() -> {
            Button button = find(in, text);
            if (button == null || !button.isEnabled()) {
                throw new AssertionError("no button '" + text + "' that can be pushed");
            }
            button.notifyListeners(SWT.Selection, new Event());
            return null;
        });
    }

    /** The item of a toolbar with this text, or this tip if it has none. */
    static ToolItem tool(Composite parent, String text) {
        for (Control child : parent.getChildren()) {
            if (child instanceof ToolBar bar) {
                for (ToolItem item : bar.getItems()) {
                    if (item.getText().equals(text) || item.getText().isEmpty() && item.getToolTipText() != null && item.getToolTipText()
                            .startsWith(text)) {
                        return item;
                    }
                }
            }
            ToolItem inside = child instanceof Composite composite ? tool(composite, text) : null;
            if (inside != null) {
                return inside;
            }
        }
        return null;
    }

    /** Clicks an item of a toolbar, as soon as it can be clicked. */
    static void click(String text) throws Exception {
        until("'" + text + "' can be clicked", () -> {
            ToolItem item = tool(shell(), text);
            return item != null && item.isEnabled();
        });
        ui(() -> {
            var event = new Event();
            event.widget = tool(shell(), text);
            event.type = SWT.Selection;
            tool(shell(), text).notifyListeners(SWT.Selection, event);
            return null;
        });
    }

    /** Turns something on that is off, by an item of a toolbar, or off again. */
    static void turn(String text) throws Exception {
        ui(() -> {
            ToolItem item = tool(shell(), text);
            item.setSelection(!item.getSelection());
            return null;
        });
        click(text);
    }

    /** Something that the mouse does to a control. @param count of the wheel */
    static Void click(Control control, int type, int x, int y, int count) {
        var event = new Event();
        event.type = type;
        event.x = x;
        event.y = y;
        event.count = count;
        event.button = 1;
        control.notifyListeners(type, event);
        return null;
    }

    /** Presses a key in a control. */
    static Void key(Control control, int code) {
        var event = new Event();
        event.keyCode = code;
        control.notifyListeners(SWT.KeyDown, event);
        return null;
    }

    /**
     * Presses a key with Ctrl as a keyboard does: it goes to what has the keyboard, which is this control, and to what listens there. Without a window
     * manager the keyboard may be with no window at all: where no control is told of the key, nothing can be said of it, and the test is skipped.
     */
    static void press(Control control, char key, String what, Callable<Boolean> happened) throws Exception {
        var arrived = new AtomicInteger();
        Listener listener = event -> arrived.addAndGet(event.keyCode == key && (event.stateMask & SWT.CTRL) != 0 ? 1 : 0);
        ui(() -> {
            display.addFilter(SWT.KeyDown, listener);
            return null;
        });
        try {
            for (int times = 0; times < PRESSES && !ui(happened); times++) {
                until("the window is in front", () -> {
                    control.getShell().forceActive();
                    return control.setFocus() && control.isFocusControl() && display.getActiveShell() == control.getShell();
                });
                ui(() -> {
                    post(SWT.KeyDown, SWT.CTRL, '\0');
                    post(SWT.KeyDown, 0, key);
                    post(SWT.KeyUp, 0, key);
                    post(SWT.KeyUp, SWT.CTRL, '\0');
                    return null;
                });
                Thread.sleep(LOST_MILLIS);
            }
            Assumptions.assumeTrue(ui(happened) || arrived.get() > 0, "this display gives keys to no window");
            until(what + ", the key having arrived " + arrived + " times", happened);
        } finally {
            ui(() -> {
                display.removeFilter(SWT.KeyDown, listener);
                return null;
            });
        }
    }

    private static void post(int type, int code, char character) {
        var event = new Event();
        event.type = type;
        event.keyCode = code;
        event.character = character;
        if (!display.post(event)) {
            throw new AssertionError("the display took no key");
        }
    }

    /** Whether an item of a toolbar is offered. */
    static boolean offered(String text) {
        ToolItem item = tool(shell(), text);
        return item != null && item.isEnabled();
    }

    static Button find(Composite parent, String text) {
        for (Control child : parent.getChildren()) {
            if (child instanceof Button button && button.getText().equals(text)) {
                return button;
            }
            Button inside = child instanceof Composite composite ? find(composite, text) : null;
            if (inside != null) {
                return inside;
            }
        }
        return null;
    }

    static <T extends Control> T find(Composite parent, Class<T> type) {
        for (Control child : parent.getChildren()) {
            if (type.isInstance(child)) {
                return type.cast(child);
            }
            T inside = child instanceof Composite composite ? find(composite, type) : null;
            if (inside != null) {
                return inside;
            }
        }
        return null;
    }

    /** A control of one kind inside one of another. */
    static <T extends Control, U extends Composite> Composite find(Composite parent, Class<T> type, Class<U> around) {
        T inside = find(parent, type);
        return inside == null ? null : around.cast(inside.getParent());
    }

    /** Does something that may wait for the user, such as opening a dialog: it is begun, and not waited for. */
    static void later(Callable<?> work) throws Exception {
        open().asyncExec(() -> {
            try {
                work.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** An open dialog, or nothing. */
    static Shell dialog(String title) {
        for (Shell shell : display.getShells()) {
            if (shell.getText().equals(title)) {
                return shell;
            }
        }
        return null;
    }

    /** Shows the Run perspective as it is made, over a folder of runs. */
    static void over(Path runs) throws Exception {
        System.setProperty("encore.runs", runs.toString());
        ui(() -> {
            shell().setBounds(0, 0, 1280, 800);
            PlatformUI.getWorkbench().showPerspective(RunPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            page().resetPerspective();
            page().hideView(page().findView(RunsView.ID)); // the folder of runs is another one
            page().showView(RunsView.ID);
            return null;
        });
    }

    static Shell shell() {
        return PlatformUI.getWorkbench().getWorkbenchWindows()[0].getShell();
    }

    /** What is on the screen where a control is. */
    static byte[] pixels(Control control) throws Exception {
        return ui(() -> {
            Point origin = control.toDisplay(0, 0);
            return capture(new Rectangle(origin.x, origin.y, control.getSize().x, control.getSize().y)).data;
        });
    }

    /** What is on the screen where a control is, as soon as it no longer changes: what was to be drawn has been drawn. */
    static byte[] still(Control control) throws Exception {
        return still(control, TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
    }

    private static byte[] still(Control control, long nanos) throws Exception {
        long end = System.nanoTime() + nanos;
        byte[] before = pixels(control);
        for (int same = 0; same < STILL && System.nanoTime() < end;) {
            Thread.sleep(100);
            byte[] now = pixels(control);
            same = Arrays.equals(before, now) ? same + 1 : 0;
            before = now;
        }
        return before;
    }

    /** Does what opens a message, and gives its text once it is closed. */
    static String told(String title, Action action) throws Exception {
        var opening = new FutureTask<Void>(() -> {
            action.act();
            return null;
        });
        new Thread(opening, "opens " + title).start();
        var message = new String[1];
        until("the message '" + title + "'", () -> {
            for (Shell shell : display.getShells()) {
                if (shell.getText().equals(title)) {
                    message[0] = labels(shell);
                    shell.close();
                    return true;
                }
            }
            return false;
        });
        opening.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return message[0];
    }

    /** Whether a label, or an item of a table, has this text in it. */
    static boolean says(Composite parent, String text) {
        for (Control child : parent.getChildren()) {
            if (switch (child) {
                case Label label -> label.getText().contains(text);
                case CLabel label -> label.getText() != null && label.getText().contains(text);
                case Table table -> Stream.of(table.getItems()).anyMatch(item -> item.getText(0).contains(text) || item.getText(1).contains(text));
                case Composite composite -> says(composite, text);
                default -> false;
            }) {
                return true;
            }
        }
        return false;
    }

    private static String labels(Composite parent) {
        var text = new StringBuilder();
        for (Control child : parent.getChildren()) {
            text.append(child instanceof Label label ? label.getText() : child instanceof Composite composite ? labels(composite) : "");
        }
        return text.toString();
    }

    /** Something a user does. */
    interface Action {
        void act() throws Exception;
    }

    private static ImageData capture(Rectangle area) {
        var image = new Image(display, area.width, area.height);
        var gc = new GC(display);
        gc.copyArea(image, area.x, area.y);
        gc.dispose();
        ImageData data = image.getImageData(shell().getMonitor().getZoom());
        image.dispose();
        return data;
    }

    static Path screenshot(String name) throws Exception {
        still(ui(Workbench::shell), TimeUnit.SECONDS.toNanos(3)); // a caret blinks for ever
        return save(name, ui(() -> capture(shell().getBounds())));
    }

    /** The whole screen, with dialogs. */
    static Path screenshotOfAll(String name) throws Exception {
        return save(name, ui(() -> capture(display.getBounds())));
    }

    private static Path save(String name, ImageData data) throws Exception {
        Path file = Path.of(System.getProperty("encore.screenshots", "target/screenshots")).toAbsolutePath().resolve(name);
        Files.createDirectories(file.getParent());
        var loader = new ImageLoader();
        loader.data = new ImageData[] {data};
        loader.save(file.toString(), SWT.IMAGE_PNG);
        return file;
    }
}
