package org.encore.report.svg;

/** Text in XML. */
final class Xml {

    private static final int MOST_DECIMALS = 100;

    private Xml() {}

    /**
     * Text for content and for attributes in double quotes; what XML 1.0 cannot hold, such as control characters and half of a pair, is a question
     * mark.
     */
    static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(allowed(c) ? c : '?');
            }
        });
        return escaped.toString();
    }

    /** Production 2 of XML 1.0, fifth edition. */
    private static boolean allowed(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }

    /** A coordinate to a hundredth of a point, as short as it can be. */
    static String number(double value) {
        long hundredths = Math.round(value * MOST_DECIMALS);
        if (hundredths % MOST_DECIMALS == 0) {
            return Long.toString(hundredths / MOST_DECIMALS);
        }
        String sign = hundredths < 0 ? "-" : "";
        long size = Math.abs(hundredths);
        long rest = size % MOST_DECIMALS;
        String decimals = rest % 10 == 0 ? Long.toString(rest / 10) : rest < 10 ? "0" + rest : Long.toString(rest);
        return sign + (size < MOST_DECIMALS ? "" : Long.toString(size / MOST_DECIMALS)) + "." + decimals;
    }
}
