package org.encore.experiment.tests.fuzz;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads many hostile files, one after the other, and keeps the first that is not answered as it should be. */
final class Trial {

    /** More than this is a hang, on the slowest machine. */
    private static final int PATIENCE_SECONDS = 60;
    private static final int BATCH = 200;
    /** Heap that reading one file may take, all in all: thousands of times what it has. */
    static final long TO_READ = 1L << 27;
    /** Heap that planning may take, all in all: models are built to find their size. */
    static final long TO_PLAN = 1L << 31;
    /** The case to begin with, where a million is done in pieces: {@code -Dencore.fuzz.from=200000}. */
    private static final long FROM = Long.getLong("encore.fuzz.from", 0);
    private static final Path KEPT = Path.of(System.getProperty("encore.root", "."), "tests/org.encore.experiment.tests/target/fuzz");

    private Trial() {}

    /** Reads a file; returns what the reader says if it refuses it, in the way it is meant to, and nothing if it accepts it. */
    interface Reader {
        String read(byte[] file) throws Exception;
    }

    /** How many cases there are: few in the test command, a million where somebody asks for them by {@code -Dencore.fuzz.cases=1000000}. */
    static long cases(long few) {
        long asked = Long.getLong("encore.fuzz.cases", 0);
        return asked > 0 ? asked : few;
    }

    /** @param most bytes of heap that one case may take @throws AssertionError with the number of the case and where its file is */
    static void run(String name, Mutation mutation, long cases, long most, Reader reader) {
        try (var executor = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("fuzz-" + name).factory())) {
            long begun = System.nanoTime();
            var refused = new long[1];
            var at = new long[1];
            for (long first = FROM; first < FROM + cases; first += BATCH) {
                long from = first;
                var batch = executor.submit(() -> {
                    for (long number = from; number < Math.min(FROM + cases, from + BATCH); number++) {
                        at[0] = number;
                        refused[0] += one(name, number, mutation.of(number), most, reader) ? 1 : 0;
                    }
                    return null;
                });
                try {
                    batch.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    executor.shutdownNow();
                    throw failed(name, at[0], mutation.of(at[0]), "it was not answered in time", null);
                }
            }
            System.out.printf("fuzz %s: %,d files from %,d on, %,d refused, %.1f s%n", name, cases, FROM, refused[0], (System.nanoTime() - begun) / 1e9);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AssertionError known ? known : new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean one(String name, long number, byte[] file, long most, Reader reader) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        String message;
        try {
            message = reader.read(file);
        } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
            throw failed(name, number, file, "it was answered by " + e, e);
        }
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        if (taken > most) {
            throw failed(name, number, file, "it took " + taken + " bytes", null);
        }
        if (message != null && (message.isBlank() || message.equals("null") || message.contains("Exception") || message.contains("\tat "))) {
            throw failed(name, number, file, "it was refused by '" + message + "'", null);
        }
        return message != null;
    }

    private static AssertionError failed(String name, long number, byte[] file, String how, Throwable cause) {
        Path kept = KEPT.resolve(name + "-" + number);
        try {
            Files.createDirectories(KEPT);
            Files.write(kept, file);
        } catch (java.io.IOException e) {
            // the number says enough
        }
        return new AssertionError(name + ", case " + number + ": " + how + ". The file is " + kept, cause);
    }
}
