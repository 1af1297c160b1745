package org.encore.graph.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Build;
import org.encore.architectures.DecoderDecoder;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.EncoderDecoder;
import org.encore.architectures.ResidualBridged;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Model;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;
import org.encore.graph.op.Composite;
import org.encore.graph.text.ModelText;
import org.encore.graph.text.ProgramText;
import org.encore.graph.text.StructuralHash;
import org.encore.graph.text.TextException;
import org.junit.jupiter.api.Test;

class TextTest {

    /** A plug-in's own operation. */
    public record Doubled(int times, String label) implements Composite {
        @Override
        public TensorType infer(List<TensorType> inputs) {
            return inputs.getFirst();
        }

        @Override
        public Tensor expand(Graph graph, List<Tensor> inputs) {
            return inputs.getFirst().times(2.0 * times);
        }
    }

    private static List<Model> models() {
        var models = new ArrayList<Model>();
        for (Architecture<?> architecture : List.of(new DecoderOnly(), new EncoderDecoder(), new ResidualBridged(), new DecoderDecoder())) {
            addAll(architecture, models);
        }
        return models;
    }

    private static <O extends Record> void addAll(Architecture<O> architecture, List<Model> models) {
        architecture.presets().forEach((name, options) -> models.add(architecture.build(options, new Build(name, 100, 1))));
    }

    private static Program small() {
        var graph = new Graph("small");
        Tensor x = graph.input("x", DType.FLOAT, Shape.of(Dim.symbol("B"), Dim.of(4)));
        Tensor y = graph.within("part", () -> graph.tap("sum", x.plus(x)));
        return graph.finish(Map.of("y", y));
    }

    @Test
    void everyPresetOfEveryArchitectureIsReadBackAsItWasPrinted() {
        for (Model model : models()) {
            String text = ModelText.print(model);
            Model read = new ModelText(new ProgramText(List.of())).parse(text);
            assertThat(ModelText.print(read)).isEqualTo(text);
            assertThat(StructuralHash.of(read)).isEqualTo(StructuralHash.of(model));
            assertThat(read.parameterCount()).isEqualTo(model.parameterCount());
        }
    }

    @Test
    void aProgramLooksLikeThis() {
        assertThat(ProgramText.print(small())).isEqualTo("""
                program small
                %0 = input{label: "x"; type: float (B, 4)} : float (B, 4)
                %1 = binary{function: ADD} %0 %0 : float (B, 4) @part
                output y %1
                tap part.sum %1
                end
                """);
    }

    @Test
    void anOperationOfAPlugInIsReadIfItIsNamed() {
        var graph = new Graph("plugin");
        Tensor x = graph.input("x", DType.FLOAT, Shape.of(Dim.symbol("B")));
        String text = ProgramText.print(graph.finish(Map.of("y", graph.apply(new Doubled(3, "a \"quoted\" name"), x))));
        assertThat(ProgramText.print(new ProgramText(List.of(Doubled.class)).parse(text))).isEqualTo(text);
        assertThatThrownBy(() -> new ProgramText(List.of()).parse(text)).isInstanceOf(TextException.class).hasMessageContaining("line 3")
                .hasMessageContaining("no operation 'doubled'");
    }

    @Test
    void aMistakeIsToldWithLineAndColumn() {
        String text = ProgramText.print(small());
        for (var mistake : Map.of("ADD", "'PLUS' is none of", "%0 %0", "%7 is not defined before this line", "float (B, 4) @", "this operation gives float (B, 4)",
                "end", "expected 'end'").entrySet()) {
            String broken = switch (mistake.getKey()) {
                case "ADD" -> text.replace("ADD", "PLUS");
                case "%0 %0" -> text.replace("%0 %0", "%0 %7");
                case "end" -> text.replace("end", "fin");
                default -> text.replace("float (B, 4) @", "float (B, 5) @");
            };
            assertThatThrownBy(() -> new ProgramText(List.of()).parse(broken)).isInstanceOf(TextException.class)
                    .hasMessageMatching("(?s)line [3-6], column \\d+: .*").hasMessageContaining(mistake.getValue());
        }
    }

    @Test
    void textCutOffAnywhereIsRefusedAndNeverHangs() {
        String text = ProgramText.print(small());
        for (int length = 0; length < text.length() - 4; length++) {
            String cut = text.substring(0, length);
            assertThatThrownBy(() -> new ProgramText(List.of()).parse(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theHashForgetsNamesOfPlacesAndNoticesWhatIsComputed() {
        var renamed = new Graph("small");
        Tensor x = renamed.input("x", DType.FLOAT, Shape.of(Dim.symbol("B"), Dim.of(4)));
        assertThat(StructuralHash.of(renamed.finish(Map.of("y", renamed.within("elsewhere", () -> x.plus(x)))))).isEqualTo(StructuralHash.of(small()));
        var other = new Graph("small");
        Tensor z = other.input("x", DType.FLOAT, Shape.of(Dim.symbol("B"), Dim.of(4)));
        assertThat(StructuralHash.of(other.finish(Map.of("y", z.times(z))))).isNotEqualTo(StructuralHash.of(small()));
        assertThat(models().stream().map(StructuralHash::of).distinct()).hasSize(models().size());
    }
}
