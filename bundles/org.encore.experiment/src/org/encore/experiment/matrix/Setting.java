package org.encore.experiment.matrix;

import org.encore.api.option.ConfigNode;
import org.encore.api.option.OptionPath;

/** One option set to one value. */
public record Setting(OptionPath path, ConfigNode value) {

    @Override
    public String toString() {
        return path + "=" + value.kind().replace("'", "");
    }
}
