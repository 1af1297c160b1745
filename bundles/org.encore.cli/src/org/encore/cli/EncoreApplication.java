package org.encore.cli;

import java.io.PrintWriter;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.encore.api.extension.Registry;
import org.encore.cli.command.EncoreCommand;
import org.encore.plugins.Plugins;

/** The headless application: {@code encore <command>}. Its result is the process's exit code. */
public final class EncoreApplication implements IApplication {

    @Override
    public Object start(IApplicationContext context) {
        var arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        context.applicationRunning();
        var out = new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8);
        if (!EncoreCommand.loadsPlugins(arguments)) {
            Plugins.problems(Plugins.load()).forEach(problem -> err.println("warning: " + problem));
        }
        return EncoreCommand.execute(Registry.ofPlatform(), out, err, arguments);
    }

    @Override
    public void stop() {
        // a run notices by its shutdown hook
    }
}
