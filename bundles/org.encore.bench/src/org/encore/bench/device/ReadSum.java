package org.encore.bench.device;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.encore.api.Availability;
import org.encore.api.device.Probe;

/**
 * Read bandwidth, by summing arrays that are far larger than the caches: the compiler makes a loop of vector loads and additions of it, which waits
 * for memory. Like the kernels of the STREAM benchmark (McCalpin 1995), of which it is the one that only reads, as a decoding step does. Each thread reads
 * in four places at once, as the kernels of matrix products do: the prefetcher of a processor follows one stream less far than several.
 */
public final class ReadSum implements Probe {

    /** Of all threads together, in elements of 8 bytes: 256 MB, or a quarter of the heap if that is less. */
    private static final int ELEMENTS = 32 << 20;
    private static final int WARM = 1 << 16;
    private static final int WARM_CALLS = 2000;
    private static final int STREAMS = 4;
    private static final AtomicLong SINK = new AtomicLong();

    @Override
    public Limit limit() {
        return Limit.READ_BANDWIDTH;
    }

    @Override
    public Availability probe() {
        return new Availability.Present("Java " + Runtime.version().feature() + ", vectorised loop");
    }

    @Override
    public Attempts open(int threads) {
        int each = (int) Math.min(ELEMENTS, Runtime.getRuntime().maxMemory() / Long.BYTES / 4) / threads / STREAMS * STREAMS;
        var parts = new long[threads][each];
        for (long[] part : parts) {
            Arrays.fill(part, 1);   // a page that was never written is not there
        }
        for (int i = 0; i < WARM_CALLS; i++) {
            SINK.addAndGet(sum(parts[0], Math.min(WARM, each)));   // until the compiler is done with it
        }
        return new Reading(parts, Executors.newFixedThreadPool(threads));
    }

    private static long sum(long[] values, int count) {
        int quarter = count / STREAMS;
        long first = 0;
        long second = 0;
        long third = 0;
        long fourth = 0;
        for (int i = 0; i < quarter; i++) {
            first += values[i];
            second += values[i + quarter];
            third += values[i + 2 * quarter];
            fourth += values[i + 3 * quarter];
        }
        return first + second + third + fourth;
    }

    private record Reading(long[][] parts, ExecutorService pool) implements Attempts {
        @Override
        public double once() {
            List<Callable<Long>> work = Arrays.stream(parts).<Callable<Long>>map(part -> () -> sum(part, part.length)).toList();
            long begun = System.nanoTime();
            try {
                long sum = 0;
                for (Future<Long> part : pool.invokeAll(work)) {
                    sum += part.get();
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                SINK.addAndGet(sum);
                return (double) parts.length * parts[0].length * Long.BYTES / seconds;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("measurement stopped");
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }

        @Override
        public void close() {
            pool.shutdown();
        }
    }
}
