package org.encore.workbench.action;

import java.util.Optional;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.encore.workbench.Settings;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.part.StatusLine;
import org.encore.workbench.run.ChosenExperiment;
import org.jspecify.annotations.Nullable;

/** Copies the command that does in a terminal what the part in front shows; of parts that have none, the one that runs the chosen experiment. */
public final class CopyCommandHandler extends AbstractHandler {

    @Override
    public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        IWorkbenchPart part = HandlerUtil.getActivePart(event);
        Optional<ShellLine> line = Optional.ofNullable(part == null ? null : Adapters.adapt(part, Commanded.class)).flatMap(Commanded::command)
                .or(() -> ChosenExperiment.file().map(Settings::run));
        line.ifPresent(command -> copy(window, command.toString()));
        return null;
    }

    /** Copies a command and says so in the status line. */
    static void copy(IWorkbenchWindow window, String command) {
        var clipboard = new Clipboard(window.getShell().getDisplay());
        clipboard.setContents(new Object[] {command}, new Transfer[] {TextTransfer.getInstance()});
        clipboard.dispose();
        StatusLine.say(window, "copied: " + command);
    }
}
