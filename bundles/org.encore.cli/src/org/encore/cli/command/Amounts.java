package org.encore.cli.command;

import java.time.Duration;
import java.util.Locale;

/** Amounts in words that one reads at a glance. */
final class Amounts {

    private static final int STEP = 1000;

    private Amounts() {}

    /** Bytes in decimal units: 1.2 GB. */
    static String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < units.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    /** Amounts per second in decimal units: 21.3 GB/s. @param unit such as B/s */
    static String rate(double perSecond, String unit) {
        String[] prefixes = {"", "k", "M", "G", "T", "P"};
        double value = perSecond;
        int prefix = 0;
        while (value >= STEP && prefix < prefixes.length - 1) {
            value /= STEP;
            prefix++;
        }
        return String.format(Locale.ROOT, value < 100 ? "%.1f %s%s" : "%.0f %s%s", value, prefixes[prefix], unit);
    }

    /** How long ago: 5 min, 3 h, 12 d. */
    static String age(Duration age) {
        return age.toMinutes() < 1 ? "now" : age.toHours() < 1 ? age.toMinutes() + " min" : age.toDays() < 1 ? age.toHours() + " h" : age.toDays()
                + " d";
    }

    /**
     * Bytes as one writes them: 20G, 500M, 1000000.
     *
     * @throws IllegalArgumentException if it is no amount
     */
    static long parse(String option, String text) {
        var matcher = java.util.regex.Pattern.compile("(\\d{1,15})([kMGT]?)B?").matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(option + " " + text + ": expected an amount of bytes such as 20G or 500M");
        }
        long factor = switch (matcher.group(2)) {
            case "k" -> 1_000L;
            case "M" -> 1_000_000L;
            case "G" -> 1_000_000_000L;
            case "T" -> 1_000_000_000_000L;
            default -> 1L;
        };
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
    }
}
