package org.encore.experiment.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;

import org.encore.api.option.Contact;
import org.encore.experiment.Experiment;
import org.encore.experiment.store.Digests;
import org.encore.experiment.yaml.YamlWriter;

/** Experiments that their user has agreed to, by the digest of all that they say: one that is changed has to be agreed to again. */
public final class Trust {

    private final Path file;

    /** @param file one digest a line */
    public Trust(Path file) {
        this.file = file;
    }

    /** An experiment that would use something outside Encore, and nobody has agreed to it. */
    public static final class Untrusted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Untrusted(Experiment experiment, List<Contact> contacts) {
            super(experiment.file() + " " + String.join(", ", contacts.stream().map(Contact::toString).toList())
                    + ". Nothing was run. If you agree to that, say so once: encore run " + experiment.file() + " --trust");
        }
    }

    /**
     * Lets an experiment pass that uses nothing outside, or that was agreed to.
     *
     * @param agree whether the user agrees now
     * @throws Untrusted if nobody has agreed to what it would use
     */
    public void check(Experiment experiment, boolean agree) throws IOException {
        List<Contact> contacts = Contacts.of(experiment);
        if (contacts.isEmpty()) {
            return;
        }
        String digest = Digests.sha256(YamlWriter.write(experiment.resolved()));
        if (Files.exists(file) && Files.readAllLines(file).stream().anyMatch(line -> line.startsWith(digest))) {
            return;
        }
        if (!agree) {
            throw new Untrusted(experiment, contacts);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, digest + " " + LocalDate.now() + " " + experiment.file().toAbsolutePath() + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
