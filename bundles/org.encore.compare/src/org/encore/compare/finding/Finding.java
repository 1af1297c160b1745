package org.encore.compare.finding;

/**
 * What a check found: the same in terminal, report and window.
 *
 * @param id of the check, in kebab-case; documented in docs/measuring.md
 * @param severity how much it weighs
 * @param summary one line
 * @param explanation why it matters
 * @param remedy what to do
 */
public record Finding(String id, Severity severity, String summary, String explanation, String remedy) {

    /** How much a finding weighs, the gravest first. */
    public enum Severity {
        /** The results do not mean what they seem to mean. */
        ERROR,
        /** A conclusion may be wrong. */
        WARNING,
        /** Good to know. */
        NOTE
    }

    /** {@code warning: …. Remedy.} */
    public String line() {
        return severity.name().toLowerCase(java.util.Locale.ROOT) + ": " + summary + ". " + remedy;
    }
}
