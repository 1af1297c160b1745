package org.encore.workbench.part;

import java.util.List;
import java.util.function.Function;

import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.jspecify.annotations.Nullable;

/** Trees of parts that have parts of the same kind. */
public final class Trees {

    private Trees() {}

    /** Shows a list of parts, and inside each its own. */
    public static <T> void content(TreeViewer viewer, Class<T> type, Function<T, List<T>> inside) {
        viewer.setContentProvider(new ITreeContentProvider() {
            @Override
            public Object[] getElements(Object input) {
                return ((List<?>) input).toArray();
            }

            @Override
            public Object[] getChildren(Object part) {
                return inside.apply(type.cast(part)).toArray();
            }

            @Override
            public @Nullable Object getParent(Object part) {
                return null;
            }

            @Override
            public boolean hasChildren(Object part) {
                return !inside.apply(type.cast(part)).isEmpty();
            }
        });
    }

    /** @param width in pixels @param style SWT.LEFT or SWT.RIGHT */
    public static <T> void column(TreeViewer viewer, String title, int width, int style, Class<T> type, Function<T, String> text) {
        var column = new TreeViewerColumn(viewer, style);
        column.getColumn().setText(title);
        column.getColumn().setWidth(width);
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object part) {
                return text.apply(type.cast(part));
            }
        });
    }
}
