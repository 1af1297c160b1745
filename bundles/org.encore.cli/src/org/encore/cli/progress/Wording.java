package org.encore.cli.progress;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;

import org.encore.api.run.Event;
import org.encore.bench.Race;

/** Events in words. */
final class Wording {

    private Wording() {}

    static String stage(String cell, String stage) {
        return cell.isEmpty() ? stage : stage + " " + cell;
    }

    static String step(Event.TrainStep e) {
        double share = 100.0 * e.tokens() / e.totalTokens();
        long left = Math.round((e.totalTokens() - e.tokens()) / Math.max(1, e.tokensPerSecond()));
        return String.format(Locale.ROOT, "train %s  %3.0f %%  loss %.3f  %,.0f tokens/s  %s left", e.cell(), Math.min(100, share), e.loss(),
                e.tokensPerSecond(), clock(Math.max(0, left)));
    }

    static String evaluation(Event.TrainEvaluation e) {
        return String.format(Locale.ROOT, "  %s  %,d tokens: development loss %.3f", e.cell(), e.tokens(), e.loss());
    }

    static String agreement(Event.TrainAgreement e) {
        return String.format(Locale.ROOT, "  %s  %,d tokens: %.1f %% of the teacher's likeliest tokens, KL %.3f nats, entropy %.3f (teacher %.3f)", e.cell(), e.tokens(),
                100 * e.sameToken(), e.forwardKl(), e.studentEntropy(), e.teacherEntropy());
    }

    static String progress(Event.Progress e) {
        return String.format(Locale.ROOT, "%s  %3.0f %%  %,d of %,d %s", stage(e.cell(), e.stage()), 100.0 * e.done() / Math.max(1, e.total()),
                e.done(), e.total(), e.unit());
    }

    /** What a repeat took, to stand behind its progress, with as many models as there is room for. @param room characters */
    static String repeat(Event.RaceRepeat e, int room) {
        var words = new StringBuilder("  ms first/later:");
        int before = words.length();
        for (Event.Turn turn : e.turns().stream().filter(turn -> !turn.cell().equals(Race.AGAIN)).sorted(Comparator.comparing(Event.Turn::cell))
                .toList()) {
            String next = String.format(Locale.ROOT, " %s %.2f/%.2f", turn.cell(), turn.firstTokenMillis(), turn.perTokenMillis());
            if (words.length() + next.length() + 2 > room) {
                return words.length() == before ? "" : words + " …";
            }
            words.append(next);
        }
        return words.toString();
    }

    static String scored(Event.Scored e) {
        return String.format(Locale.ROOT, "  %s  %s %s: %.2f %s  (n = %,d)", e.cell(), e.split(), e.metric().toUpperCase(Locale.ROOT), e.value(),
                e.unit(), e.examples());
    }

    static String clock(double seconds) {
        var time = Duration.ofSeconds(Math.round(seconds));
        return time.toHours() > 0 ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
