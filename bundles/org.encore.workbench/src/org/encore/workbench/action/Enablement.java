package org.encore.workbench.action;

import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.e4.ui.workbench.UIEvents;
import org.eclipse.ui.PlatformUI;
import org.encore.workbench.run.ChosenExperiment;
import org.encore.workbench.run.Launches;

/** Toolbar and menus ask anew what can be done, whenever a process begins or ends and whenever another experiment is chosen. */
public final class Enablement {

    private Enablement() {}

    /** To be called once, when the workbench has begun. */
    public static void follow() {
        ChosenExperiment.listen(Enablement::refresh);
        Launches.ofWorkbench().add(new Launches.Listener() {
            @Override
            public void printed(String line) {
                // changes nothing
            }

            @Override
            public void changed() {
                refresh();
            }
        });
    }

    private static void refresh() {
        if (PlatformUI.isWorkbenchRunning()) {
            PlatformUI.getWorkbench().getService(IEventBroker.class).post(UIEvents.REQUEST_ENABLEMENT_UPDATE_TOPIC, UIEvents.ALL_ELEMENT_ID);
        }
    }
}
