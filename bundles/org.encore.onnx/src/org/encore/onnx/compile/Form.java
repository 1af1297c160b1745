package org.encore.onnx.compile;

/**
 * What kind of file a program becomes.
 *
 * @param dialect operators that it may use
 * @param naming of inputs and outputs
 * @param positions rows of the rotation tables inside the file, so that a caller supplies nothing but what the program itself asks for; 0 if
 *        the caller supplies rotation tables and row ends, which saves their computation in every step
 * @param signedProducts whether the runtime multiplies bytes without sign by bytes with sign exactly; otherwise codes are given without sign
 */
public record Form(Dialect dialect, Naming naming, int positions, boolean signedProducts) {

    public Form(Dialect dialect, Naming naming, int positions) {
        this(dialect, naming, positions, true);
    }

    /** For the runtime of this process, which knows what the fused operators want. */
    public static Form inProcess(Dialect dialect, boolean signedProducts) {
        return new Form(dialect, Naming.PLAIN, 0, signedProducts);
    }

    boolean selfContained() {
        return positions > 0;
    }
}
