package org.encore.workbench.action;

import java.util.Arrays;
import java.util.Comparator;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IContributionItem;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.CompoundContributionItem;
import org.eclipse.ui.views.IViewDescriptor;
import org.encore.workbench.part.StatusLine;

/** Every view of Encore and its plug-ins, in the menu. */
public final class ViewList extends CompoundContributionItem {

    private static final String CATEGORY = "org.encore.workbench.views";

    @Override
    protected IContributionItem[] getContributionItems() {
        return Arrays.stream(PlatformUI.getWorkbench().getViewRegistry().getViews()).filter(view -> view.getCategoryPath() != null
                && Arrays.asList(view.getCategoryPath()).contains(CATEGORY)).sorted(Comparator.comparing(IViewDescriptor::getLabel))
                .map(view -> new ActionContributionItem(new Show(view))).toArray(IContributionItem[]::new);
    }

    private static final class Show extends Action {

        private final IViewDescriptor view;

        Show(IViewDescriptor view) {
            super(view.getLabel(), view.getImageDescriptor());
            this.view = view;
        }

        @Override
        public void run() {
            IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
            try {
                window.getActivePage().showView(view.getId());
            } catch (PartInitException e) {
                StatusLine.say(window, e.getMessage());
            }
        }
    }
}
