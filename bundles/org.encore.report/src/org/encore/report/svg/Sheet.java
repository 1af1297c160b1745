package org.encore.report.svg;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What has been drawn so far, as elements. Those that follow each other within one clip share a group. */
final class Sheet {

    private final Rectangle2D whole;
    private final String id;
    private final Inks inks;
    private final StringBuilder elements = new StringBuilder();
    private final Map<String, String> clips = new HashMap<>();
    private String open = "";

    Sheet(int width, int height, String id, Inks inks) {
        this.whole = new Rectangle2D.Double(0, 0, width, height);
        this.id = id;
        this.inks = inks;
    }

    Inks inks() {
        return inks;
    }

    /** @param clip in the sheet's coordinates; null for none */
    void add(@Nullable Shape clip, String element) {
        String needed = clip == null || clip.contains(whole) ? "" : PathData.of(clip, new AffineTransform());
        if (!needed.equals(open)) {
            close();
            if (!needed.isEmpty()) {
                String clipping = clip(needed);   // is written before the group that names it
                elements.append("<g clip-path=\"url(#").append(clipping).append(")\">");
            }
            open = needed;
        }
        elements.append(element);
    }

    private String clip(String data) {
        String known = clips.get(data);
        if (known != null) {
            return known;
        }
        String name = Xml.escaped(id) + clips.size();
        clips.put(data, name);
        elements.append("<clipPath id=\"").append(name).append("\"><path d=\"").append(data).append("\"/></clipPath>");
        return name;
    }

    private void close() {
        elements.append(open.isEmpty() ? "" : "</g>");
        open = "";
    }

    String elements() {
        close();
        return elements.toString();
    }
}
