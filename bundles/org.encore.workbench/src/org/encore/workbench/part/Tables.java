package org.encore.workbench.part;

import java.util.function.Function;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;

/** Tables of records, a column for each component. */
public final class Tables {

    private static final int SMALLEST = 60;

    private Tables() {}

    /** A table that fills its parent, whose columns share the width; {@link #area} is what to lay out. */
    public static TableViewer create(Composite parent) {
        var area = new Composite(parent, SWT.NONE);
        area.setLayout(new TableColumnLayout(true));
        var viewer = new TableViewer(area, SWT.BORDER | SWT.FULL_SELECTION | SWT.SINGLE | SWT.V_SCROLL | SWT.H_SCROLL);
        viewer.getTable().setHeaderVisible(true);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        return viewer;
    }

    public static Composite area(TableViewer viewer) {
        return viewer.getTable().getParent();
    }

    /** @param share of the width, relative to the other columns */
    public static <T> void column(TableViewer viewer, String title, int share, Class<T> type, Function<T, String> text) {
        var column = new TableViewerColumn(viewer, SWT.NONE);
        column.getColumn().setText(title);
        ((TableColumnLayout) area(viewer).getLayout()).setColumnData(column.getColumn(), new ColumnWeightData(share, SMALLEST, true));
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply(type.cast(element));
            }
        });
    }
}
