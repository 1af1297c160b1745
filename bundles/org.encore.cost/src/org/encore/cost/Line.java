package org.encore.cost;

/**
 * The cost of one operation.
 *
 * @param program train, prefill or step
 * @param path where in the architecture, such as {@code decoder.1.cross}
 * @param op name of the operation
 * @param flops floating-point operations
 * @param weightBytes parameters read, fp32
 */
public record Line(String program, String path, String op, long flops, long weightBytes) {}
