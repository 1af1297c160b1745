package org.encore.graph.text;

import java.util.ArrayList;
import java.util.List;

import org.encore.graph.Model;
import org.encore.graph.StateSpec;

/** Models as text: a head line, the state, the three programs. */
public final class ModelText {

    private final ProgramText programs;

    /** Reads models of built-in operations and these. */
    public ModelText(ProgramText programs) {
        this.programs = programs;
    }

    public static String print(Model model) {
        return print(model, true);
    }

    static String print(Model model, boolean named) {
        var text = new StringBuilder();
        text.append("model ").append(model.architecture()).append(" vocabulary ").append(model.vocabularySize()).append(" start ")
                .append(model.startToken()).append(" opening ").append(model.opening()).append('\n');
        for (StateSpec state : model.state()) {
            text.append("state ").append(state.name()).append(' ').append(state.role()).append(' ').append(state.type()).append('\n');
        }
        model.programs().forEach(program -> text.append(ProgramText.print(program, named)));
        return text.toString();
    }

    /**
     * Reads what {@link #print} writes.
     *
     * @throws TextException at the first mistake, with its line and column
     */
    public Model parse(String text) {
        var cursor = new Cursor(text);
        cursor.expect("model");
        String architecture = cursor.name("the architecture's id");
        cursor.expect("vocabulary");
        int vocabulary = (int) cursor.number("the vocabulary's size");
        cursor.expect("start");
        int start = (int) cursor.number("the start token");
        cursor.expect("opening");
        Model.Opening opening = named(Model.Opening.values(), cursor);
        List<StateSpec> state = new ArrayList<>();
        while (cursor.take("state ")) {
            String name = cursor.name("the state's name");
            state.add(new StateSpec(name, named(StateSpec.Role.values(), cursor), RecordText.tensorType(cursor)));
        }
        var model = new Model(architecture, vocabulary, start, opening, state, programs.program(cursor), programs.program(cursor), programs.program(cursor));
        if (!cursor.atEnd()) {
            throw cursor.error("nothing is expected after the third program");
        }
        return model;
    }

    private static <E extends Enum<E>> E named(E[] constants, Cursor cursor) {
        String name = cursor.name("one of " + List.of(constants));
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw cursor.error("'" + name + "' is none of " + List.of(constants));
    }
}
