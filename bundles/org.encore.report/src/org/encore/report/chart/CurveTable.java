package org.encore.report.chart;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.encore.report.curve.Curve;

/** The points of curves as lines of a table, each made when it is asked for: nobody looks at all of them before they are exported. */
final class CurveTable extends AbstractList<List<Object>> {

    private final List<Object> columns;
    private final List<Part> parts;

    /** A curve's lines. @param names that they begin with */
    record Part(List<Object> names, Curve curve) {}

    /** @param columns names of columns: those of the parts' names, tokens, value */
    CurveTable(List<Object> columns, List<Part> parts) {
        this.columns = List.copyOf(columns);
        this.parts = List.copyOf(parts);
    }

    @Override
    public int size() {
        return 1 + parts.stream().mapToInt(part -> part.curve().size()).reduce(0, Math::addExact);
    }

    @Override
    public List<Object> get(int index) {
        Objects.checkIndex(index, size());
        if (index == 0) {
            return columns;
        }
        int point = index - 1;
        for (Part part : parts) {
            if (point < part.curve().size()) {
                return Stream.concat(part.names().stream(), Stream.<Object>of(part.curve().tokens(point), part.curve().value(point))).toList();
            }
            point -= part.curve().size();
        }
        throw new IndexOutOfBoundsException(index);
    }
}
