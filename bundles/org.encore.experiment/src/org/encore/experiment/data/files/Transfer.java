package org.encore.experiment.data.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import org.encore.api.Monitor;

/** One attempt to get one address into a file, after what the file has already. Other threads wait for the network, so that this one can stop. */
public final class Transfer {

    private static final int BUFFER = 1 << 16;
    private static final long LOOK_MILLIS = 50;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final URI address;
    private final Path part;
    private final long most;
    private final Patience patience;
    private final Monitor monitor;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Gets a file of any size, whose content is checked by whoever asks for it.
     *
     * @param part what may be there already, and grows
     */
    Transfer(URI address, Path part, Patience patience, Monitor monitor) {
        this(address, part, Long.MAX_VALUE, patience, monitor);
    }

    /**
     * Gets a file.
     *
     * @param part what may be there already, and grows
     * @param most bytes that are taken; what has more is refused, before anything comes if the server says how much it is
     */
    public Transfer(URI address, Path part, long most, Patience patience, Monitor monitor) {
        this.address = address;
        this.part = part;
        this.most = most;
        this.patience = patience;
        this.monitor = monitor;
    }

    /** It failed; the message says why. */
    public static final class Failed extends IOException {
        private static final long serialVersionUID = 1;

        /** Whether it may go better in a moment. */
        final boolean again;

        Failed(String message, boolean again) {
            super(message);
            this.again = again;
        }
    }

    /**
     * Gets the rest of the file.
     *
     * @throws Failed with the reason, if the server or the network does not do its part
     * @throws IOException if the file cannot be written
     */
    public void run() throws IOException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(patience.connect())
                .proxy(new EnvironmentProxies(ProxySelector.getDefault(), System.getenv())).build();
        try {
            receive(send(client, have), have);
        } finally {
            client.shutdownNow();
        }
    }

    private HttpResponse<InputStream> send(HttpClient client, long have) throws IOException {
        if (!"https".equals(address.getScheme()) && !"http".equals(address.getScheme()) || address.getHost() == null) {
            throw new Failed("only addresses with http or https can be downloaded", false);
        }
        var request = HttpRequest.newBuilder(address).timeout(patience.connect()).header("User-Agent", "encore");
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        try {
            return await(client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream()), () -> { });
        } catch (Failed e) {
            throw e;
        } catch (IOException e) {
            throw new Failed(e instanceof ConnectException && e.getMessage() == null ? "no connection to " + address.getHost() : reason(e), true);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void receive(HttpResponse<InputStream> response, long have) throws IOException {
        int status = response.statusCode();
        boolean resumed = status == PARTIAL && response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + have + "-");
        InputStream body = response.body();
        if (status == RANGE_NOT_SATISFIABLE && have > 0) {
            body.close();
            if (!response.headers().firstValue("Content-Range").orElse("").equals("bytes */" + have)) {
                Files.delete(part);
                throw new Failed("what an earlier download left does not fit", true);
            }
            return;                          // it was complete
        }
        if (status != OK && !resumed) {
            body.close();
            throw new Failed("HTTP " + status, status >= 500 || status == 429 || status == PARTIAL);
        }
        long begin = resumed ? have : 0;
        long rest = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        enough(begin + Math.max(0, rest));
        room(rest);
        bytes.set(begin);
        long total = rest < 0 ? 0 : begin + rest;
        var copying = CompletableFuture.runAsync(() -> copy(body, resumed), task -> Thread.ofVirtual().name("encore-download").start(task));
        try {
            await(copying, () -> monitor.progress(bytes.get(), total, "bytes"));
        } finally {
            body.close();
            copying.handle((done, failure) -> done).join();          // nobody writes to the file any more
        }
        monitor.progress(bytes.get(), total, "bytes");
    }

    private void enough(long total) throws Failed {
        if (total > most) {
            throw new Failed(String.format(Locale.ROOT, "it has more than %,d bytes, and no more are taken", most), false);
        }
    }

    private void room(long rest) throws IOException {
        long free = Files.getFileStore(part.getParent()).getUsableSpace();
        if (rest > free) {
            throw new IOException(String.format(Locale.ROOT, "%,d bytes are to come, but only %,d are free in %s", rest, free, part.getParent()));
        }
    }

    private void copy(InputStream body, boolean resumed) {
        try (body; OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
            var buffer = new byte[BUFFER];
            for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
                enough(bytes.get() + read);
                out.write(buffer, 0, read);
                bytes.addAndGet(read);
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static int read(InputStream body, byte[] buffer) throws Failed {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new Failed("the connection broke: " + reason(e), true);
        }
    }

    /** The result of what happens elsewhere. While it comes the user may stop it, and too long a silence ends it. */
    private <T> T await(CompletableFuture<T> result, Runnable meanwhile) throws IOException {
        long last = bytes.get();
        long since = System.nanoTime();
        while (true) {
            try {
                return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                meanwhile.run();
                long now = bytes.get();
                if (now != last) {
                    last = now;
                    since = System.nanoTime();
                }
                if (monitor.cancelled()) {
                    throw new CancellationException("download stopped; it goes on from here next time");
                }
                if (System.nanoTime() - since > patience.silence().toNanos()) {
                    throw new Failed("nothing came for " + patience.silence().toMillis() + " ms", true);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("download interrupted");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                throw new Failed(String.valueOf(e.getCause().getMessage()), false);
            }
        }
    }
}
