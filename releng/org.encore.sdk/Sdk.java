import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes {@code encore-sdk-<version>.zip}: the p2 repository that Tycho has put together, and the same bundles in Maven's layout with sources. Tycho's
 * own POMs know required bundles only; these also name the libraries of imported packages.
 *
 * <p>Arguments: root of the project, version, target folder of this module.
 */
final class Sdk {

    private static final List<String> BUNDLES = List.of("org.encore.graph", "org.encore.api", "org.encore.reference", "org.encore.testing");
    /** Artifacts that packages come from. */
    private static final Map<String, String> LIBRARIES = Map.of("com.google.gson", "com.google.code.gson:gson",
            "org.jspecify.annotations", "org.jspecify:jspecify");
    private static final String ALONE = "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd.HHmmss");

    private final Path root;
    private final String version;
    private final String made = TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    /** Content by name, in the order of the zip. */
    private final Map<String, byte[]> files = new TreeMap<>();

    private Sdk(Path root, String version) {
        this.root = root;
        this.version = version;
    }

    public static void main(String[] arguments) throws IOException {
        var sdk = new Sdk(Path.of(arguments[0]), arguments[1]);
        Path target = Path.of(arguments[2]);
        sdk.files.put("README.md", Files.readAllBytes(sdk.root.resolve("releng/org.encore.sdk/README.md")));
        read(target.resolve("repository")).forEach((name, content) -> sdk.files.put("p2/" + name, content));
        for (String bundle : BUNDLES) {
            sdk.publish(bundle);
        }
        String name = "encore-sdk-" + sdk.version;
        Files.write(target.resolve(name + ".zip"), zip(name + "/", sdk.files));
    }

    private void publish(String bundle) throws IOException {
        Path source = root.resolve("bundles").resolve(bundle);
        String name = bundle + "-" + unique();
        var published = new TreeMap<String, byte[]>();
        published.put(name + ".jar", Files.readAllBytes(source.resolve("target").resolve(bundle + "-" + version + ".jar")));
        published.put(name + "-sources.jar", zip("", read(source.resolve("src"))));
        published.put(name + ".pom", pom(bundle, manifest(source)).getBytes(StandardCharsets.UTF_8));
        published.put("maven-metadata.xml", metadata(bundle).getBytes(StandardCharsets.UTF_8));
        published.forEach((file, content) -> {
            String place = "maven/org/encore/" + bundle + "/" + version + "/" + file;
            files.put(place, content);
            files.put(place + ".sha1", sha1(content).getBytes(StandardCharsets.UTF_8));
        });
    }

    /** The version as files have it: a snapshot has its time, so that whoever fetched an earlier build of it fetches this one. */
    private String unique() {
        return version.replace("SNAPSHOT", made + "-1");
    }

    private static Manifest manifest(Path bundle) throws IOException {
        try (InputStream in = Files.newInputStream(bundle.resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in);
        }
    }

    private String pom(String bundle, Manifest manifest) throws IOException {
        var dependencies = new StringBuilder();
        for (String required : names(manifest, "Require-Bundle")) {
            dependencies.append(required.startsWith("org.encore.") ? dependency("org.encore", required, version, "")
                    : library("org.eclipse.platform:" + required));
        }
        for (String imported : names(manifest, "Import-Package")) {
            if (!LIBRARIES.containsKey(imported)) {
                throw new IllegalStateException(bundle + " imports " + imported + ": say in Sdk.java which artifact of Maven Central it comes from");
            }
            dependencies.append(library(LIBRARIES.get(imported)));
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.encore</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                  <name>%s</name>
                  <licenses><license><name>Apache-2.0</name></license></licenses>
                  <dependencies>
                %s  </dependencies>
                </project>
                """.formatted(bundle, version, manifest.getMainAttributes().getValue("Bundle-Name"), dependencies);
    }

    private static List<String> names(Manifest manifest, String header) {
        String value = manifest.getMainAttributes().getValue(header);
        return value == null ? List.of()
                : Arrays.stream(value.replaceAll("\"[^\"]*\"", "").split(",")).map(clause -> clause.replaceAll(";.*", "").strip()).toList();
    }

    /** In the version that the target platform has, without its own dependencies: those are ranges, take minutes to resolve and are not needed. */
    private String library(String artifact) throws IOException {
        String[] parts = artifact.split(":");
        var pattern = Pattern.compile("<groupId>" + Pattern.quote(parts[0]) + "</groupId><artifactId>" + Pattern.quote(parts[1])
                + "</artifactId><version>([^<]+)<");
        Matcher pinned = pattern.matcher(Files.readString(root.resolve("target-platform/encore.target")));
        if (!pinned.find()) {
            throw new IllegalStateException("target-platform/encore.target does not name " + artifact);
        }
        return dependency(parts[0], parts[1], pinned.group(1), ALONE);
    }

    private static String dependency(String group, String artifact, String version, String exclusions) {
        return "    <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s</dependency>\n".formatted(group, artifact,
                version, exclusions);
    }

    private String metadata(String bundle) {
        String updated = made.replace(".", "");
        String each = "      <snapshotVersion>%s<extension>%s</extension><value>%s</value><updated>%s</updated></snapshotVersion>\n";
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <metadata modelVersion="1.1.0">
                  <groupId>org.encore</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                  <versioning>
                    <snapshot><timestamp>%s</timestamp><buildNumber>1</buildNumber></snapshot>
                    <lastUpdated>%s</lastUpdated>
                    <snapshotVersions>
                %s    </snapshotVersions>
                  </versioning>
                </metadata>
                """.formatted(bundle, version, made, updated, each.formatted("", "jar", unique(), updated)
                + each.formatted("", "pom", unique(), updated) + each.formatted("<classifier>sources</classifier>", "jar", unique(), updated));
    }

    private static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static Map<String, byte[]> read(Path folder) throws IOException {
        var content = new TreeMap<String, byte[]>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                content.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return content;
    }

    private static byte[] zip(String prefix, Map<String, byte[]> content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : content.entrySet()) {
                zip.putNextEntry(new ZipEntry(prefix + file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
