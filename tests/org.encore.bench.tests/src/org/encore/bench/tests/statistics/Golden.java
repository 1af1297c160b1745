package org.encore.bench.tests.statistics;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** What tests/golden/make_statistics.py computed with scipy. */
final class Golden {

    private static final Properties VALUES = read();

    private Golden() {}

    static double[] values(String name) {
        String line = Objects.requireNonNull(VALUES.getProperty(name), name);
        return Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static Properties read() {
        var values = new Properties();
        try (Reader in = new InputStreamReader(Golden.class.getResourceAsStream("statistics.properties"), StandardCharsets.UTF_8)) {
            values.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }
}
