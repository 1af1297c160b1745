package org.encore.api.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.extension.Declaration;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.ConfigNode.Scalar;
import org.encore.api.option.Option;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.Problems;
import org.encore.api.training.Schedule;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.ResidualBridged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

    private static final Position TOP = new Position("test.yaml", 1, 1);
    private final Problems problems = new Problems();
    private final Registry registry = new Registry(point -> point == ExtensionPoint.SCHEDULES
            ? List.of(new Declaration("flat", "Flat", "", "com.example", "1.0.0", Flat::new)) : List.of());
    private final Binder binder = new Binder(registry, problems);

    /** A plug-in's schedule. */
    static final class Flat implements Schedule<Flat.Options> {
        public record Options(@Option(value = "1", help = "the factor") double factor) {}

        @Override
        public Class<Options> optionsType() {
            return Options.class;
        }

        @Override
        public double factor(Options options, long step, long steps) {
            return options.factor();
        }
    }

    public record Numbers(@Option(value = "3M", help = "a count") long count, @Option(value = "64k", help = "a size") int size,
            @Option(value = "2e-3", help = "a rate") double rate, @Option(value = "[1, 2]", help = "a list") List<Long> list,
            @Option(value = "flat", help = "a schedule") Choice<Schedule<?>> schedule) {}

    public record Required(@Option(help = "what it is called") String name) {}

    public record Perhaps(@Option(help = "a name") Optional<String> name, @Option(help = "a count") Optional<Integer> count,
            @Option(help = "a part") Optional<Required> part) {}

    /** A mapping from names and values, each on a line of its own. */
    private static Mapping mapping(Object... namesAndValues) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            int line = 2 + i / 2;
            ConfigNode value = namesAndValues[i + 1] instanceof ConfigNode node ? node
                    : new Scalar(String.valueOf(namesAndValues[i + 1]), new Position("test.yaml", line, 10));
            entries.add(new Entry(new Scalar((String) namesAndValues[i], new Position("test.yaml", line, 3)), value));
        }
        return new Mapping(entries, TOP);
    }

    private List<String> messages() {
        return problems.all().stream().map(Object::toString).toList();
    }

    @Test
    void whatIsLeftOutHasItsDocumentedDefault() {
        var numbers = binder.bind(Numbers.class, null, TOP).orElseThrow();
        assertThat(numbers.count()).isEqualTo(3_000_000);
        assertThat(numbers.size()).isEqualTo(64_000);
        assertThat(numbers.rate()).isEqualTo(0.002);
        assertThat(numbers.list()).containsExactly(1L, 2L);
        assertThat(numbers.schedule().options()).isEqualTo(new Flat.Options(1));
    }

    @Test
    void countsMayBeWrittenAsPeopleWriteThem() {
        for (var form : Map.of("0.6M", 600_000L, "3e6", 3_000_000L, "1_000", 1000L, "12", 12L, "1.5G", 1_500_000_000L).entrySet()) {
            assertThat(binder.bind(Numbers.class, mapping("count", form.getKey()), TOP).orElseThrow().count()).isEqualTo(form.getValue());
        }
    }

    @Test
    void everyMistakeIsToldWithItsPlaceAndWhatWasExpected() {
        assertThat(binder.bind(Numbers.class, mapping("cuont", 1, "size", "many", "rate", "x", "count", "1.5", "schedule", "flaat"), TOP)).isEmpty();
        assertThat(messages()).containsExactly(
                "test.yaml:2:3: no option 'cuont' here. Did you mean 'count'? Valid: count, size, rate, list, schedule.",
                "test.yaml:3:10: expected a whole number such as 12, 64k or 3M, not 'many'",
                "test.yaml:4:10: expected a number such as 0.1 or 2e-3, not 'x'",
                "test.yaml:5:10: expected a whole number below 2^63, not '1.5'",
                "test.yaml:6:10: no schedule 'flaat'. Did you mean 'flat'? Valid: flat. Is a plug-in missing? (encore plugin list)");
    }

    @Test
    void numbersBeyondTheirTypeAreRefusedNotWrapped() {
        binder.bind(Numbers.class, mapping("size", "3G", "count", "1e99"), TOP);
        assertThat(messages()).containsExactly("test.yaml:2:10: expected a whole number below 2^31, not '3G'",
                "test.yaml:3:10: expected a whole number below 2^63, not '1e99'");
    }

    public record Files(@Option(help = "one file") Optional<Path> file, @Option(help = "files") List<Path> more) {}

    @Test
    void aPathIsTakenFromTheFolderOfTheFileThatItStandsIn(@TempDir Path folder) {
        var inside = new Scalar("data/x.tsv", new Position(folder.resolve("test.yaml").toString(), 2, 3));
        var onTheCommandLine = new Scalar("data/x.tsv", new Position("--set file=data/x.tsv", 1, 1));
        assertThat(binder.bind(Files.class, mapping("file", inside), TOP).orElseThrow().file()).contains(folder.resolve("data/x.tsv"));
        assertThat(binder.bind(Files.class, mapping("file", onTheCommandLine), TOP).orElseThrow().file())
                .contains(Path.of("data/x.tsv").toAbsolutePath());
        assertThat(binder.bind(Files.class, mapping("more", "/a/b"), TOP).orElseThrow().more()).containsExactly(Path.of("/a/b"));
        assertThat(OptionDocs.plain(new Files(Optional.of(Path.of("/a/b")), List.of()))).isEqualTo(Map.of("file", "/a/b", "more", List.of()));
    }

    @Test
    void whatIsNoPathIsTold() {
        binder.bind(Files.class, mapping("file", "a\0b"), TOP);
        assertThat(messages()).containsExactly("test.yaml:2:10: 'a\0b' is no path: Nul character not allowed");
    }

    @Test
    void helpSaysWhatAnOptionTakes() {
        assertThat(OptionDocs.of(Files.class).stream().map(OptionDocs.Line::takes)).containsExactly("path", "list, each path");
        assertThat(OptionDocs.of(Numbers.class).stream().map(OptionDocs.Line::takes))
                .containsExactly("whole number", "whole number", "number", "list, each whole number", "id of a schedule");
        assertThat(OptionDocs.of(Files.class).stream().map(OptionDocs.Line::required)).containsExactly(false, false);
        assertThat(OptionDocs.of(Required.class).stream().map(OptionDocs.Line::required)).containsExactly(true);
        assertThat(OptionDocs.of(Numbers.class)).noneMatch(OptionDocs.Line::required);
    }

    @Test
    void aMissingValueSaysWhatItIs() {
        assertThat(binder.bind(Required.class, null, TOP)).isEmpty();
        assertThat(messages()).containsExactly("test.yaml:1:1: 'name' is missing: what it is called");
    }

    @Test
    void aPresetIsAStartThatSingleOptionsChange() {
        var architecture = new ResidualBridged();
        var node = mapping("preset", "10m", "bridge", "gated", "block", mapping("width", 64));
        var options = (ResidualBridged.Options) binder.options(architecture, node, TOP).orElseThrow();
        var preset = architecture.presets().get("10m");
        assertThat(options.encoderLayers()).isEqualTo(preset.encoderLayers());
        assertThat(options.block()).isEqualTo(preset.block().withWidth(64));
        assertThat(options.bridge()).isInstanceOf(ResidualBridged.Bridge.Gated.class);
    }

    @Test
    void anUnknownPresetListsThePresets() {
        assertThat(binder.options(new DecoderOnly(), mapping("preset", "10mm"), TOP)).isEmpty();
        assertThat(messages()).singleElement().asString().contains("no preset '10mm'").contains("Did you mean '10m'?").contains("paper-330m");
    }

    @Test
    void optionsThatContradictEachOtherNameBothAndTheRemedy() {
        binder.options(new DecoderOnly(), mapping("block", mapping("heads", 4, "kvHeads", 3)), TOP);
        assertThat(messages()).singleElement().asString().contains("4 heads cannot share 3 kvHeads").contains("multiple");
    }

    @Test
    void namesOfAnEnumerationAreSuggested() {
        binder.options(new DecoderOnly(), mapping("prefix", "bidirektional"), TOP);
        assertThat(messages()).singleElement().asString().contains("Did you mean 'bidirectional'?");
    }

    @Test
    void optionsWrittenOutAndReadAgainAreTheSame() {
        var architecture = new ResidualBridged();
        var options = architecture.presets().get("3m");
        assertThat(OptionDocs.plain(options)).isInstanceOfSatisfying(Map.class, plain ->
                assertThat(binder.options(architecture, node(plain), TOP).orElseThrow()).isEqualTo(options));
    }

    private static ConfigNode node(Object plain) {
        return plain instanceof Map<?, ?> map
                ? new Mapping(map.entrySet().stream().map(e -> new Entry(new Scalar(String.valueOf(e.getKey()), TOP), node(e.getValue()))).toList(), TOP)
                : new Scalar(String.valueOf(plain), TOP);
    }

    @Test
    void whatMayBeLeftOutIsDescribedByWhatItTakes() {
        assertThat(OptionDocs.of(Perhaps.class).stream().map(line -> line.name() + ": " + line.takes())).containsExactly("name: text", "count: whole number",
                "part: mapping", "part.name: text");
    }
}
