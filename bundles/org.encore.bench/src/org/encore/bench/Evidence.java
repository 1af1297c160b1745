package org.encore.bench;

/**
 * What the system says of the time around a turn, apart from what was timed. All of it adds up over turns.
 *
 * @param wallMillis from the reading before the turn to the one after it
 * @param cores of the machine
 * @param stealMillis time of all cores that the host of a virtual machine gave to others
 * @param waitMillis time that this process's threads were ready to run and had no core, summed over threads
 * @param foreignMillis time of all cores that went to other processes and to the system's interrupts
 */
public record Evidence(double wallMillis, int cores, double stealMillis, double waitMillis, double foreignMillis) {

    /** This and what followed at once. */
    public Evidence plus(Evidence next) {
        return new Evidence(wallMillis + next.wallMillis, cores, stealMillis + next.stealMillis, waitMillis + next.waitMillis,
                foreignMillis + next.foreignMillis);
    }

    /** Cores' worth of time that was stolen. */
    public double stolenCores() {
        return stealMillis / wallMillis;
    }

    /** Threads that waited on average. */
    public double waitingThreads() {
        return waitMillis / wallMillis;
    }

    /** Cores' worth of time that others took. */
    public double foreignCores() {
        return foreignMillis / wallMillis;
    }
}
