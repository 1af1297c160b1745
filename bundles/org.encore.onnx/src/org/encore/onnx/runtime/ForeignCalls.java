package org.encore.onnx.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Calls of native functions by their addresses, through Java's foreign-function interface. It belongs to Java from version 22 on and Encore is compiled
 * for 21, so it is used by name; where it is not there, what needs it does without.
 */
final class ForeignCalls {

    /** The version of Java that it belongs to first. */
    private static final int FIRST = 22;
    private static final Optional<ForeignCalls> HERE = find();

    private final Object linker;
    private final Method downcall;
    private final Method describe;
    private final Method describeVoid;
    private final Method ofAddress;
    private final Method ofBuffer;
    private final Method address;
    private final Method reinterpret;
    private final Method asBuffer;
    private final Object[] layouts;
    private final Class<?> layout;
    private final Class<?> option;

    private ForeignCalls() throws ReflectiveOperationException {
        String of = "java.lang.foreign.";
        Class<?> linkers = Class.forName(of + "Linker");
        Class<?> segment = Class.forName(of + "MemorySegment");
        Class<?> descriptor = Class.forName(of + "FunctionDescriptor");
        Class<?> values = Class.forName(of + "ValueLayout");
        layout = Class.forName(of + "MemoryLayout");
        option = Class.forName(of + "Linker$Option");
        linker = linkers.getMethod("nativeLinker").invoke(null);
        downcall = linkers.getMethod("downcallHandle", segment, descriptor, option.arrayType());
        describe = descriptor.getMethod("of", layout, layout.arrayType());
        describeVoid = descriptor.getMethod("ofVoid", layout.arrayType());
        ofAddress = segment.getMethod("ofAddress", long.class);
        ofBuffer = segment.getMethod("ofBuffer", Buffer.class);
        address = segment.getMethod("address");
        reinterpret = segment.getMethod("reinterpret", long.class);
        asBuffer = segment.getMethod("asByteBuffer");
        layouts = new Object[] {values.getField("JAVA_LONG").get(null), values.getField("JAVA_INT").get(null)};
    }

    private static Optional<ForeignCalls> find() {
        if (Runtime.version().feature() < FIRST) {
            return Optional.empty();   // Java 21 has a preview of it, which by name could be had
        }
        try {
            return Optional.of(new ForeignCalls());
        } catch (ReflectiveOperationException | LinkageError | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Empty before Java 22. */
    static Optional<ForeignCalls> here() {
        return HERE;
    }

    /**
     * A function that gives an address or a whole number of that size.
     *
     * @param address of the function
     * @param arguments a letter each: {@code l} for an address or a 64-bit number, {@code i} for a 32-bit one
     */
    MethodHandle function(long address, String arguments) {
        return handle(address, call(describe, null, layouts[0], layouts(arguments)));
    }

    /** A function that gives nothing; otherwise as {@link #function}. */
    MethodHandle procedure(long address, String arguments) {
        return handle(address, call(describeVoid, null, (Object) layouts(arguments)));
    }

    private MethodHandle handle(long address, Object descriptor) {
        return (MethodHandle) call(downcall, linker, call(ofAddress, null, address), descriptor, Array.newInstance(option, 0));
    }

    private Object layouts(String arguments) {
        Object array = Array.newInstance(layout, arguments.length());
        for (int i = 0; i < arguments.length(); i++) {
            Array.set(array, i, layouts[arguments.charAt(i) == 'l' ? 0 : 1]);
        }
        return array;
    }

    /** Address of a direct buffer's first element. */
    long address(Buffer buffer) {
        return (long) call(address, call(ofBuffer, null, buffer));
    }

    /** Memory at an address, as far as the caller knows that it goes. */
    ByteBuffer at(long address, long bytes) {
        return ((ByteBuffer) call(asBuffer, call(reinterpret, call(ofAddress, null, address), bytes))).order(ByteOrder.nativeOrder());
    }

    private static Object call(Method method, @org.jspecify.annotations.Nullable Object receiver, Object... arguments) {
        try {
            return method.invoke(receiver, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java's foreign-function interface did not answer: " + e, e);
        }
    }
}
