package org.encore.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Three programs over one parameter set.
 *
 * <ul>
 * <li>{@code train}: {@code source (B, S)}, {@code sourceLengths (B)}, {@code target (B, T)}, {@code targetLengths (B)} to {@code logits (B, T, V)}.
 * The target begins with the start token; the logits at position t predict target token t + 1.
 * <li>{@code prefill}: {@code source}, {@code sourceLengths} to {@code logits (B, V)} of the first token, and the state.
 * <li>{@code step}: {@code tokens (B, T)}, {@code tokenLengths (B)}, {@code pastLengths (B)} and the state to {@code logits (B, V)} after the
 * row's last token, and the state.
 * </ul>
 *
 * Rows are right-padded; positions and masks derive from the lengths. Invariant: the train logits equal a prefill followed by steps.
 *
 * @param architecture id of what built it
 * @param vocabularySize V
 * @param startToken id that begins every target
 * @param opening how a prefill relates to a step
 * @param state what generation carries
 * @param train teacher-forced program
 * @param prefill program that reads the source
 * @param step program that reads further tokens
 */
public record Model(String architecture, int vocabularySize, int startToken, Opening opening, List<StateSpec> state, Program train,
        Program prefill, Program step) {

    public Model {
        state = List.copyOf(state);
    }

    /** How a prefill relates to a step, so that a backend may hold the weights once. */
    public enum Opening {
        /** The prefill computes the per-source state, then equals a step over the start token on empty caches and recurrent states of zeros. */
        START_TOKEN,
        /** The prefill computes the per-source state, if any, then equals a step over source and start token, beginning likewise. */
        SOURCE_AND_START_TOKEN,
        /** The prefill is a program of its own. */
        OWN
    }

    /** How many tokens of a row are past once it is prefilled: 1, the start token, or S + 1 where the source is read into the same state. */
    public Dim opened() {
        return state.stream().filter(s -> s.role() == StateSpec.Role.APPEND).findFirst().map(s -> prefill.output(s.name()).shape().get(StateSpec.GROWING_AXIS))
                .orElse(opening == Opening.SOURCE_AND_START_TOKEN ? Dim.symbol("S").plus(Dim.of(1)) : Dim.of(1));
    }

    /** Every parameter of the programs, once each, in the order of first use by train, prefill, step. */
    public List<Parameter> parameters() {
        var all = new LinkedHashMap<String, Parameter>();
        for (Program program : programs()) {
            program.parameters().forEach(p -> all.putIfAbsent(p.name(), p));
        }
        return new ArrayList<>(all.values());
    }

    /** Number of trained elements; a tied tensor counts once. */
    public long parameterCount() {
        return parameters().stream().mapToLong(Parameter::size).sum();
    }

    public List<Program> programs() {
        return List.of(train, prefill, step);
    }
}
