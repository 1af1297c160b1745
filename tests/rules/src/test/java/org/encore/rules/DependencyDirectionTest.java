package org.encore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;

/** Dependencies point one way, and foreign libraries stay behind the bundle that is there for them. */
class DependencyDirectionTest {

    private static final Set<String> CORE = Set.of("org.encore.graph", "org.encore.api");
    private static final Set<String> EXPERIMENT = plus(CORE, "org.encore.cost", "org.encore.bench", "org.encore.distill");
    private static final Set<String> COMPARE = plus(EXPERIMENT, "org.encore.experiment");
    private static final Set<String> REPORT = plus(COMPARE, "org.encore.compare", "org.encore.modelled");
    private static final Set<String> ENTRANCES = plus(REPORT, "org.encore.report", "org.encore.plugins");

    /** What each bundle may see of ours. What is not named here sees nothing, so a new bundle is entered when it comes. */
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            Map.entry("org.encore.boot", Set.of()),
            Map.entry("org.encore.graph", Set.of()),
            Map.entry("org.encore.protobuf", Set.of()),
            Map.entry("org.encore.archives", Set.of()),
            Map.entry("org.encore.api", Set.of("org.encore.graph")),
            Map.entry("org.encore.reference", CORE),
            Map.entry("org.encore.testing", plus(CORE, "org.encore.reference")),
            Map.entry("org.encore.plugins", plus(CORE, "org.encore.archives")),
            Map.entry("org.encore.cost", CORE),
            Map.entry("org.encore.architectures", CORE),
            Map.entry("org.encore.torch", CORE),
            Map.entry("org.encore.onnx", plus(CORE, "org.encore.protobuf", "org.encore.distill")),
            Map.entry("org.encore.objectives", CORE),
            Map.entry("org.encore.quantizations", CORE),
            Map.entry("org.encore.importers", CORE),
            Map.entry("org.encore.bench", CORE),
            Map.entry("org.encore.distill", CORE),
            Map.entry("org.encore.serve", CORE),
            Map.entry("org.encore.tasks", CORE),
            Map.entry("org.encore.tokenizers", CORE),
            Map.entry("org.encore.data.cmudict", CORE),
            Map.entry("org.encore.data.sets", CORE),
            Map.entry("org.encore.listeners", plus(CORE, "org.encore.protobuf")),
            Map.entry("org.encore.experiment", plus(EXPERIMENT, "org.encore.archives")),
            Map.entry("org.encore.compare", COMPARE),
            Map.entry("org.encore.modelled", COMPARE),
            Map.entry("org.encore.report", REPORT),
            Map.entry("org.encore.cli", plus(ENTRANCES, "org.encore.testing", "org.encore.distill", "org.encore.serve")),
            Map.entry("org.encore.workbench", ENTRANCES));

    /** Foreign packages, and the only bundles that may see them. */
    private static final Map<String, Set<String>> ONLY_SEEN_BY = Map.of(
            "ai.djl.", Set.of("org.encore.torch", "org.encore.tokenizers"),
            "ai.djl.pytorch.", Set.of("org.encore.torch"),
            "ai.djl.huggingface.", Set.of("org.encore.tokenizers"),
            "ai.onnxruntime.", Set.of("org.encore.onnx"),
            "org.eclipse.swt.", Set.of("org.encore.workbench"),
            "org.eclipse.jface.", Set.of("org.encore.workbench"),
            "org.eclipse.ui.", Set.of("org.encore.workbench"),
            "org.apache.commons.statistics.", Set.of("org.encore.bench"),
            "org.jfree.", Set.of("org.encore.report", "org.encore.workbench"),
            "picocli.", Set.of("org.encore.cli"));

    @Test
    void classesSeeOnlyBundlesThatLieBelow() {
        var wrong = new TreeSet<String>();
        for (JavaClass type : Classes.all()) {
            String from = Classes.bundle(type.getName());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String to = Classes.bundle(dependency.getTargetClass().getBaseComponentType().getName());
                if (to != null && !to.equals(from) && !MAY_SEE.getOrDefault(from, Set.of()).contains(to)) {
                    wrong.add(from + " must not see " + to + ": " + dependency.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void manifestsRequireOnlyBundlesThatLieBelow() {
        var wrong = new TreeSet<String>();
        for (var bundle : Bundles.all()) {
            bundle.header("Require-Bundle").stream()
                    .filter(required -> required.startsWith("org.encore.") && !MAY_SEE.getOrDefault(bundle.name(), Set.of()).contains(required))
                    .forEach(required -> wrong.add(bundle.name() + " must not require " + required));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void foreignLibrariesAreSeenByOneBundleEach() {
        var wrong = new TreeSet<String>();
        for (JavaClass type : Classes.all()) {
            String from = Classes.bundle(type.getName());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getBaseComponentType().getName();
                ONLY_SEEN_BY.forEach((prefix, allowed) -> {
                    if (target.startsWith(prefix) && !allowed.contains(from)) {
                        wrong.add(from + " must not see " + prefix + ": " + dependency.getDescription());
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theModelGraphDependsOnNothingButJava() {
        var foreign = new TreeSet<String>();
        Classes.all().stream().filter(type -> Classes.bundle(type.getName()).equals("org.encore.graph"))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(type -> !type.isPrimitive() && !type.getPackageName().startsWith("java.")
                        && !type.getPackageName().startsWith("org.encore.graph") && !type.getPackageName().equals("org.jspecify.annotations"))
                .forEach(type -> foreign.add(type.getName()));
        assertThat(foreign).isEmpty();
    }

    private static Set<String> plus(Set<String> some, String... more) {
        var all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
