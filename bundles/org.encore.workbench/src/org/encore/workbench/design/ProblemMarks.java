package org.encore.workbench.design;

import java.util.Optional;

import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.AnnotationPainter;
import org.eclipse.jface.text.source.IAnnotationAccess;
import org.eclipse.jface.text.source.SourceViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;

/** Lines under what is wrong in a text. */
final class ProblemMarks {

    private static final String PROBLEM = "org.encore.workbench.problem";
    private static final Color RED = new Color(0xD0, 0x4A, 0x42);

    private ProblemMarks() {}

    /** Marks of a viewer's annotations are drawn from now on. */
    static void paint(SourceViewer viewer) {
        var painter = new AnnotationPainter(viewer, new IAnnotationAccess() {
            @Override
            public Object getType(Annotation annotation) {
                return annotation.getType();
            }

            @Override
            public boolean isMultiLine(Annotation annotation) {
                return false;
            }

            @Override
            public boolean isTemporary(Annotation annotation) {
                return true;
            }
        });
        painter.addTextStyleStrategy(PROBLEM, new AnnotationPainter.UnderlineStrategy(SWT.UNDERLINE_SQUIGGLE));
        painter.addAnnotationType(PROBLEM, PROBLEM);
        painter.setAnnotationTypeColor(PROBLEM, RED);
        viewer.addPainter(painter);
        viewer.addTextPresentationListener(painter);
    }

    static Annotation of(Finding finding) {
        return new Annotation(PROBLEM, false, finding.message());
    }

    /** The word that a finding is about. */
    static Optional<Position> place(Finding finding, IDocument document) {
        if (finding.line() < 1 || finding.line() > document.getNumberOfLines()) {
            return Optional.empty();
        }
        try {
            int line = document.getLineOffset(finding.line() - 1);
            int begin = Math.min(line + finding.column() - 1, document.getLength());
            int end = begin;
            while (end < document.getLength() && " \n\r:,{}[]#".indexOf(document.getChar(end)) < 0) {
                end++;
            }
            return Optional.of(new Position(begin, Math.max(end - begin, 1)));
        } catch (BadLocationException e) {
            return Optional.empty();
        }
    }
}
