package org.encore.serve;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a server listens and whom it lets in.
 *
 * @param address to listen at
 * @param key that requests must bring as a bearer token; none if empty
 * @param requests most at a time, of which one is computed and the others wait
 */
public record Bound(InetSocketAddress address, Optional<String> key, int requests) {

    @Override
    public String toString() {
        return "Bound[address=" + address + ", key=" + (key.isPresent() ? "(hidden)" : "none") + ", requests=" + requests + "]";
    }
}
