package org.encore.listeners.mlflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server is shown, from the environment variables that MLflow's own client reads. It is never written anywhere. */
final class Credentials {

    private static final String USER = "MLFLOW_TRACKING_USERNAME";
    private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

    private final Optional<String> header;
    private final List<String> secrets;

    private Credentials(Optional<String> header, List<String> secrets) {
        this.header = header;
        this.secrets = secrets.stream().filter(secret -> !secret.isEmpty()).toList();
    }

    /** As in MLflow's client, name and password go before a token. */
    static Credentials of(Map<String, String> environment) throws IOException {
        String user = environment.getOrDefault(USER, "");
        String password = environment.getOrDefault(PASSWORD, "");
        String token = environment.getOrDefault(TOKEN, "").strip();
        if (!user.isEmpty() && !password.isEmpty()) {
            String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            return new Credentials(Optional.of("Basic " + basic), List.of(basic, password));
        }
        if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IOException(TOKEN + " holds a character that a token cannot have, such as a space or a line feed");
        }
        return new Credentials(token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token), List.of(token));
    }

    /** Value of the header Authorization. */
    Optional<String> header() {
        return header;
    }

    /** A text without what is secret in it: a server may say anything. */
    String hidden(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "…");
        }
        return hidden;
    }

    /** Names of the variables, for people. */
    static String variables() {
        return Stream.of(TOKEN, USER + " and " + PASSWORD).reduce((a, b) -> a + ", or " + b).orElseThrow();
    }
}
