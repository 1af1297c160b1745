package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.Problems.InvalidConfiguration;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.matrix.CellSpec;
import org.encore.experiment.train.TrainOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an experiment file says, with what it extends and what the command line sets. */
class ExperimentFileTest {

    private static final Registry REGISTRY = Registry.ofPlatform();
    private static final String BASE = """
            name: base
            task: g2p-cmudict
            variants:
              dec: {decoder-only: {layers: 2, block: {width: 32}}}
              enc: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 32}}}
            train: {tokens: 60k, learningRate: 1e-3, optimizer: {beta2: 0.95}}
            """;

    @TempDir
    Path folder;

    private Experiment read(String text, String... settings) {
        return ExperimentReader.read(folder.resolve("test.yaml"), text, List.of(settings), REGISTRY);
    }

    private static TrainOptions train(CellSpec cell) {
        return (TrainOptions) cell.stages().get("train").options();
    }

    private static CellSpec cell(Experiment experiment, String id) {
        return experiment.cells().stream().filter(c -> c.id().equals(id)).findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among " + experiment.cells().stream().map(CellSpec::id).toList()));
    }

    @Test
    void everyOptionCanBeAnAxis() {
        Experiment experiment = read(BASE + """
                seeds: [1..2]
                matrix:
                  train.learningRate: [1e-3, 2e-3]
                  benchmark.backend.threads: [1, 2]
                  variants.*.block.width: {narrow: 16, wide: 48}
                """);
        assertThat(experiment.cells()).hasSize(2 * 2 * 2 * 2 * 2);
        CellSpec cell = cell(experiment, "enc-learningRate=2e-3-threads=2-width=wide-seed2");
        assertThat(train(cell).learningRate()).isEqualTo(2e-3);
        assertThat(train(cell).tokens()).isEqualTo(60_000);
        assertThat(train(cell).optimizer().beta2()).isEqualTo(0.95);
        assertThat(OptionDocs.plain(cell.stages().get("benchmark").options()).toString()).contains("ort-cpu={threads=2,");
        assertThat(OptionDocs.plain(cell.architecture()).toString()).contains("width=48");
        assertThat(cell.axes()).containsExactly(java.util.Map.entry("learningRate", "2e-3"), java.util.Map.entry("threads", "2"),
                java.util.Map.entry("width", "wide"));
    }

    @Test
    void theTaskOfTheFirstModelIsToldBeforeTheRestIsRead() {
        var told = new ArrayList<String>();
        String axis = "matrix: {task.language: [fre, geo]}\n";
        String text = BASE.replace("g2p-cmudict", "{sigmorphon2021-g2p: {}}") + axis;
        Experiment experiment = ExperimentReader.read(folder.resolve("test.yaml"), text, List.of(), REGISTRY, task -> told.add(OptionDocs.plain(task).toString()));
        assertThat(told).containsExactly(OptionDocs.plain(experiment.cells().getFirst().task()).toString());
        assertThat(told.getFirst()).contains("fre");
    }

    @Test
    void noTaskIsToldOfAFileThatIsWrong() {
        var told = new ArrayList<String>();
        assertThatThrownBy(() -> ExperimentReader.read(folder.resolve("test.yaml"), BASE + "seed: [1..2]\n", List.of(), REGISTRY, task -> told.add(task.id())))
                .isInstanceOf(InvalidConfiguration.class).hasMessageContaining("no 'seed' in an experiment");
        assertThat(told).isEmpty();
    }

    @Test
    void anAxisCanSetSeveralOptionsUnderOneName() {
        Experiment experiment = read(BASE + """
                matrix:
                  size:
                    small: {match.parameters: 50k, train.tokens: 10k}
                    large: {match.parameters: 100k, train.tokens: 20k}
                """);
        assertThat(experiment.cells().stream().map(CellSpec::id)).containsExactly("dec-size=small-seed1", "enc-size=small-seed1", "dec-size=large-seed1",
                "enc-size=large-seed1");
        CellSpec large = cell(experiment, "enc-size=large-seed1");
        assertThat(large.match()).hasValueSatisfying(match -> assertThat(match.parameters()).isEqualTo(100_000));
        assertThat(train(large).tokens()).isEqualTo(20_000);
    }

    @Test
    void whatIsWrongWithAnAxisIsToldAtItsPlace() {
        assertThatThrownBy(() -> read(BASE + """
                matrix:
                  train.learningRat: [1e-3]
                  size: [1, 2]
                  trian.tokens: [1M]
                  train.tokens: [many, 1M]
                  train.batchTokens: []
                """)).isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("test.yaml:9:9: axis 'size' is no option; give a label for each value and what it sets")
                .hasMessageContaining("test.yaml:10:3: 'trian.tokens' is no option of a model. Did you mean 'train'?")
                .hasMessageContaining("test.yaml:12:3: axis 'train.batchTokens' has 0 values");
        assertThatThrownBy(() -> read(BASE + "matrix: {train.learningRat: [1e-3], train.tokens: [many, 1M]}\n")).isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("test.yaml:7:10: 'train.learningRat': no option 'learningRat' there. Did you mean 'learningRate'?")
                .hasMessageContaining("test.yaml:7:52: expected a whole number such as 12, 64k or 3M, not 'many'");
    }

    @Test
    void aMatrixBeyondReasonIsRefusedAtOnce() {
        String values = "[" + String.join(", ", java.util.stream.IntStream.rangeClosed(1, 1000).mapToObj(Integer::toString).toList()) + "]";
        assertThatThrownBy(() -> read(BASE + "matrix: {train.batchTokens: " + values + ", train.evaluations: " + values + "}\n"))
                .hasMessageContaining("the matrix has more than 100000 models");
    }

    @Test
    void twoValuesWithOneLabelAreRefused() {
        assertThatThrownBy(() -> read(BASE + "matrix: {train.learningRate: [1e-3, 1e-3]}\n"))
                .hasMessageContaining("test.yaml:7:37: '1e-3' stands twice on axis 'train.learningRate'");
    }

    @Test
    void aFileExtendsAnother() throws IOException {
        Files.writeString(folder.resolve("base.yaml"), BASE);
        Experiment experiment = read("""
                extends: base.yaml
                name: own
                variants:
                  dec:
                  bridge: {residual-bridged: {}}
                train: {tokens: 70k}
                """);
        assertThat(experiment.name()).isEqualTo("own");
        assertThat(experiment.variants()).containsExactly("enc", "bridge");
        assertThat(train(experiment.cells().getFirst()).tokens()).isEqualTo(70_000);
        assertThat(train(experiment.cells().getFirst()).learningRate()).isEqualTo(1e-3);
    }

    @Test
    void filesExtendEachOtherOverAnyNumberOfLevels() throws IOException {
        Files.writeString(folder.resolve("level0.yaml"), BASE);
        for (int level = 1; level <= 20; level++) {
            Files.writeString(folder.resolve("level" + level + ".yaml"), "extends: level" + (level - 1) + ".yaml\ntrain: {evaluations: " + level + "}\n");
        }
        TrainOptions options = train(read("extends: level20.yaml\ntrain: {tokens: 70k}\n").cells().getFirst());
        assertThat(options.tokens()).isEqualTo(70_000);
        assertThat(options.evaluations()).isEqualTo(20);
        assertThat(options.learningRate()).isEqualTo(1e-3);
    }

    @Test
    void optionsInsideOptionsAreJoinedAndChoicesAreNot() throws IOException {
        Files.writeString(folder.resolve("base.yaml"), """
                name: base
                task: g2p-cmudict
                variants: {dec: {decoder-only: {layers: 2, block: {heads: 2}}}}
                train: {optimizer: {beta1: 0.8, beta2: 0.9}, schedule: {linear: {warmup: 0.5}}}
                tune: {over: {train.clip: [0.5, 1], train.learningRate: [1e-3]}}
                """);
        Experiment experiment = read("""
                extends: base.yaml
                variants: {dec: {decoder-only: {layers: 3}}}
                train: {optimizer: {beta2: 0.99}, schedule: cosine}
                tune: {over: {train.clip: [2]}}
                """);
        TrainOptions options = train(experiment.cells().getFirst());
        assertThat(options.optimizer().beta1()).isEqualTo(0.8);
        assertThat(options.optimizer().beta2()).isEqualTo(0.99);
        assertThat(options.schedule().id()).isEqualTo("cosine");
        assertThat(OptionDocs.plain(experiment.cells().getFirst().architecture()).toString()).contains("layers=3").doesNotContain("heads=2");
        assertThat(experiment.tuning()).extracting(axis -> axis.values().size()).containsExactly(1, 1);
        assertThat(train(read("extends: base.yaml\ntrain: {optimizer: {beta1: }}\n").cells().getFirst()).optimizer().beta1()).isEqualTo(0.9);
    }

    @Test
    void aRingOfFilesIsNamedWhereItCloses() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), "extends: two.yaml\n");
        Files.writeString(folder.resolve("two.yaml"), "extends: three.yaml\n");
        Files.createDirectory(folder.resolve("below"));
        Files.createSymbolicLink(folder.resolve("below/ring.yaml"), folder.resolve("one.yaml"));
        Files.writeString(folder.resolve("three.yaml"), "# by another name\nextends: below/ring.yaml\n");
        assertThatThrownBy(() -> ExperimentReader.read(folder.resolve("one.yaml"), REGISTRY)).isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("three.yaml:2:10: 'below/ring.yaml' extends this file in turn").hasMessageNotContaining("\n");
    }

    @Test
    void filesThatExtendEachOtherOrNothingAreNamed() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "extends: b.yaml\n");
        Files.writeString(folder.resolve("b.yaml"), "extends: a.yaml\n");
        assertThatThrownBy(() -> ExperimentReader.read(folder.resolve("a.yaml"), REGISTRY))
                .hasMessageContaining("b.yaml:1:10: 'a.yaml' extends this file in turn");
        assertThatThrownBy(() -> read("extends: gone.yaml\n")).hasMessageContaining("test.yaml:1:10: 'gone.yaml' cannot be extended: there is no such file");
        assertThatThrownBy(() -> read("extends: /dev/zero\n")).hasMessageContaining("test.yaml:1:10: '/dev/zero' cannot be extended: the file has more than 1048576 bytes");
        Files.writeString(folder.resolve("broken.yaml"), "name: [\n");
        assertThatThrownBy(() -> read("extends: broken.yaml\n")).hasMessageContaining("broken.yaml:2:1: this is not YAML");
    }

    @Test
    void theCommandLineSetsOptionsOverTheFile() {
        Experiment experiment = read(BASE, "train.tokens=1M", "variants.*.block.heads=2", "seeds=[3, 4]", "train.schedule.warmup=0.5", "name=other");
        assertThat(experiment.name()).isEqualTo("other");
        assertThat(experiment.header().seeds()).containsExactly(3L, 4L);
        assertThat(train(experiment.cells().getFirst()).tokens()).isEqualTo(1_000_000);
        assertThat(OptionDocs.plain(train(experiment.cells().getFirst()).schedule()).toString()).isEqualTo("{linear={warmup=0.5}}");
        assertThat(experiment.cells()).allMatch(c -> OptionDocs.plain(c.architecture()).toString().contains("heads=2"));
    }

    @Test
    void whatTheCommandLineSetsWronglyIsToldThere() {
        assertThatThrownBy(() -> read(BASE, "train.tokns=1M")).hasMessageStartingWith("--set train.tokns=1M: 'train.tokns': no option 'tokns' there. Did you mean 'tokens'?")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> read(BASE, "train.tokens")).hasMessage("--set train.tokens: write an option and its value, such as train.tokens=1M");
        assertThatThrownBy(() -> read(BASE, "nothing.x=1")).hasMessage("--set nothing.x=1: no 'nothing' in an experiment");
    }

    @Test
    void whatIsResolvedReadsBackAsTheSameExperiment() throws IOException {
        Experiment experiment = read(BASE + "matrix: {train.learningRate: [1e-3, 2e-3]}\ntune: {over: {train.clip: [0.5, 1]}}\n", "train.tokens=1M");
        String resolved = org.encore.experiment.yaml.YamlWriter.write(experiment.resolved());
        Experiment again = read(resolved);
        assertThat(again.resolved()).isEqualTo(experiment.resolved());
        assertThat(again.cells().stream().map(CellSpec::id).toList()).isEqualTo(experiment.cells().stream().map(CellSpec::id).toList());
        assertThat(again.cells().stream().map(c -> c.stages().values().stream().map(Choice::options).toList()).toList())
                .isEqualTo(experiment.cells().stream().map(c -> c.stages().values().stream().map(Choice::options).toList()).toList());
    }

    @Test
    void aQuestionIsAboutTwoVariantsThatThereAre() {
        assertThatThrownBy(() -> read(BASE + "primary: {contrast: [enc, decc]}\n")).hasMessageContaining("no variant 'decc' to contrast. Did you mean 'dec'?");
        assertThatThrownBy(() -> read(BASE + "primary: {contrast: [enc]}\n")).hasMessageContaining("name two different variants");
        assertThatThrownBy(() -> read(BASE + "primary: {contrast: [enc, dec], margin: 0}\n")).hasMessageContaining("smallest difference that matters");
    }

    @Test
    void onlyTrainingAndArchitecturesAreTuned() {
        assertThatThrownBy(() -> read(BASE + "tune: {over: {task.x: [1]}}\n")).hasMessageContaining("'task.x' is no option of a model. Valid: train, variants.");
    }
}
