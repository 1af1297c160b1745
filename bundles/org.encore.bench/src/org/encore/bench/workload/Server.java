package org.encore.bench.workload;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import org.encore.api.inference.Generator;
import org.encore.api.option.Option;

/**
 * Requests that arrive by themselves, one after another served in the order in which they came: the times between them are exponential (a Poisson process),
 * drawn from a seed and the same for every model of a repeat. A request waits while another is served, and its time to the first token counts that.
 *
 * @param perSecond requests that arrive in a second, on average
 * @param requests of a turn
 * @param seed of the arrivals
 */
public record Server(
        @Option(value = "1", help = "requests that arrive in a second, on average") double perSecond,
        @Option(value = "8", help = "requests of a turn") int requests,
        @Option(value = "1", help = "of the arrivals; each repeat has others") long seed) implements Workload {

    public Server {
        if (!(perSecond > 0 && perSecond < Double.POSITIVE_INFINITY) || requests < 1) {
            throw new IllegalArgumentException(requests + " requests at " + perSecond + " in a second: give at least 1, and a positive number");
        }
    }

    @Override
    public String words() {
        return "server, " + (perSecond == Math.rint(perSecond) ? String.valueOf((long) perSecond) : String.valueOf(perSecond)) + " requests in a second (Poisson)";
    }

    @Override
    public void turn(Material material, Generator generator, Clock clock) {
        var random = new Random(seed * 1_000_003 + material.repeat());
        double arrival = 0;
        for (int i = 0; i < requests; i++) {
            arrival += -Math.log(1 - random.nextDouble()) / perSecond;
            long due = clock.begun() + (long) (arrival * 1e9);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int[][] source = {material.source(i)};
            clock.asked(due, source[0].length, 0);
            Greedy.generate(generator, generator.start(source), material.targetTokens(), clock);
        }
    }
}
