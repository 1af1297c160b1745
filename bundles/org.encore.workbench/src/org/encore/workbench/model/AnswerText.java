package org.encore.workbench.model;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Composite;
import org.encore.experiment.export.Attended;
import org.encore.report.chart.Palette;
import org.encore.workbench.part.Appearance;
import org.jspecify.annotations.Nullable;

/**
 * An answer, and below it the source: where the mouse points at a token of the answer, or the caret stands at one, the source is shaded by how much
 * attention the model paid to it when it chose that token.
 */
public final class AnswerText extends Composite {

    private static final String HOW = "Point at a token of the answer, or move the caret to it: what the model looked at is shaded here.";
    private static final int LINES = 3;
    private static final int NAMED = 3;
    /** Text stays readable on what is shaded most. */
    private static final double DARKEST = 0.55;

    private final BiConsumer<AnswerText, Given> ask;
    private final StyledText output;
    private final StyledText source;
    private @Nullable Given given;
    private @Nullable Attended attended;
    private boolean asked;
    private int token = -1;

    /** @param answer to that source */
    record Given(ModelOfRun model, String source, Answering.Answer answer) {}

    /** @param ask told when it is to be found out what was looked at; {@link #attended} takes it */
    AnswerText(Composite parent, BiConsumer<AnswerText, Given> ask) {
        super(parent, SWT.NONE);
        this.ask = ask;
        GridLayoutFactory.fillDefaults().applyTo(this);
        output = new StyledText(this, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.BORDER | SWT.V_SCROLL);
        output.setFont(JFaceResources.getTextFont());
        GridDataFactory.fillDefaults().grab(true, true).applyTo(output);
        source = new StyledText(this, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.BORDER | SWT.V_SCROLL);
        source.setFont(JFaceResources.getTextFont());
        GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, LINES * source.getLineHeight()).applyTo(source);
        source.setText(HOW);
        output.addListener(SWT.MouseMove, event -> point(output.getOffsetAtPoint(new Point(event.x, event.y))));
        output.addListener(SWT.KeyUp, event -> point(output.getCaretOffset()));
        Appearance.follow(this, this::shade);
    }

    void clear() {
        given = null;
        attended = null;
        asked = false;
        token = -1;
        output.setText("");
        source.setText(HOW);
    }

    void show(Given next) {
        given = next;
        output.setText(next.answer().text());
    }

    private void point(int offset) {
        Given now = given;
        if (now == null || !now.answer().ended() || offset < 0) {
            return;
        }
        int at = now.answer().tokenAt(offset);
        if (at < 0 || at == token && attended != null) {
            return;
        }
        token = at;
        if (attended != null) {
            shade();
        } else if (!asked) {
            asked = true;
            source.setText("Looking at what the model looked at …");
            ask.accept(this, now);
        }
    }

    /** Takes what was asked for, unless there is another answer by now. */
    void attended(Given of, Attended found) {
        if (of == given) {
            attended = found;
            shade();
        }
    }

    /** It could not be found out. */
    void unattended(Given of, String why) {
        if (of == given) {
            asked = false;
            token = -1;
            source.setText(why);
        }
    }

    private void shade() {
        Attended seen = attended;
        Given now = given;
        if (seen == null || now == null || token < 0) {
            return;
        }
        double[] shares = seen.overSource(token);
        if (shares.length == 0) {
            source.setText("This model looks at its source by other means than attention.");
            return;
        }
        double most = IntStream.range(0, shares.length).mapToDouble(i -> shares[i]).max().orElse(1);
        var text = new StringBuilder();
        var ranges = new StyleRange[shares.length];
        for (int i = 0; i < shares.length; i++) {
            String name = seen.source().get(i);
            ranges[i] = new StyleRange(text.length(), name.length(), null, colour(shares[i] / most));
            text.append(name).append(' ');
        }
        List<Integer> order = IntStream.range(0, shares.length).boxed().sorted((a, b) -> Double.compare(shares[b], shares[a])).limit(NAMED).toList();
        source.setText(text + "\n" + seen.target().get(token) + " ← " + order.stream()
                .map(i -> String.format(Locale.ROOT, "%s %.2f", seen.source().get(i), shares[i])).collect(Collectors.joining(", ")));
        source.setStyleRanges(ranges);
        output.setStyleRange(null);
        int from = token == 0 ? 0 : now.answer().ends().get(token - 1);
        var pointed = new StyleRange();
        pointed.start = from;
        pointed.length = now.answer().ends().get(token) - from;
        pointed.underline = true;
        output.setStyleRange(pointed);
    }

    /** Between the page and one colour. */
    private Color colour(double share) {
        java.awt.Color full = Appearance.isDark() ? Palette.dark(Palette.variant(0)) : Palette.variant(0);
        RGB page = source.getBackground().getRGB();
        double part = DARKEST * share;
        return new Color(mixed(page.red, full.getRed(), part), mixed(page.green, full.getGreen(), part), mixed(page.blue, full.getBlue(), part));
    }

    private static int mixed(int page, int full, double part) {
        return (int) Math.round(page + part * (full - page));
    }

    /** The answer. */
    String text() {
        return output.getText();
    }

    /** Where the answer stands. */
    public StyledText output() {
        return output;
    }

    /** Where the source is shaded. */
    public StyledText source() {
        return source;
    }
}
