package org.encore.cli.command;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.experiment.data.files.Patience;
import org.encore.experiment.data.files.Transfer;
import org.encore.plugins.install.Incoming;
import org.osgi.framework.FrameworkUtil;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a user names to install or to check. */
final class PluginSources {

    /** As much as an archive may unpack to. */
    private static final long LARGEST = 1L << 30;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "a jar, a zip of jars, a folder of jars, or an address (https: or file:)")
    private List<String> sources = new ArrayList<>();

    @Option(names = "--sha256", paramLabel = "DIGEST", description = "what the file must have, in hexadecimal; otherwise it is not taken")
    private String sha256 = "";

    /** Their jars, fetched and unpacked if need be. */
    List<Path> jars(PrintWriter err) throws IOException {
        if (!sha256.isEmpty() && sources.size() > 1) {
            throw new IllegalArgumentException("--sha256 is about one file, and there are " + sources.size());
        }
        // a folder of this process, gone when it ends
        File scratch = FrameworkUtil.getBundle(PluginSources.class).getBundleContext().getDataFile("");
        var telling = new Telling(err, () -> false);
        var incoming = new Incoming(scratch.toPath(), (address, file) -> fetch(address, file, telling));
        var jars = new ArrayList<Path>();
        for (String source : sources) {
            jars.addAll(incoming.jars(source, sha256));
        }
        return jars;
    }

    /** Ctrl-C ends the process, and what it has fetched goes with it. */
    private static void fetch(URI address, Path file, Telling telling) throws IOException {
        try {
            new Transfer(address, file, LARGEST, Patience.USUAL, telling).run();
        } catch (Transfer.Failed e) {
            throw new IOException(address + " cannot be fetched: " + e.getMessage(), e);
        } finally {
            telling.done();
        }
    }
}
