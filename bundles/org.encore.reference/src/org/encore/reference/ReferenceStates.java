package org.encore.reference;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;

import org.encore.api.architecture.TargetStates;
import org.encore.api.inference.HiddenStates;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;

/** Hidden states by the interpreter. */
record ReferenceStates(Model model, Function<Parameter, Value> parameters) implements HiddenStates {

    @Override
    public List<TargetStates.At> blocks() {
        return TargetStates.of(model).blocks();
    }

    @Override
    public Reader reader(List<String> blocks) {
        Program telling = TargetStates.of(model).telling(blocks).train();
        var reference = new Reference(telling);
        return new Reader() {
            @Override
            public FloatBuffer read(int[][] sources, int[][] targets) {
                return reference.run(WholeRows.inputs(model, sources, targets), parameters).get(Names.STATES).floats();
            }

            @Override
            public void close() {
                // nothing outside the heap
            }
        };
    }
}
