package com.example.mingru;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;

import org.encore.api.architecture.Block;
import org.encore.graph.Model;
import org.encore.graph.StateSpec;
import org.encore.testing.ArchitectureLaws;
import org.encore.testing.Case;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MinGruTest {

    private static final Block BLOCK = new Block(8, 2, 1, 4, Block.Mlp.GELU, 2, true, true, 10000, false, 0.1);

    /** What the built-in architectures are held to, as a test for each law. */
    @TestFactory
    Stream<DynamicTest> itHoldsToTheLaws() {
        return Stream.of(new MinGru.Options(1, 1, 1.5, BLOCK), new MinGru.Options(2, 3, 0.5, BLOCK)).flatMap(options ->
                ArchitectureLaws.of(new MinGru(), options).stream()
                        .map(law -> dynamicTest(options.encoderLayers() + " and " + options.decoderLayers() + " layers: " + law, law::check)));
    }

    /** The only thing that grows with the source is what the cross-attention reads; what was written takes one state for each layer. */
    @Test
    void whatItHasWrittenTakesAStateOfFixedSize() {
        Model model = new MinGru().build(new MinGru.Options(2, 3, 1.5, BLOCK), Case.build("min-gru"));
        assertEquals(3, model.state().stream().filter(state -> state.role() == StateSpec.Role.RECURRENT).count());
        assertTrue(model.state().stream().noneMatch(state -> state.role() == StateSpec.Role.APPEND));
    }

    @Test
    void presetsGrow() {
        var sizes = new MinGru().presets().values().stream().map(options -> new MinGru().build(options, Case.build("min-gru")).parameterCount())
                .toList();
        assertEquals(sizes.stream().sorted().toList(), sizes);
    }
}
