package org.encore.listeners.mlflow;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import org.encore.api.option.Option;

/**
 * Where MLflow runs are kept, and under which experiment.
 *
 * @param uri folder or address
 * @param experiment in MLflow
 */
public record MlflowOptions(
        @Option(value = "mlruns", help = "folder, beside the folder of all runs unless its path is absolute; or http(s) address of a tracking server. "
                + "A token is taken from MLFLOW_TRACKING_TOKEN, or name and password from MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD") String uri,
        @Option(help = "experiment in MLflow; the name of this one if left out") Optional<String> experiment) {

    public MlflowOptions {
        if (experiment.isPresent() && (experiment.get().isBlank() || experiment.get().length() > 500)) {
            throw new IllegalArgumentException("experiment: give a name of 1 to 500 characters");
        }
        if (hasScheme(uri)) {
            check(uri);
        } else {
            checkPath(uri);
        }
    }

    /** The tracking server, if it is one. */
    Optional<URI> server() {
        return hasScheme(uri) && !scheme(uri).equals("file") ? Optional.of(URI.create(uri.replaceAll("/+$", ""))) : Optional.empty();
    }

    /** The folder for a run, if it is one. */
    Path folder(Path run) {
        if (hasScheme(uri)) {
            return Path.of(URI.create(uri));
        }
        Path runs = run.toAbsolutePath().normalize().getParent();
        return runs == null ? Path.of(uri).toAbsolutePath() : runs.resolveSibling(uri).normalize();
    }

    private static boolean hasScheme(String uri) {
        return uri.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
    }

    private static String scheme(String uri) {
        return uri.substring(0, uri.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    private static void check(String uri) {
        switch (scheme(uri)) {
            case "http", "https" -> checkAddress(uri);
            case "file" -> checkFile(uri);
            default -> throw new IllegalArgumentException("uri '" + scheme(uri) + ":…': a folder, or an address that begins with http:// or https:// "
                    + "is needed. What MLflow keeps elsewhere is reached through its server: mlflow server --backend-store-uri …");
        }
    }

    /** Messages here say nothing of what was given, which may hold a password. */
    private static void checkAddress(String uri) {
        URI address;
        try {
            address = new URI(uri);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("uri: " + e.getReason() + " at character " + (e.getIndex() + 1)
                    + "; give an address such as http://host:5000");
        }
        if (address.getUserInfo() != null || uri.contains("@")) {
            throw new IllegalArgumentException("uri: a name or password does not belong into an experiment file. Set MLFLOW_TRACKING_USERNAME and "
                    + "MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, where Encore is started");
        }
        if (address.getHost() == null || address.getQuery() != null || address.getFragment() != null) {
            throw new IllegalArgumentException("uri: give the address alone, such as http://host:5000, without ? and #");
        }
    }

    private static void checkFile(String uri) {
        try {
            Path.of(new URI(uri));
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            throw new IllegalArgumentException("uri '" + uri + "': " + e.getMessage() + "; give the path of a folder");
        }
    }

    private static void checkPath(String path) {
        if (path.isBlank() || path.equals("databricks")) {
            throw new IllegalArgumentException("uri '" + path + "': give the path of a folder, or an address such as http://host:5000");
        }
        try {
            Path.of(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("uri '" + path + "' cannot be the path of a folder: " + e.getReason());
        }
    }
}
