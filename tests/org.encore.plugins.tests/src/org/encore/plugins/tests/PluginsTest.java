package org.encore.plugins.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Problems;
import org.encore.api.task.TaskData;
import org.encore.plugins.Plugin;
import org.encore.plugins.Plugin.State;
import org.encore.plugins.PluginFolders;
import org.encore.plugins.Plugins;
import org.encore.plugins.tests.guest.Angry;
import org.encore.plugins.tests.guest.Length;
import org.encore.plugins.tests.guest.Steps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;

class PluginsTest {

    @TempDir
    Path folder;

    @AfterEach
    void takeOut() throws BundleException {
        Loaded.takeOut();
    }

    private List<Plugin> load() {
        return Plugins.load(PluginFolders.jarsIn(folder));
    }

    /** What became of each, by the file's name. */
    private Map<String, String> states() {
        return load().stream().collect(Collectors.toMap(plugin -> plugin.file().getFileName().toString(), plugin -> switch (plugin.state()) {
            case State.Works works -> "works";
            case State.Broken(String reason) -> reason;
        }, (a, b) -> a, TreeMap::new));
    }

    @Test
    void whatItBringsIsThereLikeWhatIsBuiltIn() throws IOException {
        Jar.plugin("com.example.length", "1.0.0", Jar.metric("length")).with(Length.class).in(folder);
        assertThat(states()).containsExactly(Map.entry("com.example.length-1.0.0.jar", "works"));
        Registry registry = Registry.ofPlatform();
        assertThat(registry.list(ExtensionPoint.METRICS)).extracting(Object::toString).contains("metric 'length' of bundle com.example.length 1.0.0");
        assertThat(registry.find(ExtensionPoint.METRICS, "length").get().statistics("abc", new TaskData.Example("x", List.of("y"))))
                .containsExactly(3);
        assertThat(registry.find(ExtensionPoint.METRICS, "length").get().getClass()).as("its own copy").isNotEqualTo(Length.class);
    }

    @Test
    void optionsOfAPackageThatIsNotExportedAreBoundWithTheirDefaults() throws IOException {
        Jar.plugin("com.example.steps", "1.0.0",
                Jar.extension("schedules", "<schedule id=\"steps\" class=\"org.encore.plugins.tests.guest.Steps\"/>"))
                .with(Steps.class).with(Steps.Options.class).in(folder);
        load();
        var problems = new Problems();
        var binder = new Binder(Registry.ofPlatform(), problems);
        var here = new ConfigNode.Position("x.yaml", 1, 1);
        assertThat(binder.choice(ExtensionPoint.SCHEDULES, new ConfigNode.Scalar("steps", here)).orElseThrow().options().toString())
                .isEqualTo("Options[falls=3]");
        var negative = new ConfigNode.Mapping(List.of(new ConfigNode.Entry(new ConfigNode.Scalar("steps", here),
                new ConfigNode.Mapping(List.of(new ConfigNode.Entry(new ConfigNode.Scalar("falls", here), new ConfigNode.Scalar("-1", here))),
                        here))), here);
        assertThat(binder.choice(ExtensionPoint.SCHEDULES, negative)).isEmpty();
        assertThat(problems.all()).extracting(Object::toString).containsExactly("x.yaml:1:1: falls -1: give 0 at least");
    }

    @Test
    void whatDoesNotWorkIsLeftOutWithItsReasonAndTheOthersWork() throws IOException {
        Jar.plugin("com.example.length", "1.0.0", Jar.metric("length")).with(Length.class).in(folder);
        new Jar().to(folder.resolve("plain.jar"));
        Files.writeString(folder.resolve("text.jar"), "this is no jar");
        Files.write(folder.resolve("cut.jar"), Arrays.copyOf(Files.readAllBytes(folder.resolve("com.example.length-1.0.0.jar")), 500));
        Jar.bundle("many", "1.0.0").with("plugin.xml", "<plugin/>").in(folder);
        Jar.bundle("missing", "1.0.0").header("Import-Package", "com.example.gone;version=\"[1.0,2.0)\"").in(folder);
        Jar.bundle("later", "1.0.0").header("Import-Package", "org.encore.api.task;version=\"[7.0,8.0)\"").in(folder);
        Jar.bundle("needs", "1.0.0").header("Require-Bundle", "missing").in(folder);
        Jar.bundle("needsnone", "1.0.0").header("Require-Bundle", "com.example.none;bundle-version=\"2.0.0\"").in(folder);
        Jar.bundle("java", "1.0.0").header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"").in(folder);
        Jar.bundle("org.encore.onnx", "9.0.0").in(folder);
        Jar.bundle("guest", "1.0.0").header("Fragment-Host", "org.encore.onnx").in(folder);
        Jar.bundle("angry", "1.0.0").header("Bundle-Activator", Angry.class.getName()).with(Angry.class).in(folder);
        Jar.bundle("version", "1.x").to(folder.resolve("version.jar"));

        Map<String, String> states = states();
        assertThat(states).containsEntry("com.example.length-1.0.0.jar", "works")
                .containsEntry("plain.jar", "its manifest has no Bundle-SymbolicName, so it is no bundle. Let bnd-maven-plugin write the manifest "
                        + "(docs/writing-a-plugin.md)")
                .containsEntry("text.jar", "it is damaged, or no jar at all: zip END header not found")
                .containsEntry("cut.jar", "it is damaged, or no jar at all: zip END header not found")
                .containsEntry("many-1.0.0.jar",
                        "it has a plugin.xml but is no singleton, so its extensions would not be seen. "
                                + "Write 'Bundle-SymbolicName: many;singleton:=true'")
                .containsEntry("missing-1.0.0.jar", "it needs package com.example.gone 1.0.0 or newer, below 2.0.0, which is not here")
                .containsEntry("later-1.0.0.jar", "it needs package org.encore.api.task 7.0.0 or newer, below 8.0.0; here it is 0.1.0")
                .containsEntry("needs-1.0.0.jar", "it needs missing, which is left out too")
                .containsEntry("needsnone-1.0.0.jar", "it needs bundle com.example.none 2.0.0 or newer, which is not here")
                .containsEntry("java-1.0.0.jar", "it needs Java 99, and this is Java " + Runtime.version().feature())
                .containsEntry("org.encore.onnx-9.0.0.jar", "a bundle of Encore is called org.encore.onnx too")
                .containsEntry("guest-1.0.0.jar",
                        "it is a fragment of org.encore.onnx. A fragment would change a bundle that is in use; only those of other "
                                + "plug-ins are taken")
                .containsEntry("angry-1.0.0.jar", "it does not start: java.lang.IllegalStateException: not today")
                .hasSize(14);
        assertThat(states.get("version.jar")).startsWith("it is damaged, or no jar at all: ").contains("1.x");
        assertThat(Loaded.names()).as("nothing of the others stays behind").containsExactly("com.example.length");
    }

    @Test
    void ofOneNameTheNewestInTheFirstFolderIsUsed() throws IOException {
        Path second = Files.createDirectory(folder.resolve("second"));
        Jar.plugin("x", "1.2.0", Jar.metric("a")).with(Length.class).in(folder);
        Jar.plugin("x", "1.10.0", Jar.metric("b")).with(Length.class).in(folder);
        Jar.plugin("x", "2.0.0", Jar.metric("c")).with(Length.class).in(second);
        List<Plugin> plugins = Plugins.load(new PluginFolders(List.of(folder, folder.resolve("gone"), second)).jars());
        assertThat(plugins.stream().filter(plugin -> plugin.state() instanceof State.Works)).extracting(Plugin::version).containsExactly("1.10.0");
        Path used = folder.resolve("x-1.10.0.jar");
        assertThat(Plugins.problems(plugins)).containsExactlyInAnyOrder(
                "plug-in " + folder.resolve("x-1.2.0.jar") + " is left out: version 1.10.0 of it is used, which is " + used
                        + ".  (encore plugin list)",
                "plug-in " + second.resolve("x-2.0.0.jar") + " is left out: version 1.10.0 of it is used, which is " + used
                        + ".  (encore plugin list)");
    }

    @Test
    void aFragmentOfAnotherPluginIsTaken() throws IOException {
        Jar.plugin("host", "1.0.0", Jar.metric("length")).in(folder);
        Jar.bundle("part", "1.0.0").header("Fragment-Host", "host").with(Length.class).in(folder);
        assertThat(states()).containsEntry("host-1.0.0.jar", "works").containsEntry("part-1.0.0.jar", "works");
        assertThat(Registry.ofPlatform().find(ExtensionPoint.METRICS, "length").get().unit()).isEqualTo("characters");
    }

    /** Native libraries do not survive it. */
    @Test
    void nothingThatIsInUseIsWiredAnew() throws IOException {
        Map<Bundle, BundleWiring> before = wirings();
        Jar.bundle("onnx.user", "1.0.0").header("Import-Package", "ai.onnxruntime,org.encore.onnx").in(folder);
        Jar.bundle("onnx.rival", "1.0.0").header("Export-Package", "ai.onnxruntime;version=\"99.0.0\"").header("Import-Package", "org.encore.api")
                .in(folder);
        Jar.bundle("onnx.guest", "1.0.0").header("Fragment-Host", "com.microsoft.onnxruntime").in(folder);
        load();
        assertThat(wirings()).containsAllEntriesOf(before);
        assertThat(before.keySet()).extracting(Bundle::getSymbolicName).contains("com.microsoft.onnxruntime", "org.encore.onnx");
    }

    private static Map<Bundle, BundleWiring> wirings() {
        return Arrays.stream(FrameworkUtil.getBundle(PluginsTest.class).getBundleContext().getBundles())
                .filter(bundle -> bundle.adapt(BundleWiring.class) != null)
                .collect(Collectors.toMap(bundle -> bundle, bundle -> bundle.adapt(BundleWiring.class)));
    }

    /** Somebody copies a new build over the old one while a training goes on. */
    @Test
    void aJarThatIsOverwrittenDoesNotDisturbTheProcessThatHasIt() throws IOException {
        Path jar = Jar.plugin("com.example.length", "1.0.0", Jar.metric("length")).with(Length.class).in(folder);
        load();
        Files.writeString(jar, "cut off");
        assertThat(Registry.ofPlatform().find(ExtensionPoint.METRICS, "length").get().unit()).isEqualTo("characters");
    }
}
