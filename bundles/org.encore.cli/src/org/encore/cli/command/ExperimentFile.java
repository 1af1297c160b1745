package org.encore.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.extension.Registry;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.yaml.YamlReader;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An experiment as commands take it: a file, and options that hold over what it says. */
final class ExperimentFile {

    @Parameters(arity = "1", paramLabel = "FILE", description = "an experiment file, such as examples/quickstart.yaml")
    private Path file = Path.of("");

    @Option(names = "--set", paramLabel = "OPTION=VALUE", description = "an option that holds over what the file says, such as train.tokens=1M; may be repeated")
    private List<String> settings = new ArrayList<>();

    Experiment read(Registry registry) {
        return ExperimentReader.read(file, YamlReader.text(file), settings, registry);
    }

    /** For planning: the data are loaded while the matrix is read. @param workshop that downloads nothing */
    Experiment read(Workshop workshop) {
        return ExperimentReader.read(file, YamlReader.text(file), settings, workshop.registry(), workshop.corpora()::begin);
    }

    /** How one would write it again. */
    @Override
    public String toString() {
        var text = new StringBuilder(file.toString());
        settings.forEach(setting -> text.append(" --set ").append(setting.matches("[\\w.,=*-]+") ? setting : "'" + setting.replace("'", "'\\''") + "'"));
        return text.toString();
    }
}
