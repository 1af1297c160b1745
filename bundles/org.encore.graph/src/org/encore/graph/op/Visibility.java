package org.encore.graph.op;

/** Which keys a query may attend to, within the row's key length. */
public enum Visibility {
    /** Every key: encoder self-attention and cross-attention. Operands: key, value, key lengths. */
    ALL,
    /** Keys at or before the query's position. Operands: key, value, key lengths, position of the first query. */
    CAUSAL,
    /** As CAUSAL, and every key of the row's prefix. Operands: key, value, key lengths, position of the first query, prefix lengths. */
    PREFIX;

    /** How many operands describe one segment of keys. */
    public int operands() {
        return 3 + ordinal();
    }
}
