package org.encore.graph;

/** Operands that do not fit together. The graph adds the operation, its path and both types to the message. */
public final class ShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    /**
     * @param problem what does not fit, with both sides
     * @param remedy what to change
     */
    public ShapeException(String problem, String remedy) {
        super(problem + ". " + remedy);
        this.remedy = remedy;
    }

    /** What to change. */
    public String remedy() {
        return remedy;
    }
}
