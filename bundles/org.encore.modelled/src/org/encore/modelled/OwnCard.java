package org.encore.modelled;

import java.nio.file.Path;

import org.encore.api.device.Card;
import org.encore.api.device.Device;
import org.encore.api.option.Option;
import org.encore.experiment.yaml.YamlReader;

/** A card in a file of the user. */
public final class OwnCard implements Device<OwnCard.Options> {

    /** @param file with the card */
    public record Options(@Option(help = "YAML file with the card; docs/devices.md has one to begin with") Path file) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Card card(Options options) {
        return Cards.read(options.file().toString(), YamlReader.text(options.file()));
    }
}
