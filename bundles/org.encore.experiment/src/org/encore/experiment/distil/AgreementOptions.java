package org.encore.experiment.distil;

import org.encore.api.inference.Backend;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;

/**
 * How a student is compared with its teacher.
 *
 * @param examples of the development set
 * @param backend what computes
 */
public record AgreementOptions(
        @Option(value = "512", help = "development examples at whose target positions the two are compared") int examples,
        @Option(value = "ort-cpu", help = "what computes the student") Choice<Backend<?>> backend) {

    public AgreementOptions {
        if (examples < 1) {
            throw new IllegalArgumentException("examples " + examples + " must be at least 1");
        }
    }
}
