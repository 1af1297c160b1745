package org.encore.listeners.mlflow;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.option.Contact;
import org.encore.api.run.EventSink;
import org.encore.api.run.RunListener;

/** Tells MLflow, in a folder or on a tracking server, what happens. */
public final class MlflowListener implements RunListener<MlflowOptions> {

    private final Map<String, String> environment;
    private final Pace pace;

    public MlflowListener() {
        this(System.getenv(), Pace.STANDARD);
    }

    /** @param environment variables, of which those that begin with MLFLOW_TRACKING_ are read */
    public MlflowListener(Map<String, String> environment, Pace pace) {
        this.environment = environment;
        this.pace = pace;
    }

    @Override
    public Class<MlflowOptions> optionsType() {
        return MlflowOptions.class;
    }

    @Override
    public List<Contact> contacts(MlflowOptions options) {
        return options.server().stream().<Contact>map(Contact.Address::new).toList();
    }

    @Override
    public EventSink open(MlflowOptions options, Path run) throws IOException {
        Identity identity = Identity.of(run);
        Optional<URI> server = options.server();
        Tracking tracking = server.isPresent() ? new ServerTracking(new Rest(server.get(), Credentials.of(environment), pace))
                : FolderTracking.in(options.folder(run));
        var outbox = new Outbox(pace.waiting());
        return new MlflowSink(outbox, new Delivery(outbox, tracking, run, identity, options.experiment(), pace), pace);
    }
}
