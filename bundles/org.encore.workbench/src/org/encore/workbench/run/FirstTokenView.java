package org.encore.workbench.run;

/** Time to first token of the chosen run, as it is measured. */
public final class FirstTokenView extends LatencyView {

    public static final String ID = "org.encore.workbench.first-token";

    public FirstTokenView() {
        super(true);
    }
}
