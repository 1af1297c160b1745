package org.encore.report.section;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import java.util.List;

import org.encore.compare.Contrast;
import org.encore.report.table.Names;

import j2html.tags.DomContent;

/** Contrasts in words, each marked with what it comes to. */
final class Verdicts {

    /** More than that are folded. */
    private static final int SHOWN = 8;

    private Verdicts() {}

    /** The answer to the question that was asked beforehand. */
    static DomContent answer(Contrast contrast) {
        return div(p(text("The question, fixed before the run"), badge(contrast)).withClass("over"), p(strong(Names.safe(contrast.words())))
                .withClass("words"))
                .withClass("answer " + style(contrast));
    }

    static DomContent list(List<Contrast> contrasts) {
        List<Contrast> more = contrasts.subList(Math.min(SHOWN, contrasts.size()), contrasts.size());
        return Fragments.all(lines(contrasts.subList(0, contrasts.size() - more.size())), more.isEmpty() ? Fragments.all()
                : details(summary(more.size() + " more comparisons"), lines(more)));
    }

    private static DomContent lines(List<Contrast> contrasts) {
        return ul(each(contrasts, contrast -> li(badge(contrast), span(Names.safe(contrast.words()))))).withClass("verdicts");
    }

    private static DomContent badge(Contrast contrast) {
        return span(switch (contrast.verdict()) {
            case BETTER, WORSE -> "different";
            case EQUIVALENT, EQUIVALENT_BUT_DIFFERENT -> "equivalent";
            case INCONCLUSIVE -> "inconclusive";
        }).withClass("badge " + style(contrast));
    }

    private static String style(Contrast contrast) {
        return switch (contrast.verdict()) {
            case BETTER, WORSE -> "different";
            case EQUIVALENT, EQUIVALENT_BUT_DIFFERENT -> "equivalent";
            case INCONCLUSIVE -> "open";
        };
    }
}
