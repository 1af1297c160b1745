package org.encore.modelled;

import java.util.List;
import java.util.Optional;

import org.encore.api.device.Card;
import org.encore.api.device.Device;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Problems;
import org.encore.experiment.yaml.YamlReader;

/** From YAML to cards. */
public final class Cards {

    /** A card chooses nothing that would have to be looked up. */
    private static final Registry NOTHING = new Registry(point -> List.of());

    private Cards() {}

    /**
     * Reads a card.
     *
     * @param name of the file, for messages
     * @throws Problems.InvalidConfiguration with everything that is wrong with it
     */
    public static Card read(String name, String text) {
        var problems = new Problems();
        Optional<Card> card = YamlReader.read(name, text, problems)
                .flatMap(node -> new Binder(NOTHING, problems).bind(Card.class, node, new ConfigNode.Position(name, 1, 1)));
        problems.throwIfAny();
        return card.orElseThrow();
    }

    /** The card of a chosen device. */
    public static Card of(Choice<Device<?>> choice) {
        return card(choice.extension(), choice.options());
    }

    private static <O extends Record> Card card(Device<O> device, Record options) {
        return device.card(device.optionsType().cast(options));
    }
}
