package org.encore.boot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.text.SimpleDateFormat;

import javax.xml.parsers.SAXParserFactory;

import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What every window needs of the JDK, used once by a second core while the first starts the framework: loading and initialising these classes takes
 * longer than their work.
 */
final class Ahead {

    private static final int SIZE = 16;
    private static String text = "";

    private Ahead() {}

    static void begin() {
        var thread = new Thread(Ahead::use, "ahead of the window");
        thread.setDaemon(true);
        thread.start();
    }

    private static void use() {
        try {
            // texts of messages are put into fields by reflection
            Ahead.class.getDeclaredField("text").set(null, "of the window");
            SAXParserFactory.newInstance().newSAXParser().parse(new InputSource(new StringReader("<ahead of='the window'/>")), new DefaultHandler());
            new SimpleDateFormat();
            // icons are drawn shapes
            Graphics2D drawing = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB).createGraphics();
            drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            drawing.setColor(Color.BLACK);
            drawing.fill(new Ellipse2D.Double(1, 1, SIZE - 2, SIZE - 2));
            drawing.dispose();
        } catch (Exception e) {
            // who needs it finds the same problem, and says so
        }
    }
}
