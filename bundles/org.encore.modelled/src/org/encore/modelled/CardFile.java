package org.encore.modelled;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;

import org.eclipse.core.runtime.ContributorFactoryOSGi;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.encore.api.device.Card;
import org.encore.api.device.Device;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** A card in a file of the bundle that contributes it: {@code class="org.encore.modelled.CardFile:cards/h100.yaml"}. */
public final class CardFile implements Device<CardFile.Options>, IExecutableExtension {

    /** A card that is built in is as it is; a file of one's own is device {@code card}. */
    public record Options() {}

    private String name = "";
    private String text = "";

    @Override
    public void setInitializationData(IConfigurationElement element, String property, @Nullable Object data) {
        Bundle bundle = ContributorFactoryOSGi.resolve(element.getContributor());
        URL file = data == null ? null : bundle.getEntry(data.toString());
        if (file == null) {
            throw new IllegalArgumentException("there is no file '" + data + "' in bundle " + bundle.getSymbolicName());
        }
        name = data.toString();
        try (var in = file.openStream()) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Card card(Options options) {
        return Cards.read(name, text);
    }
}
