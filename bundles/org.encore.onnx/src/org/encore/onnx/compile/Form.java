package org.encore.onnx.compile;

/**
 * What kind of file a program becomes.
 *
 * @param dialect operators that it may use
 * @param naming of inputs and outputs
 * @param positions rows of the rotation tables inside the file, so that a caller supplies nothing but what the program itself asks for; 0 if
 *        the caller supplies rotation tables and row ends, which saves their computation in every step
 */
public record Form(Dialect dialect, Naming naming, int positions) {

    /** For the runtime of this process, which knows what the fused operators want. */
    static Form inProcess(Dialect dialect) {
        return new Form(dialect, Naming.PLAIN, 0);
    }

    boolean selfContained() {
        return positions > 0;
    }
}
