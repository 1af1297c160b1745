package org.encore.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.core.runtime.adaptor.EclipseStarter;

/**
 * Starts the framework and leaves with the application's exit code. The stock launcher would search the installation for the framework's jar
 * first and load it through a class loader that a class-data archive cannot serve.
 *
 * <p>Arguments: {@code <application id> <application arguments>}. System properties:
 * <ul>
 * <li>{@code encore.installation}: the folder with {@code plugins} and {@code configuration}, only read;
 * <li>{@code encore.workspace}: where the application keeps its data; a folder of this process's own if absent;
 * <li>{@code encore.patience}: seconds that the end of the process waits, after a signal, for the application to stop; 2 if absent;
 * <li>{@code eclipse.product}: for a window, which first page and name it has.
 * <li>{@code encore.prepare}: {@code true} to write the installation's configuration, once, when it is made.
 * </ul>
 */
public final class Boot {

    private static final int CANNOT_START = 3;

    private Boot() {}

    public static void main(String[] arguments) {
        Path installation = Path.of(System.getProperty("encore.installation"));
        if (!System.getProperty("eclipse.product", "").isEmpty()) {
            Ahead.begin();
        }
        ProcessFolder own;
        try {
            own = ProcessFolder.create();
        } catch (IOException e) {
            System.err.println("encore: cannot make a temporary folder: " + e.getMessage()
                    + ". Set TMPDIR to a folder that can be written to.  (help: temporary-folder)");
            System.exit(CANNOT_START);
            return;
        }
        EclipseStarter.setInitialProperties(properties(arguments[0], installation, own.path()));
        try {
            Object result = EclipseStarter.run(Arrays.copyOfRange(arguments, 1, arguments.length), null);
            own.close();
            // native libraries and the workbench leave threads behind that nobody needs any more
            System.exit(result instanceof Integer code ? code : 0);
        } catch (Exception e) {
            own.keep();
            System.err.println("encore: the platform did not start: " + e.getMessage() + ". The log is below " + own.path()
                    + "; ./mvnw verify builds the installation anew.  (help: does-not-start)");
            System.exit(CANNOT_START);
        }
    }

    private static Map<String, String> properties(String application, Path installation, Path own) {
        Path shared = installation.resolve("configuration");
        var properties = new HashMap<String, String>();
        properties.put("eclipse.application", application);
        properties.put("osgi.install.area", installation.toUri().toString());
        String product = System.getProperty("eclipse.product", "");
        if (!product.isEmpty()) {
            properties.put("eclipse.product", product);
        }
        if (Boolean.getBoolean("encore.prepare")) {
            properties.put("osgi.configuration.area", shared.toString());
        } else {
            // what the framework knows of the bundles is read from the installation; what it would change goes to this process's own folder
            properties.put("osgi.configuration.area", own.resolve("configuration").toString());
            properties.put("osgi.sharedConfiguration.area", shared.toUri().toString());
            properties.put("osgi.configuration.cascaded", "true");
        }
        properties.put("osgi.instance.area", System.getProperty("encore.workspace", own.resolve("workspace").toString()));
        // a log entry that nobody asked for does not belong into a terminal; errors have their own sentences
        properties.put("eclipse.consoleLog", "false");
        return properties;
    }
}
