package org.encore.report.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

import org.encore.report.svg.Svg;
import org.junit.jupiter.api.Test;

/** What is drawn with Java's graphics stands in the image. */
class SvgTest {

    private static String drawn(Consumer<Graphics2D> drawing) {
        String svg = Svg.inline(100, 50, "s", "w", "id", colour -> "var(--x)", drawing);
        return svg.substring(svg.indexOf('>') + 1, svg.lastIndexOf("</svg>"));
    }

    @Test
    void shapesAreWhereTheTransformPutsThem() {
        assertThat(drawn(g -> {
            g.translate(10, 5);
            g.setColor(Color.RED);
            g.fill(new Rectangle(0, 0, 20, 10));
        })).isEqualTo("<path d=\"M10 5L30 5L30 15L10 15L10 5Z\" fill=\"var(--x)\"/>");
    }

    @Test
    void linesKeepTheirWidthEndsAndDashes() {
        assertThat(drawn(g -> {
            g.setStroke(new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {4, 2}, 0));
            g.drawLine(0, 0, 7, 0);
        })).isEqualTo("<path d=\"M0 0L7 0\" fill=\"none\" stroke=\"var(--x)\" stroke-width=\"2.5\""
                + " stroke-linecap=\"round\" stroke-linejoin=\"round\" stroke-dasharray=\"4 2\"/>");
    }

    @Test
    void whatIsClippedIsInAGroupOfThatClipAndWhatFollowsIsNot() {
        assertThat(drawn(g -> {
            g.clipRect(0, 0, 10, 10);
            g.drawLine(0, 0, 50, 0);
            g.setClip(null);
            g.drawLine(0, 1, 50, 1);
        })).isEqualTo("<clipPath id=\"id0\"><path d=\"M0 0L10 0L10 10L0 10L0 0Z\"/></clipPath><g clip-path=\"url(#id0)\">"
                + "<path d=\"M0 0L50 0\" fill=\"none\" stroke=\"var(--x)\" stroke-linecap=\"square\"/></g>"
                + "<path d=\"M0 1L50 1\" fill=\"none\" stroke=\"var(--x)\" stroke-linecap=\"square\"/>");
    }

    @Test
    void textIsEscapedAndWhatXmlCannotHoldIsAQuestionMark() {
        assertThat(drawn(g -> g.drawString("a<b>&\"\u0000", 0, 10))).endsWith(">a&lt;b&gt;&amp;&quot;?</text>");
        assertThat(Svg.file(10, 10, "\"/><script>", g -> {})).contains("aria-label=\"&quot;/&gt;&lt;script&gt;\"");
    }

    @Test
    void seeThroughColoursAreSeeThrough() {
        assertThat(drawn(g -> {
            g.setColor(new Color(0, 0, 0, 51));
            g.fillRect(0, 0, 1, 1);
        })).contains("fill=\"var(--x)\" fill-opacity=\".2\"");
    }

    @Test
    void anImageIsRefusedAndNotLost() {
        assertThatThrownBy(() -> drawn(g -> g.drawImage(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), 0, 0, null)))
                .isInstanceOf(UnsupportedOperationException.class).hasMessage("an image cannot be drawn as SVG");
    }
}
