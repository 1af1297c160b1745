import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes the installation that the command {@code encore} starts from the product that Tycho put together, as a new folder beside older ones:
 * a training that runs for hours goes on with the files it began with.
 *
 * <ul>
 * <li>Signatures are taken out of the jars: the virtual machine archives no class of a signed jar.
 * <li>Native libraries that would be unpacked by every process are unpacked once.
 * <li>The framework starts once, so that its view of the bundles and extensions is read by every process and computed by none.
 * <li>A class-data archive of the classes of a start is written.
 * </ul>
 *
 * <p>Arguments: product folder, folder of installations, the command's path, start of the build as yyyyMMddHHmmssSSS in UTC.
 */
final class Install {

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final String NEWEST = "current";
    private static final String STAMP = "built";
    private static final String REMOVED = ".removed-";
    private static final long START_TIMEOUT_SECONDS = 120;

    private final Path installation;
    private final String command;

    private Install(Path installation, String command) {
        this.installation = installation;
        this.command = command;
    }

    public static void main(String[] arguments) throws Exception {
        Path product = Path.of(arguments[0]);
        Path installations = Files.createDirectories(Path.of(arguments[1]));
        String name = arguments[3];
        var install = new Install(installations.resolve(name), arguments[2]);
        install.copy(product);
        install.unpackNatives();
        install.writeLauncher();
        install.prepare();

        // sources changed while the build went on are newer than this
        Path stamp = Files.createFile(install.installation.resolve(STAMP));
        Files.setLastModifiedTime(stamp, FileTime.from(LocalDateTime.parse(name, DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS")).toInstant(ZoneOffset.UTC)));
        Path next = Files.writeString(installations.resolve(NEWEST + ".new"), name + "\n");
        Files.move(next, installations.resolve(NEWEST), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        removeUnused(installations, name);
    }

    private void copy(Path product) throws IOException {
        try (Stream<Path> files = Files.walk(product)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = product.relativize(file);
                if (!relative.startsWith("plugins") && !relative.startsWith("configuration")) {
                    continue;   // p2 is for installing, not for running
                }
                Path target = installation.resolve(relative);
                Files.createDirectories(target.getParent());
                if (relative.toString().endsWith(".jar") && signed(file)) {
                    copyUnsigned(file, target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        Files.createFile(installation.resolve("lock"));
        Files.writeString(installation.resolve("java-home"), System.getProperty("java.home") + "\n");
    }

    private static boolean signed(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(entry -> SIGNATURE.matcher(entry.getName()).matches());
        }
    }

    private static void copyUnsigned(Path jar, Path target) throws IOException {
        try (var zip = new ZipFile(jar.toFile()); var out = new ZipOutputStream(Files.newOutputStream(target))) {
            for (ZipEntry entry : zip.stream().filter(entry -> !SIGNATURE.matcher(entry.getName()).matches()).toList()) {
                var copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                zip.getInputStream(entry).transferTo(out);
            }
        }
    }

    /** ONNX Runtime would copy 50 MB to the temporary folder in every process, and SWT could not load from one mounted noexec. */
    private void unpackNatives() throws IOException {
        unpack("com.microsoft.onnxruntime_", Pattern.compile("ai/onnxruntime/native/linux-x64/.*\\.so"), "onnxruntime");
        unpack("org.eclipse.swt.gtk.linux.x86_64_", Pattern.compile("[^/]*\\.so"), "swt");
    }

    private void unpack(String bundle, Pattern libraries, String folder) throws IOException {
        Path target = Files.createDirectories(installation.resolve("natives").resolve(folder));
        for (Path jar : bundles(bundle)) {
            try (var zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream().filter(entry -> libraries.matcher(entry.getName()).matches()).toList()) {
                    Files.copy(zip.getInputStream(entry), target.resolve(Path.of(entry.getName()).getFileName().toString()));
                }
            }
        }
    }

    /** One jar to start: its manifest permits native libraries, which as an option of the command line would cost the archive of the JDK's modules. */
    private void writeLauncher() throws IOException {
        var manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "org.encore.boot.Boot");
        main.put(Attributes.Name.CLASS_PATH, "plugins/" + bundles("org.eclipse.osgi_").getFirst().getFileName()
                + " plugins/" + bundles("org.encore.boot_").getFirst().getFileName());
        main.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
        new JarOutputStream(Files.newOutputStream(installation.resolve("encore.jar")), manifest).close();
    }

    private List<Path> bundles(String prefix) throws IOException {
        try (Stream<Path> jars = Files.list(installation.resolve("plugins"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix)).toList();
        }
    }

    /**
     * Starts the product twice: the first start writes the shared configuration, the second the archive of classes. It plans an experiment, because that
     * needs most of what other commands need: the reader of experiments, models, data and keys.
     */
    private void prepare() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("encore-plug-in");
        try {
            start(List.of("--version"), "-Dencore.prepare=true", "", folder);
            plugin(folder);
            Path experiment = Path.of(command).resolveSibling("examples/quickstart.yaml");
            start(List.of("plan", experiment.toString()), "-XX:ArchiveClassesAtExit=" + installation.resolve("classes.jsa"), folder.toString(), folder);
        } finally {
            delete(folder);
        }
    }

    /** A plug-in that contributes nothing, so that the archive holds the classes that load plug-ins. */
    private static void plugin(Path folder) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "nothing;singleton:=true");
        manifest.getMainAttributes().putValue("Import-Package", "org.encore.api");
        try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve("nothing.jar")), manifest)) {
            jar.putNextEntry(new ZipEntry("plugin.xml"));
            jar.write("<?xml version=\"1.0\"?>\n<plugin><extension point=\"org.encore.api.metrics\"/></plugin>\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * @param plugins folder of plug-ins; nothing for none: whoever builds may have some, and the installation is everybody's
     * @param cache where it may keep what it finds out, instead of whoever builds
     */
    private void start(List<String> words, String option, String plugins, Path cache) throws IOException, InterruptedException {
        var line = new ArrayList<String>(List.of(command));
        line.addAll(words);
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("ENCORE_INSTALLATION", installation.toString());
        builder.environment().put("ENCORE_JAVA_OPTIONS", option);
        builder.environment().put("ENCORE_PLUGINS", plugins);
        builder.environment().put("ENCORE_RUNTIMES", "");
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        Path log = installation.resolve("prepare.log");
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        if (!process.waitFor(START_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the product did not end: " + line + "\n" + Files.readString(log));
        }
        if (process.exitValue() != 0) {
            throw new IOException("the product does not start: " + line + " ended with " + process.exitValue() + "\n" + Files.readString(log));
        }
    }

    private static void removeUnused(Path installations, String newest) throws IOException {
        try (Stream<Path> folders = Files.list(installations)) {
            for (Path folder : folders.filter(Files::isDirectory).filter(f -> !f.getFileName().toString().equals(newest)).filter(f -> !inTheMaking(f)).toList()) {
                Path removed = folder.resolveSibling(REMOVED + folder.getFileName());
                if (folder.getFileName().toString().startsWith(REMOVED)) {
                    delete(folder);
                } else if (movedUnderLock(folder, removed)) {
                    delete(removed);
                }
            }
        }
    }

    /** Another build beside this one may be at it; one that was stopped is removed by a build of another hour. */
    private static boolean inTheMaking(Path folder) {
        try {
            return !folder.getFileName().toString().startsWith(REMOVED) && Files.notExists(folder.resolve(STAMP))
                    && Files.getLastModifiedTime(folder).toInstant().isAfter(Instant.now().minus(Duration.ofHours(1)));
        } catch (IOException e) {
            return true; // it was just removed
        }
    }

    /** A command holds the lock while it runs; one that was waiting for it finds the folder gone, and takes the newest instead. */
    private static boolean movedUnderLock(Path folder, Path removed) throws IOException {
        Path lock = folder.resolve("lock");
        if (Files.notExists(lock)) {
            Files.move(folder, removed);
            return true;
        }
        var move = new ProcessBuilder("flock", "--nonblock", "--exclusive", lock.toString(), "mv", folder.toString(), removed.toString());
        try {
            return move.start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
