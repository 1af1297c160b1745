package org.encore.workbench.design;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ITypedRegion;
import org.eclipse.jface.text.TextAttribute;
import org.eclipse.jface.text.TextPresentation;
import org.eclipse.jface.text.presentation.IPresentationDamager;
import org.eclipse.jface.text.presentation.IPresentationRepairer;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.Region;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.encore.workbench.part.Appearance;
import org.jspecify.annotations.Nullable;

/** Colours of YAML, line by line: names, numbers, comments, marks. Names are bold and comments slanted too, for whoever does not see the colours. */
final class YamlColours implements IPresentationDamager, IPresentationRepairer {

    private static final Pattern PIECE = Pattern.compile("(?<comment>(^|(?<=\\s))#.*)|(?<name>[\\w.*$-]+(?=\\s*:(\\s|$)))|(?<text>'[^']*'|\"[^\"]*\")"
            + "|(?<number>(?<![\\w.-])-?\\d[\\d_.]*([eE][-+]?\\d+)?[kMG]?(?![\\w.-]))|(?<mark>[{}\\[\\],:])");

    /** Of the numbers of lines, which stand beside the text. */
    static Color numbers() {
        return Appearance.isDark() ? new Color(0x8B, 0x94, 0x9E) : new Color(0x6E, 0x77, 0x81);
    }

    /** A kind of piece with its colours for light and dark windows. */
    private enum Kind {
        COMMENT("comment", 0x59636E, 0x9DA7B1, SWT.ITALIC), NAME("name", 0x005A9C, 0x6CB4F0, SWT.BOLD), TEXT("text", 0x116329, 0x7EE0A0, SWT.NORMAL),
        NUMBER("number", 0x9A3B00, 0xF0A070, SWT.NORMAL), MARK("mark", 0x59636E, 0x9DA7B1, SWT.NORMAL);

        private final String group;
        private final int light;
        private final int dark;
        private final int style;

        Kind(String group, int light, int dark, int style) {
            this.group = group;
            this.light = light;
            this.dark = dark;
            this.style = style;
        }

        private TextAttribute attribute() {
            int colour = Appearance.isDark() ? dark : light;
            return new TextAttribute(new Color(new RGB(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF)), null, style);
        }
    }

    private @Nullable IDocument document;

    @Override
    public void setDocument(IDocument next) {
        document = next;
    }

    @Override
    public IRegion getDamageRegion(ITypedRegion partition, DocumentEvent event, boolean partitioningChanged) {
        try {
            IRegion first = event.getDocument().getLineInformationOfOffset(event.getOffset());
            int end = event.getOffset() + (event.getText() == null ? 0 : event.getText().length());
            IRegion last = event.getDocument().getLineInformationOfOffset(Math.min(end, event.getDocument().getLength()));
            return new Region(first.getOffset(), last.getOffset() + last.getLength() - first.getOffset());
        } catch (BadLocationException e) {
            return partition;
        }
    }

    @Override
    public void createPresentation(TextPresentation presentation, ITypedRegion damage) {
        IDocument of = document;
        if (of == null) {
            return;
        }
        try {
            pieces(of.get(damage.getOffset(), damage.getLength())).forEach(piece -> {
                TextAttribute attribute = piece.kind().attribute();
                presentation.addStyleRange(new StyleRange(damage.getOffset() + piece.from(), piece.to() - piece.from(), attribute.getForeground(),
                        attribute.getBackground(), attribute.getStyle()));
            });
        } catch (BadLocationException e) {
            throw new IllegalStateException("the damage lies in the document", e);
        }
    }

    private record Piece(Kind kind, int from, int to) {}

    private static List<Piece> pieces(String text) {
        var pieces = new ArrayList<Piece>();
        int begin = 0;
        for (String line : text.split("\n", -1)) {
            Matcher matcher = PIECE.matcher(line);
            while (matcher.find()) {
                for (Kind kind : Kind.values()) {
                    if (matcher.group(kind.group) != null) {
                        pieces.add(new Piece(kind, begin + matcher.start(), begin + matcher.end()));
                    }
                }
            }
            begin += line.length() + 1;
        }
        return pieces;
    }

}
