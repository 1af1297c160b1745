package org.encore.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.eclipse.core.runtime.ContributorFactoryOSGi;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtension;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Configurable;
import org.encore.api.option.Nearest;
import org.encore.api.option.Option;
import org.encore.api.option.OptionDocs;
import org.osgi.framework.Bundle;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a plug-in that is loaded contributes, each tried: its class is loaded, an object made, its options looked at.
 *
 * @param contributions to Encore that are seen, working or not
 * @param others points of other bundles that it extends, such as views of the window
 * @param problems what is wrong with them, one sentence each
 */
public record Contents(List<Contribution<?>> contributions, List<String> others, List<String> problems) {

    /** @param registry made after the plug-in was loaded */
    public static Contents of(Bundle bundle, Registry registry) {
        var contributions = new ArrayList<Contribution<?>>();
        var problems = new ArrayList<>(declared(bundle));
        for (ExtensionPoint<?> point : ExtensionPoint.ALL) {
            registry.list(point).stream().filter(contribution -> contribution.bundle().equals(bundle.getSymbolicName())).forEach(contribution -> {
                contributions.add(contribution);
                problems.addAll(tried(contribution, bundle));
            });
        }
        registry.problems().stream().filter(problem -> problem.contains(" bundle " + bundle.getSymbolicName() + " ")).forEach(problems::add);
        return new Contents(List.copyOf(contributions), others(bundle), List.copyOf(problems));
    }

    private static List<String> tried(Contribution<?> contribution, Bundle bundle) {
        try {
            if (contribution.get() instanceof Configurable<?> configurable) {
                configurable.presets();
                if (!OptionDocs.of(configurable.optionsType()).isEmpty() && !sees(bundle, Option.class)) {
                    return List.of(contribution + ": defaults and help of its options are not seen, because its manifest does not import "
                            + Option.class.getPackageName());
                }
            }
            return List.of();
        } catch (Contribution.BrokenContribution e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            return List.of(contribution + " fails when asked for its options: " + e);
        }
    }

    /** An annotation that a class cannot see is left out by the virtual machine without a word. */
    private static boolean sees(Bundle bundle, Class<?> type) {
        try {
            return bundle.loadClass(type.getName()) == type;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static List<String> others(Bundle bundle) {
        return extensions(bundle).map(IExtension::getExtensionPointUniqueIdentifier).filter(id -> ours(id).isEmpty()).distinct().toList();
    }

    private static Stream<IExtension> extensions(Bundle bundle) {
        return Arrays.stream(RegistryFactory.getRegistry().getExtensions(ContributorFactoryOSGi.createContributor(bundle)));
    }

    private static Optional<ExtensionPoint<?>> ours(String id) {
        return ExtensionPoint.ALL.stream().filter(point -> point.id().equals(id)).findFirst();
    }

    /** What {@code plugin.xml} says that nobody would ever see. */
    private static List<String> declared(Bundle bundle) {
        URL file = bundle.getEntry("plugin.xml");
        String wrong = file == null ? "" : unreadable(file);
        if (!wrong.isEmpty()) {
            return List.of("plugin.xml" + wrong);
        }
        IExtensionRegistry registry = RegistryFactory.getRegistry();
        var problems = new ArrayList<String>();
        extensions(bundle).forEach(extension -> {
            String id = extension.getExtensionPointUniqueIdentifier();
            ours(id).ifPresent(point -> Arrays.stream(extension.getConfigurationElements()).map(IConfigurationElement::getName)
                    .filter(name -> !name.equals(point.kind()))
                    .forEach(name -> problems.add("plugin.xml: an extension of " + id + " holds <" + point.kind() + ">, not <" + name + ">")));
            if (registry.getExtensionPoint(id) == null) {
                problems.add("plugin.xml: there is no extension point '" + id + "'. "
                        + Nearest.suggestion(id, ExtensionPoint.ALL.stream().map(ExtensionPoint::id).toList()));
            }
        });
        return problems;
    }

    private static String unreadable(URL file) {
        try (InputStream content = file.openStream()) {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var parser = factory.newDocumentBuilder();
            parser.setErrorHandler(new DefaultHandler());
            parser.parse(content);
            return "";
        } catch (SAXParseException e) {
            return ":" + e.getLineNumber() + ":" + e.getColumnNumber() + ": " + e.getMessage();
        } catch (SAXException | IOException | ParserConfigurationException e) {
            return ": " + e.getMessage();
        }
    }

    /** {@code architecture 'min-gru', metric 'first-phone'}. */
    @Override
    public String toString() {
        Stream<String> all = Stream.concat(contributions.stream().map(c -> c.point().kind() + " '" + c.id() + "'"), others.stream());
        String text = all.collect(Collectors.joining(", "));
        return text.isEmpty() ? "no extension; for other plug-ins to use" : text;
    }
}
