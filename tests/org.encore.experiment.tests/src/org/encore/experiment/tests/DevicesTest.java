package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.device.Probe;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.device.MachineLimits;
import org.encore.experiment.device.Presence;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {

    private static final List<String> PROVIDERS = List.of("ort-cuda", "ort-tensorrt", "ort-rocm", "ort-openvino", "ort-qnn", "ort-coreml",
            "ort-directml", "ort-xnnpack");

    @TempDir
    private Path folder;
    private final Registry registry = Registry.ofPlatform();

    private Plan plan(String choice) throws Exception {
        Path file = Files.writeString(folder.resolve("x.yaml"), """
                name: x
                task: g2p-cmudict
                variants: {a: {decoder-only: {layers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}}
                %s
                """.formatted(choice));
        Experiment experiment = ExperimentReader.read(file, registry);
        return Plan.of(experiment, new Corpora(registry, NoData.FILES, folder.resolve("tokenizers")));
    }

    @Test
    void everyProviderOfTheRuntimeIsABackendAndIsTried() {
        for (String id : PROVIDERS) {
            Availability here = registry.find(ExtensionPoint.BACKENDS, id).get().probe();
            // the runtime that Encore carries has none of them; one that was put in its place says what it has
            switch (here) {
                case Availability.Present present -> assertThat(present.description()).contains("ONNX Runtime");
                case Availability.Missing missing -> {
                    assertThat(missing.reason()).as(id).containsAnyOf("has no", "could not use").doesNotContain("Error code");
                    assertThat(missing.remedy()).as(id).containsAnyOf("encore runtime use FOLDER", "This build has it");
                }
            }
        }
    }

    @Test
    void whatTheProbeSaysIsWhatLoadingAndRunningSay() throws Exception {
        Backend<?> backend = registry.find(ExtensionPoint.BACKENDS, "ort-coreml").get();
        var missing = (Availability.Missing) backend.probe();
        assertThatThrownBy(() -> Presence.check(plan("evaluate: {backend: ort-coreml}"))).isInstanceOf(Unavailable.class)
                .hasMessageContaining("stage evaluate wants backend ort-coreml").hasMessageContaining(missing.reason())
                .hasMessageContaining(missing.remedy());
    }

    @Test
    void whatIsHereIsNotRefused() throws Exception {
        Presence.check(plan("evaluate: {backend: ort-cpu}"));
        Presence.check(plan("train: {trainer: {torch: {device: cpu}}}"));
    }

    @Test
    void trainingOnAGpuThatIsNotHereIsRefusedBeforeAnyWork() throws Exception {
        Plan plan = plan("train: {trainer: {torch: {device: cuda}}}");
        assertThatThrownBy(() -> Presence.check(plan)).isInstanceOf(Unavailable.class).hasMessageContaining("stage train wants trainer torch with {device=cuda}")
                .hasMessageContaining("without CUDA").hasMessageContaining("encore runtime use FOLDER");
    }

    @Test
    void everyProbeReachesSomethingOrSaysWhyNot() {
        for (Contribution<Probe> contribution : registry.list(ExtensionPoint.PROBES)) {
            Probe probe = contribution.get();
            switch (probe.probe()) {
                case Availability.Missing missing -> assertThat(missing.remedy()).as(contribution.id()).isNotBlank();
                case Availability.Present present -> {
                    try (Probe.Attempts attempts = probe.open(2)) {
                        assertThat(attempts.once()).as(contribution.id()).isBetween(1e6, 1e17);
                    }
                }
            }
        }
        assertThat(registry.list(ExtensionPoint.PROBES)).extracting(Contribution::id).contains("read-sum", "onnx-fp32", "onnx-int8", "torch-fp32",
                "torch-cuda-fp32", "onnx-cuda-fp32", "onnx-cuda-read", "torch-cuda-read");
    }

    @Test
    void theHighestOfItsKindIsTheRoof() {
        var low = new MachineLimits.Reached("a", "cpu", Probe.Limit.FP32_PRODUCTS, 80e9, 70e9, 60e9, 75e9, 9, 0);
        var high = new MachineLimits.Reached("b", "cpu", Probe.Limit.FP32_PRODUCTS, 90e9, 60e9, 50e9, 75e9, 9, 0);
        var elsewhere = new MachineLimits.Reached("c", "cuda", Probe.Limit.FP32_PRODUCTS, 9e13, 9e13, 9e13, 9e13, 9, 0);
        var limits = new MachineLimits("here", "now", 2, List.of(low, high, elsewhere));
        assertThat(limits.of(Probe.Limit.FP32_PRODUCTS)).contains(high);
        assertThat(limits.of(Probe.Limit.FP32_PRODUCTS, "cuda")).contains(elsewhere);
        assertThat(limits.of(Probe.Limit.READ_BANDWIDTH)).isEmpty();
    }
}
