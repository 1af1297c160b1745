package org.encore.workbench.device;

import java.util.List;
import java.util.Set;

import org.encore.experiment.device.MachineLimits;
import org.encore.report.chart.Figure;
import org.encore.report.chart.MachineRoof;
import org.encore.workbench.chart.ChartPart;
import org.jspecify.annotations.Nullable;

/** How many operations a second this machine can do at most, by how many it does for each byte that it reads. */
public final class RooflineView extends ChartPart<MachineLimits> implements ThisMachine.Listener {

    public static final String ID = "org.encore.workbench.roofline";

    @Override
    protected String advice() {
        return "The roof of this machine, once its limits are measured: Measure in the view Devices.";
    }

    @Override
    protected List<String> series(MachineLimits of) {
        return MachineRoof.names(of);
    }

    @Override
    protected @Nullable Figure figure(MachineLimits of, Set<String> without, boolean smoothed) {
        return MachineRoof.of(of, without).orElse(null);
    }

    @Override
    protected String description(MachineLimits of) {
        return "measured " + of.when() + " by " + of.threads() + (of.threads() == 1 ? " thread" : " threads");
    }

    @Override
    protected void begin() {
        ThisMachine.HERE.add(this);
    }

    @Override
    public void found(Devices devices) {
        devices.limits().ifPresent(this::show);
    }

    @Override
    public void nothing(String why) {
        // said in the view of devices
    }

    @Override
    public void dispose() {
        ThisMachine.HERE.remove(this);
        super.dispose();
    }
}
