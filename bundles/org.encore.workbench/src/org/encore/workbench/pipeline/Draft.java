package org.encore.workbench.pipeline;

import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.experiment.yaml.TextEdit;
import org.encore.workbench.guide.OptionGuide;

/** The text of an experiment that is being written, as its pages share it. To be used on the user interface's thread. */
public interface Draft {

    String text();

    /** Changes the text, in a step that is undone as one. @param edits one after the other, each of the text as the one before left it */
    void change(List<TextEdit> edits);

    /** Says why something was not done, or what was done beside. */
    void say(String message);

    /** What may be written; empty until it is known. */
    Optional<OptionGuide> guide();

    /** What is installed; empty until it is known. */
    Optional<Registry> registry();

    /** What is wrong between two offsets of the text. */
    Optional<String> wrong(int from, int to);
}
