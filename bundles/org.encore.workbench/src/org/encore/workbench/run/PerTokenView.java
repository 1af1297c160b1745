package org.encore.workbench.run;

/** Time per later token of the chosen run, as it is measured. */
public final class PerTokenView extends LatencyView {

    public static final String ID = "org.encore.workbench.per-token";

    public PerTokenView() {
        super(false);
    }
}
