package org.encore.experiment.data.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.encore.api.Monitor;
import org.encore.api.Unavailable;
import org.encore.api.task.DataFile;

/**
 * Downloads files into the cache. What is there is whole and has the content that is meant; what is on its way is beside it, in a {@code .part}
 * file.
 */
final class Downloads {

    private static final int ATTEMPTS = 2;

    private final Path cache;
    private final KnownDigests digests;
    private final Patience patience;
    private final Monitor monitor;
    private final Consumer<String> tell;

    Downloads(Path cache, KnownDigests digests, Patience patience, Monitor monitor, Consumer<String> tell) {
        this.cache = cache;
        this.digests = digests;
        this.patience = patience;
        this.monitor = monitor;
        this.tell = tell;
    }

    /**
     * The file, downloaded unless another process did it meanwhile.
     *
     * @throws Unavailable if it cannot be had; the message has every address with the reason
     */
    Path get(DataFile file) {
        Path target = cache.resolve(file.set()).resolve(file.path());
        Path part = target.resolveSibling(target.getFileName() + ".part");
        String name = file.set() + "/" + file.path();
        try {
            Files.createDirectories(target.getParent());
            try (Turn turn = Turn.take(target.resolveSibling("." + target.getFileName() + ".lock"), name, monitor, tell)) {
                if (Files.exists(target) && digests.of(target, monitor).equals(file.sha256())) {
                    return target;
                }
                var failures = new ArrayList<String>();
                for (URI address : file.addresses()) {
                    if (download(address, part, file, failures)) {
                        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                        digests.remember(target, file.sha256());
                        return target;
                    }
                }
                throw failed(name, failures);
            }
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new Unavailable(name + " cannot be written to " + cache + ": " + why,
                    "Make room or name another cache by XDG_CACHE_HOME; what came so far is kept.");
        }
    }

    private static Unavailable failed(String name, List<String> failures) {
        return new Unavailable(name + " cannot be downloaded: " + String.join("; ", failures),
                "Check the network and the proxy (https_proxy), or put the file in a folder that ENCORE_DATA or --data names.");
    }

    /** Whether the part file now is the file that is meant; else why not is added to the failures. */
    private boolean download(URI address, Path part, DataFile file, List<String> failures) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            boolean resumed = Files.exists(part);
            String failure;
            boolean again;
            try {
                new Transfer(address, part, patience, monitor).run();
                String digest = KnownDigests.compute(part, monitor);
                if (digest.equals(file.sha256())) {
                    return true;
                }
                Files.delete(part);
                failure = "what came has SHA-256 " + digest + ", not " + file.sha256() + ", and was removed";
                again = resumed;             // the earlier half may have been the wrong one
            } catch (Transfer.Failed e) {
                failure = String.valueOf(e.getMessage());
                again = e.again;
            }
            if (!again || attempt == ATTEMPTS) {
                failures.add(address + ": " + failure);
                return false;
            }
            tell.accept(address + ": " + failure + "; trying again");
            backOff();
        }
        return false;
    }

    private void backOff() {
        long until = System.nanoTime() + patience.backOff().toNanos();
        while (System.nanoTime() < until) {
            if (monitor.cancelled()) {
                throw new CancellationException("download stopped; it goes on from here next time");
            }
            Turn.pause(Math.max(1, Math.min(50, (until - System.nanoTime()) / 1_000_000)));
        }
    }
}
