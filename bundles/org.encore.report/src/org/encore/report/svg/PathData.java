package org.encore.report.svg;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;

/** The outline of a shape in the words of SVG's {@code d} (SVG 1.1, section 8.3). */
final class PathData {

    private PathData() {}

    static String of(Shape shape, AffineTransform transform) {
        var data = new StringBuilder();
        var c = new double[6];
        for (PathIterator path = shape.getPathIterator(transform); !path.isDone(); path.next()) {
            switch (path.currentSegment(c)) {
                case PathIterator.SEG_MOVETO -> add(data, 'M', c, 2);
                case PathIterator.SEG_LINETO -> add(data, 'L', c, 2);
                case PathIterator.SEG_QUADTO -> add(data, 'Q', c, 4);
                case PathIterator.SEG_CUBICTO -> add(data, 'C', c, 6);
                default -> data.append('Z');
            }
        }
        return data.toString();
    }

    private static void add(StringBuilder data, char command, double[] coordinates, int count) {
        data.append(command);
        for (int i = 0; i < count; i++) {
            data.append(i == 0 ? "" : " ").append(Xml.number(coordinates[i]));
        }
    }
}
