package org.encore.workbench.design;

import java.nio.file.Path;

import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.ui.IElementFactory;
import org.eclipse.ui.IMemento;
import org.jspecify.annotations.Nullable;

/** Makes again what an editor showed when the window was closed. */
public final class ExperimentInputFactory implements IElementFactory {

    @Override
    public @Nullable IAdaptable createElement(IMemento memento) {
        String file = memento.getString(ExperimentInput.FILE);
        return file == null ? null : new ExperimentInput(Path.of(file));
    }
}
