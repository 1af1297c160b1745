package org.encore.serve;

/**
 * What a server says of a model.
 *
 * @param id name that requests give
 * @param created when its weights were written, seconds since 1970
 * @param architecture id
 * @param parameters trained numbers
 * @param vocabulary V
 * @param tokenizer hexadecimal digest of its {@code tokenizer.json}: who has the same one may send and take token ids
 * @param fingerprint hexadecimal digest of weights, architecture and tokenizer
 * @param reading what it makes of a prompt
 * @param startToken id that begins a target, or a text
 * @param endToken id that ends it
 * @param usualTokens longest output if a request names none
 */
public record Card(String id, long created, String architecture, long parameters, int vocabulary, String tokenizer, String fingerprint, Reading reading,
        int startToken, int endToken, int usualTokens) {}
