package org.encore.tokenizers;

import java.lang.ref.Cleaner;
import java.util.Arrays;

import org.encore.api.Unavailable;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;

/** A tokenizer of Hugging Face's library. Any thread may call it. What it takes of native memory is given back when nobody has it any more. */
final class NativeTokenizer {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final String REMEDY = "Encore carries it for Linux, macOS on ARM and Windows, and unpacks it to the folder DJL_CACHE_DIR; "
            + "see docs/troubleshooting.md. Tokenizer 'symbols' needs no library.";

    private final TokenizersLibrary library;
    private final long handle;

    /**
     * @throws IllegalArgumentException if the library does not accept the file; the message says why
     * @throws Unavailable if the library cannot be loaded here
     */
    NativeTokenizer(String json) {
        library = library();
        long created;
        try {
            created = library.createTokenizerFromString(json);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("this is no tokenizer.json: " + e.getMessage(), e);
        }
        handle = created;
        TokenizersLibrary ofCleaner = library;
        CLEANER.register(this, () -> ofCleaner.deleteTokenizer(created));
        library.disableTruncation(handle);
        library.disablePadding(handle);
    }

    private static synchronized TokenizersLibrary library() {
        // downloads nothing; and it looks for its natives through the thread's class loader, which in a bundle is the wrong one
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(TokenizersLibrary.class.getClassLoader());
        try {
            LibUtils.checkStatus();
            return TokenizersLibrary.LIB;
        } catch (RuntimeException | LinkageError e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new Unavailable("the Hugging Face tokenizers library cannot be loaded: " + why, REMEDY);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Ids without special tokens that the file would add. */
    int[] encode(String text) {
        try {
            long encoding = library.encode(handle, text, false);
            try {
                return Arrays.stream(library.getTokenIds(encoding)).mapToInt(Math::toIntExact).toArray();
            } finally {
                library.deleteEncoding(encoding);
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("'" + text + "' has no ids: " + e.getMessage(), e);
        } finally {
            java.lang.ref.Reference.reachabilityFence(this);
        }
    }

    /** Text without special tokens. */
    String decode(int[] ids) {
        try {
            return library.decode(handle, Arrays.stream(ids).asLongStream().toArray(), true);
        } finally {
            java.lang.ref.Reference.reachabilityFence(this);
        }
    }
}
