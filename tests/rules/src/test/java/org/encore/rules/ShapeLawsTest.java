package org.encore.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.encore.graph.Dim;
import org.encore.graph.Shape;
import org.encore.graph.ShapeException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of dimensions and shapes, for all of them. */
class ShapeLawsTest {

    private static final Map<String, Long> SIZES = Map.of("B", 3L, "S", 5L, "T", 7L, "P", 11L);

    @Property
    void aDimensionIsReadBackAsItWasPrinted(@ForAll("dims") Dim dim) {
        assertThat(Dim.parse(dim.toString())).isEqualTo(dim);
    }

    @Property
    void sumsAndMultiplesOfDimensionsAreThoseOfTheirSizes(@ForAll("dims") Dim a, @ForAll("dims") Dim b, @ForAll("factors") long factor) {
        assertThat(a.plus(b).evaluate(SIZES)).isEqualTo(a.evaluate(SIZES) + b.evaluate(SIZES));
        assertThat(a.minus(b).evaluate(SIZES)).isEqualTo(a.evaluate(SIZES) - b.evaluate(SIZES));
        assertThat(a.times(factor).evaluate(SIZES)).isEqualTo(factor * a.evaluate(SIZES));
    }

    @Property
    void aShapeIsReadBackAsItWasPrinted(@ForAll("shapes") Shape shape) {
        assertThat(Shape.parse(shape.toString())).isEqualTo(shape);
    }

    @Property
    void broadcastingDoesNotDependOnTheOrder(@ForAll("shapes") Shape a, @ForAll("shapes") Shape b) {
        if (broadcasts(a, b)) {
            assertThat(Shape.broadcast(b, a)).isEqualTo(Shape.broadcast(a, b));
        } else {
            assertThatThrownBy(() -> Shape.broadcast(b, a)).isInstanceOf(ShapeException.class);
        }
    }

    @Property
    void aShapeBroadcastsWithItselfAndWithANumberToItself(@ForAll("shapes") Shape shape) {
        assertThat(Shape.broadcast(shape, shape)).isEqualTo(shape);
        assertThat(Shape.broadcast(shape, Shape.SCALAR)).isEqualTo(shape);
    }

    @Property
    void broadcastingOfThreeDoesNotDependOnGrouping(@ForAll("stretchable") Shape a, @ForAll("stretchable") Shape b, @ForAll("stretchable") Shape c) {
        Assume.that(broadcasts(a, b) && broadcasts(b, c) && broadcasts(a, c));
        assertThat(Shape.broadcast(Shape.broadcast(a, b), c)).isEqualTo(Shape.broadcast(a, Shape.broadcast(b, c)));
    }

    @Property
    void theOrderOfDimensionsDoesNotChangeTheNumberOfElements(@ForAll("shapes") Shape shape) {
        assertThat(new Shape(shape.dims().reversed()).sameElements(shape)).isTrue();
    }

    @Property
    void shapesOfTheSameElementsHaveEquallyManyWhateverTheSymbolsAre(@ForAll("stretchable") Shape a, @ForAll("stretchable") Shape b) {
        Assume.that(a.sameElements(b));
        assertThat(elements(a)).isEqualTo(elements(b));
    }

    private static long elements(Shape shape) {
        long product = 1;
        for (long size : shape.evaluate(SIZES)) {
            product *= size;
        }
        return product;
    }

    private static boolean broadcasts(Shape a, Shape b) {
        try {
            Shape.broadcast(a, b);
            return true;
        } catch (ShapeException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<Dim> dims() {
        Arbitrary<Map<String, Long>> terms = Arbitraries.maps(Arbitraries.of(SIZES.keySet()), factors()).ofMaxSize(3);
        return Combinators.combine(Arbitraries.longs().between(-1000, 1000), terms).as((constant, map) -> new Dim(constant, new TreeMap<>(map)));
    }

    @Provide
    Arbitrary<Long> factors() {
        return Arbitraries.longs().between(-9, 9);
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return dims().list().ofMaxSize(4).map(Shape::new);
    }

    /** Few different dimensions, so that broadcasting succeeds often enough to say something. */
    @Provide
    Arbitrary<Shape> stretchable() {
        return Arbitraries.of(List.of(Dim.of(1), Dim.symbol("B"), Dim.of(1), Dim.symbol("T"))).list().ofMaxSize(3).map(Shape::new);
    }
}
