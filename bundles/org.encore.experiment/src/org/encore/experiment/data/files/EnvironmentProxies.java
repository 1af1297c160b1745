package org.encore.experiment.data.files;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Proxies of Java's system properties; where those name none, of the variables https_proxy, http_proxy, all_proxy and no_proxy. */
public final class EnvironmentProxies extends ProxySelector {

    private final ProxySelector properties;
    private final Map<String, String> environment;

    /** @param properties what the system properties say, usually {@link ProxySelector#getDefault()} @param environment variables */
    public EnvironmentProxies(ProxySelector properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI uri) {
        List<Proxy> told = properties.select(uri);
        if (told.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT) || direct(uri.getHost())) {
            return told;
        }
        String proxy = Stream.of(variable(uri.getScheme() + "_proxy"), variable("all_proxy"))
                .filter(value -> !value.isBlank() && !value.startsWith("socks")).findFirst().orElse("");
        if (proxy.isEmpty()) {
            return told;
        }
        return List.of(new Proxy(Proxy.Type.HTTP, address(proxy)));
    }

    private static InetSocketAddress address(String proxy) {
        try {
            var at = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
            int standard = "https".equals(at.getScheme()) ? 443 : 80;
            return InetSocketAddress.createUnresolved(at.getHost(), at.getPort() < 0 ? standard : at.getPort());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalArgumentException("proxy '" + proxy + "' is no address; give one such as http://proxy.example:3128 in https_proxy", e);
        }
    }

    /** Hosts and domains, with commas between; {@code *} for all. */
    private boolean direct(String host) {
        return Arrays.stream(variable("no_proxy").split("[,\\s]+")).filter(name -> !name.isEmpty()).map(name -> name.replaceFirst("^\\*?\\.", ""))
                .anyMatch(name -> name.equals("*") || host.equalsIgnoreCase(name) || host.toLowerCase(Locale.ROOT)
                        .endsWith("." + name.toLowerCase(Locale.ROOT)));
    }

    private String variable(String name) {
        return Objects.requireNonNullElse(environment.getOrDefault(name, environment.get(name.toUpperCase(Locale.ROOT))), "");
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        properties.connectFailed(uri, address, failure);
    }
}
