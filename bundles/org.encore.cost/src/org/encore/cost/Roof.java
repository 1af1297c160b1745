package org.encore.cost;

/**
 * The roofline of a device: the time that work takes at least (Williams, Waterman and Patterson 2009, CACM 52(4)).
 *
 * @param operationsPerSecond of matrix products
 * @param bytesPerSecond that are read
 * @param launchSeconds of each operation
 * @param weightBytes of one weight
 * @param stateBytes of one number of a cache
 */
public record Roof(double operationsPerSecond, double bytesPerSecond, double launchSeconds, double weightBytes, double stateBytes) {

    private static final double FP32 = 4;

    /** What most of the time goes to. */
    public enum Bound { ARITHMETIC, MEMORY, LAUNCHES }

    public Roof {
        if (!(operationsPerSecond > 0) || !(bytesPerSecond > 0) || launchSeconds < 0) {
            throw new IllegalArgumentException("a roof of " + operationsPerSecond + " operations and " + bytesPerSecond + " bytes per second, with "
                    + launchSeconds + " s per launch: give positive rates and no negative time");
        }
    }

    /** Seconds that a call takes at least: its operations follow each other, each bound by its arithmetic or by what it reads. */
    public double seconds(Call call) {
        Parts parts = parts(call);
        return parts.launches() + parts.arithmetic() + parts.memory();
    }

    /** What most of these seconds go to. */
    public Bound bound(Call call) {
        Parts parts = parts(call);
        return parts.launches() > parts.arithmetic() && parts.launches() > parts.memory() ? Bound.LAUNCHES
                : parts.arithmetic() > parts.memory() ? Bound.ARITHMETIC : Bound.MEMORY;
    }

    /** Seconds by what bounds them. */
    private record Parts(double launches, double arithmetic, double memory) {}

    private Parts parts(Call call) {
        double arithmetic = 0;
        double memory = stateSeconds(call.copiedBytes());
        double attention = 0;
        for (Line line : call.lines()) {
            if (line.weightBytes() == 0) {
                attention += arithmetic(line);   // all of it reads the caches
            } else if (arithmetic(line) > reading(line)) {
                arithmetic += arithmetic(line);
            } else {
                memory += reading(line);
            }
        }
        double caches = stateSeconds(call.stateBytes());
        return new Parts(launchSeconds * call.lines().size(), arithmetic + (attention > caches ? attention : 0), memory + (attention > caches ? 0
                : caches));
    }

    private double arithmetic(Line line) {
        return line.flops() / operationsPerSecond;
    }

    private double reading(Line line) {
        return line.weightBytes() / FP32 * weightBytes / bytesPerSecond;
    }

    private double stateSeconds(long bytes) {
        return bytes / FP32 * stateBytes / bytesPerSecond;
    }
}
