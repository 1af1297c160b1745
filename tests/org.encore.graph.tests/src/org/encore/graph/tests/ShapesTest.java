package org.encore.graph.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Initializer;
import org.encore.graph.Parameter;
import org.encore.graph.Shape;
import org.encore.graph.ShapeException;
import org.encore.graph.Tensor;
import org.encore.graph.op.Attention;
import org.encore.graph.op.Primitive;
import org.encore.graph.op.Visibility;
import org.junit.jupiter.api.Test;

class ShapesTest {

    private final Graph graph = new Graph("test");
    private final Dim batch = Dim.symbol("B");
    private final Dim time = Dim.symbol("T");

    private Tensor input(String name, Dim... dims) {
        return graph.input(name, DType.FLOAT, Shape.of(dims));
    }

    private Tensor weight(String name, long... shape) {
        return graph.weight(new Parameter(name, Shape.of(shape), new Initializer.Normal(0.02)));
    }

    @Test
    void anErrorNamesOperationPathBothShapesAndTheRemedy() {
        Tensor x = input("x", batch, time, Dim.of(48));
        assertThatThrownBy(() -> graph.within("decoder.7.cross.q", () -> graph.apply(new Primitive.Linear(), x, weight("w", 64, 32))))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("linear at decoder.7.cross.q: ").hasMessageContaining("(B, T, 48)").hasMessageContaining("(64, 32)")
                .hasMessageEndingWith("Make the last axis of x 32.");
    }

    @Test
    void symbolsThatDifferDoNotBroadcast() {
        assertThatThrownBy(() -> input("x", batch, time).plus(input("y", batch, Dim.symbol("S")))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("T against S").hasMessageContaining("axis 1");
    }

    @Test
    void aReshapeIsCheckedWhateverTheSymbolsAre() {
        Tensor x = input("x", batch, time, Dim.of(12));
        assertThat(x.reshape(Shape.of(batch, time, Dim.of(3), Dim.of(4))).shape()).hasToString("(B, T, 3, 4)");
        assertThatThrownBy(() -> x.reshape(Shape.of(batch, time, Dim.of(13)))).isInstanceOf(ShapeException.class).hasMessageContaining("another number of elements");
    }

    @Test
    void heads() {
        Tensor q = input("q", batch, Dim.of(4), time, Dim.of(8));
        Tensor k = input("k", batch, Dim.of(3), time, Dim.of(8));
        Tensor lengths = graph.input("n", DType.INT, Shape.of(batch));
        assertThatThrownBy(() -> graph.apply(new Attention(1, 0, List.of(Visibility.ALL)), q, k, k, lengths)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("4 heads over 3 key heads").hasMessageContaining("multiple of kvHeads");
    }

    @Test
    void whatIsNotNeededIsNotInTheProgram() {
        Tensor x = input("x", batch, time);
        x.times(x);
        assertThat(graph.finish(Map.of("y", x.plus(x))).tensors()).hasSize(2);
    }

    @Test
    void aTiedWeightIsOneTensorAndAContradictionIsNamed() {
        assertThat(weight("w", 2, 3)).isSameAs(weight("w", 2, 3));
        assertThatThrownBy(() -> weight("w", 3, 2)).hasMessageContaining("parameter w is declared twice");
    }

    @Test
    void eachParameterDrawsFromItsOwnStream() {
        var normal = new Initializer.Normal(0.02);
        assertThat(normal.draw(1, "a", 100)).isEqualTo(normal.draw(1, "a", 100)).isNotEqualTo(normal.draw(1, "b", 100)).isNotEqualTo(normal.draw(2, "a", 100));
        assertThat(java.util.Arrays.copyOf(normal.draw(1, "a", 200), 100)).isEqualTo(normal.draw(1, "a", 100));
        float[] many = normal.draw(1, "a", 100_000);
        double square = 0;
        for (float value : many) {
            square += value * value;
        }
        assertThat(Math.sqrt(square / many.length)).isBetween(0.0195, 0.0205);
    }
}
