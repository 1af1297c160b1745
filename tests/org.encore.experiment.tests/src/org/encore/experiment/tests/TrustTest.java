package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.encore.api.extension.Registry;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.trust.Contacts;
import org.encore.experiment.trust.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an experiment would use outside Encore has to be agreed to once. */
class TrustTest {

    private static final String PROGRAM = """
            name: outside
            task: g2p-cmudict
            variants: {dec: {decoder-only: {layers: 1}}}
            launcher: {program: {command: [nice, -n, '19']}}
            """;

    @TempDir
    Path folder;

    private Experiment read(String text) {
        return ExperimentReader.read(folder.resolve("test.yaml"), text, List.of(), Registry.ofPlatform());
    }

    @Test
    void anExperimentThatStartsAProgramIsAgreedToOnceUntilItChanges() throws IOException {
        var trust = new Trust(folder.resolve("config/trusted"));
        assertThatThrownBy(() -> trust.check(read(PROGRAM), false)).isInstanceOf(Trust.Untrusted.class).hasMessage(folder.resolve("test.yaml")
                + " starts the program nice -n 19. Nothing was run. If you agree to that, say so once: encore run " + folder.resolve("test.yaml") + " --trust");
        trust.check(read(PROGRAM), true);
        trust.check(read(PROGRAM), false);
        assertThatThrownBy(() -> trust.check(read(PROGRAM.replace("'19'", "'18'")), false)).isInstanceOf(Trust.Untrusted.class);
        assertThatThrownBy(() -> trust.check(read(PROGRAM.replace("layers: 1", "layers: 2")), false)).isInstanceOf(Trust.Untrusted.class);
    }

    @Test
    void anExperimentThatUsesNothingOutsideNeedsNoConsent() throws IOException {
        Experiment experiment = read(PROGRAM.replaceAll("launcher.*\n", ""));
        assertThat(Contacts.of(experiment)).isEmpty();
        new Trust(folder.resolve("trusted")).check(experiment, false);
        assertThat(folder.resolve("trusted")).doesNotExist();
    }
}
