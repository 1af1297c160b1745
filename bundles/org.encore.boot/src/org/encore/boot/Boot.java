package org.encore.boot;

import java.util.Arrays;
import java.util.Map;

import org.eclipse.core.runtime.adaptor.EclipseStarter;

/**
 * Starts the framework and leaves with the application's exit code. The stock launcher would search the installation for the framework's jar
 * first and load it through a class loader that a class-data archive cannot serve.
 *
 * <p>Arguments: {@code <application id> <configuration area> <shared configuration area> <data area> -- <application arguments>}.
 */
public final class Boot {

    private Boot() {}

    public static void main(String[] arguments) throws Exception {
        var framework = Map.of(
                "eclipse.application", arguments[0],
                "osgi.configuration.area", arguments[1],
                "osgi.sharedConfiguration.area", arguments[2],
                "osgi.instance.area", arguments[3],
                "eclipse.ignoreApp", "false",
                "osgi.noShutdown", "false",
                "eclipse.log.enabled", "true");
        EclipseStarter.setInitialProperties(framework);
        Object result = EclipseStarter.run(Arrays.copyOfRange(arguments, 5, arguments.length), null);
        // native libraries and the workbench leave threads behind that nobody needs any more
        System.exit(result instanceof Integer code ? code : 0);
    }
}
