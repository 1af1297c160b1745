package org.encore.workbench;

import java.util.List;

import org.encore.workbench.compare.ComparePerspective;
import org.encore.workbench.design.DesignPerspective;
import org.encore.workbench.device.DevicesPerspective;
import org.encore.workbench.model.InspectPerspective;
import org.encore.workbench.model.PlayPerspective;
import org.encore.workbench.run.RunPerspective;

/** The perspectives that the window offers, in the order of work. */
final class Perspectives {

    static final List<String> IDS = List.of(DesignPerspective.ID, RunPerspective.ID, ComparePerspective.ID,
            InspectPerspective.ID, PlayPerspective.ID, DevicesPerspective.ID);

    private Perspectives() {}
}
