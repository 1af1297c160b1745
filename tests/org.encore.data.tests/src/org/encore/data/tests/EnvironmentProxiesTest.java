package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Map;

import org.encore.experiment.data.files.EnvironmentProxies;
import org.junit.jupiter.api.Test;

class EnvironmentProxiesTest {

    private static final ProxySelector DIRECT = ProxySelector.of(null);
    private static final Map<String, String> ENVIRONMENT = Map.of("https_proxy", "http://proxy.example:3128", "HTTP_PROXY", "other.example:8080",
            "no_proxy", "localhost, .internal.example,example.org");

    private static List<Proxy> select(ProxySelector properties, String uri) {
        return new EnvironmentProxies(properties, ENVIRONMENT).select(URI.create(uri));
    }

    private static Proxy proxy(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    @Test
    void theVariableOfTheSchemeNamesTheProxy() {
        assertThat(select(DIRECT, "https://data.example/x")).containsExactly(proxy("proxy.example", 3128));
        assertThat(select(DIRECT, "http://data.example/x")).containsExactly(proxy("other.example", 8080));
    }

    @Test
    void exceptionsAreDirect() {
        for (String host : List.of("localhost", "a.internal.example", "internal.example", "example.org", "www.EXAMPLE.org")) {
            assertThat(select(DIRECT, "https://" + host + "/x")).as(host).containsExactly(Proxy.NO_PROXY);
        }
        assertThat(select(DIRECT, "https://notexample.org/x")).containsExactly(proxy("proxy.example", 3128));
    }

    @Test
    void systemPropertiesComeFirst() {
        assertThat(select(ProxySelector.of(InetSocketAddress.createUnresolved("java.example", 1)), "https://data.example/x").toString())
                .contains("java.example");
    }

    @Test
    void whatIsNoProxyIsTold() {
        for (String proxy : List.of("http://", "not a host", "http:///x")) {
            var proxies = new EnvironmentProxies(DIRECT, Map.of("https_proxy", proxy));
            assertThatThrownBy(() -> proxies.select(URI.create("https://data.example/x")))
                    .hasMessage("proxy '" + proxy + "' is no address; give one such as http://proxy.example:3128 in https_proxy");
        }
    }

    @Test
    void withoutVariablesNothingChanges() {
        assertThat(new EnvironmentProxies(DIRECT, Map.of()).select(URI.create("https://data.example/x"))).containsExactly(Proxy.NO_PROXY);
    }
}
