package org.encore.onnx.compile;

/** How a program's inputs and outputs are called in the ONNX graph. */
public interface Naming {

    /** Name of an input. */
    String input(String label);

    /**
     * Name of an output.
     *
     * @param given whether the program also has an input of this label: ONNX wants them apart
     */
    String output(String label, boolean given);

    /** As the program calls them. */
    Naming PLAIN = new Naming() {
        @Override
        public String input(String label) {
            return label;
        }

        @Override
        public String output(String label, boolean given) {
            return given ? Compiler.output(label) : label;
        }
    };
}
