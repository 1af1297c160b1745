package org.encore.workbench.part;

import java.util.Optional;

/** A part of the window whose content has a twin on the command line: what "Copy as command" copies. */
public interface Commanded {

    /** The command that shows or does the same; nothing while there is nothing to show. */
    Optional<ShellLine> command();
}
