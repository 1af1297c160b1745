package org.encore.workbench.tests;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at the stack of the user interface's thread all the time: none may lie in input or output of ours, in a native call of a model, or wait for
 * a process or a lock.
 * What holds it up for long is written down.
 */
final class UiThread {

    private static final long PERIOD_MILLIS = 5;
    private static final long STALL_NANOS = 200_000_000;
    private static final List<String> WAITING = List.of("java.io.FileInputStream.", "java.io.FileOutputStream.", "java.io.RandomAccessFile.",
            "sun.nio.ch.",
            "sun.nio.fs.UnixNativeDispatcher.", "sun.nio.fs.UnixFileSystemProvider.", "sun.nio.fs.UnixFileAttributes.",
            "java.io.UnixFileSystem.", "java.net.", "java.lang.ProcessImpl.", "java.lang.Process.", "java.lang.Object.wait",
                    "jdk.internal.misc.Unsafe.park",
            "java.util.concurrent.locks.LockSupport.park", "java.lang.Thread.sleep", "ai.onnxruntime.", "ai.djl.");
    private static final String OURS = "org.encore.";
    private static final String TESTS = "org.encore.workbench.tests.";

    private static final Set<String> WRONG = ConcurrentHashMap.newKeySet();
    private static final Set<String> STALLS = ConcurrentHashMap.newKeySet();

    private UiThread() {}

    static void watch(Thread thread) {
        var watch = new Thread(() -> {
            List<StackTraceElement> last = List.of();
            long since = System.nanoTime();
            while (thread.isAlive()) {
                List<StackTraceElement> stack = List.of(thread.getStackTrace());
                wrong(stack);
                long now = System.nanoTime();
                if (stack.equals(last) && !idle(stack)) {
                    if (now - since > STALL_NANOS) {
                        STALLS.add(text(stack));
                    }
                } else {
                    last = stack;
                    since = now;
                }
                try {
                    Thread.sleep(PERIOD_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }, "watches the user interface");
        watch.setDaemon(true);
        watch.start();
    }

    /** Waiting for what the user does is what the thread is for. */
    private static boolean idle(List<StackTraceElement> stack) {
        return stack.stream().limit(8).anyMatch(frame -> frame.getMethodName().equals("sleep") && frame.getClassName()
                .equals("org.eclipse.swt.widgets.Display")
                || frame.getMethodName().equals("gtk_dialog_run") || frame.getMethodName().equals("g_main_context_iteration"));
    }

    private static void wrong(List<StackTraceElement> stack) {
        if (isWrong(stack)) {
            WRONG.add(text(stack));
        }
    }

    /** Whether it waits, and the first that is neither Java's nor a library's for models is ours, and no test. */
    static boolean isWrong(List<StackTraceElement> stack) {
        boolean waits = false;
        for (StackTraceElement frame : stack) {
            String at = frame.getClassName() + "." + frame.getMethodName();
            if (WAITING.stream().anyMatch(at::startsWith)) {
                waits = true;
            } else if (!at.startsWith("java.") && !at.startsWith("jdk.") && !at.startsWith("sun.")) {
                return waits && at.startsWith(OURS) && !at.startsWith(TESTS);
            }
        }
        return false;
    }

    private static String text(List<StackTraceElement> stack) {
        return String.join("\n    ", stack.stream().limit(25).map(StackTraceElement::toString).toList());
    }

    /** Fails if anything was seen that must not be. */
    static void check() {
        if (!WRONG.isEmpty()) {
            throw new AssertionError("the user interface's thread waited:\n    " + String.join("\n\n    ", WRONG));
        }
    }

    /** What was seen, which is then forgotten. */
    static List<String> taken() {
        List<String> seen = List.copyOf(WRONG);
        WRONG.clear();
        return seen;
    }

    /** What held it up for more than 200 ms at one place. */
    static Set<String> stalls() {
        return Set.copyOf(STALLS);
    }
}
