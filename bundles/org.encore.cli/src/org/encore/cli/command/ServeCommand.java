package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.encore.api.Unavailable;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.api.option.Choice;
import org.encore.cli.serving.ImportedShelf;
import org.encore.cli.serving.RunShelf;
import org.encore.experiment.imported.ImportedModel;
import org.encore.serve.Bound;
import org.encore.serve.Card;
import org.encore.serve.Server;
import org.encore.serve.Shelf;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shares trained models with other programs. */
@Command(name = "serve", mixinStandardHelpOptions = true,
        description = "Serves the models of a run, or an imported one, to other programs: completions in OpenAI's form, over HTTP. Ends with Ctrl-C.")
final class ServeCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 100;
    private static final int LAST_PORT = 65_535;

    @Parameters(arity = "1", paramLabel = "RUN", description = "folder of a run, or of an imported model")
    private Path run = Path.of("");

    @Option(names = "--cell", paramLabel = "CELL", description = "one model only, such as bridged-seed1 (default: all that are trained)")
    private String cell = "";

    @Option(names = "--host", paramLabel = "HOST", description = "address to listen at; 0.0.0.0 for other machines too (default: ${DEFAULT-VALUE}, this machine alone)")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "port to listen at, 0 for a free one (default: ${DEFAULT-VALUE})")
    private int port = 8000;

    @Option(names = "--key-from", paramLabel = "NAME", description = "environment variable with a key that every request has to bring (default: no key)")
    private String keyFrom = "";

    @Option(names = "--requests", paramLabel = "N", description = "most requests at a time, of which one is computed; more are asked to come again (default: ${DEFAULT-VALUE})")
    private int requests = 64;

    @Option(names = "--backend", paramLabel = "BACKEND", description = "what computes: ort-cpu, reference … (default: as the run evaluated)")
    private String backend = "";

    @Mixin
    private DataFolders data = new DataFolders();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    ServeCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("--port " + port + ": give 0 to " + LAST_PORT);
        }
        if (requests < 1) {
            throw new IllegalArgumentException("--requests " + requests + ": give at least 1");
        }
        var bound = new Bound(address(), key(), requests);
        if (ImportedModel.isIn(run)) {
            if (!cell.isEmpty()) {
                throw new IllegalArgumentException("--cell is for models of a run; " + run + " is an imported one");
            }
            try (ImportedShelf shelf = ImportedShelf.of(run, registry, backend(backend.isEmpty() ? "ort-cpu" : backend))) {
                return serve(shelf, bound);
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        Optional<Choice<Backend<?>>> chosen = backend.isEmpty() ? Optional.empty() : Optional.of(backend(backend));
        try (RunShelf shelf = RunShelf.of(run, cell, data.looking(registry, Path.of("runs"), err), chosen, backend("ort-cpu"), err::println)) {
            return serve(shelf, bound);
        }
    }

    private Choice<Backend<?>> backend(String text) {
        return Chosen.of(ExtensionPoint.BACKENDS, "--backend", text, registry);
    }

    private InetSocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--host " + host + ": there is no such address", e);
        }
    }

    private Optional<String> key() {
        if (keyFrom.isEmpty()) {
            return Optional.empty();
        }
        String key = System.getenv(keyFrom);
        if (key == null || key.isBlank()) {
            throw new Unavailable("--key-from " + keyFrom + ": there is no such environment variable, or it is empty", "Set it before you start the server.");
        }
        return Optional.of(key.strip()); // a line's end cannot be sent
    }

    private int serve(Shelf shelf, Bound bound) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (var stop = new Stop(); Server server = Server.start(shelf, bound, line -> say(out, line))) {
            announce(out, shelf.cards(), server.address(), bound);
            while (!stop.getAsBoolean()) {
                Thread.sleep(POLL_MILLIS);
            }
            say(out, "stopped");
        }
        return Stop.CODE;
    }

    private static void announce(PrintWriter out, List<Card> cards, InetSocketAddress at, Bound bound) {
        boolean everywhere = at.getAddress().isAnyLocalAddress();
        String name = everywhere ? "localhost" : at.getAddress().isLoopbackAddress() ? at.getAddress().getHostAddress() : at.getHostString();
        String url = "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + at.getPort() + "/v1";
        for (Card card : cards) {
            say(out, String.format(Locale.ROOT, "%s: %s, %,d parameters", card.id(), card.architecture(), card.parameters()));
        }
        say(out, "listens at " + url + " "
                + (at.getAddress().isLoopbackAddress() ? "to programs of this machine alone" : "to EVERY machine that can reach this one")
                + (bound.key().isPresent() ? "; asks for the key" : at.getAddress().isLoopbackAddress() ? "" : ", and asks for no key (--key-from NAME)"));
        say(out, "Try: curl " + url + "/completions -H 'Content-Type: application/json'" + (bound.key().isPresent() ? " -H \"Authorization: Bearer $KEY\"" : "")
                + " -d '{\"model\": \"" + cards.getFirst().id() + "\", \"prompt\": \"hello\", \"temperature\": 0}'");
    }

    private static synchronized void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
