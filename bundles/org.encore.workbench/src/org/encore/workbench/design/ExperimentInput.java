package org.encore.workbench.design;

import java.nio.file.Path;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IPersistableElement;
import org.encore.workbench.part.Icons;
import org.jspecify.annotations.Nullable;

/**
 * An experiment file to be edited; remembered when the window closes.
 *
 * @param file absolute
 */
public record ExperimentInput(Path file) implements IEditorInput, IPersistableElement {

    static final String FACTORY = "org.encore.workbench.experimentInput";
    static final String FILE = "file";

    public ExperimentInput {
        file = file.toAbsolutePath().normalize();
    }

    @Override
    public boolean exists() {
        return true; // the editor says so if it is not there
    }

    @Override
    public ImageDescriptor getImageDescriptor() {
        return Icons.of("experiment");
    }

    @Override
    public String getName() {
        return file.getFileName().toString();
    }

    @Override
    public String getToolTipText() {
        return file.toString();
    }

    @Override
    public IPersistableElement getPersistable() {
        return this;
    }

    @Override
    public String getFactoryId() {
        return FACTORY;
    }

    @Override
    public void saveState(IMemento memento) {
        memento.putString(FILE, file.toString());
    }

    @Override
    public <T> @Nullable T getAdapter(Class<T> adapter) {
        return null;
    }
}
