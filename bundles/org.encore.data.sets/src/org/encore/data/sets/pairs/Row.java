package org.encore.data.sets.pairs;

import java.util.List;

/** One line of a file: a source and its right outputs, one at least. */
record Row(String source, List<String> targets) {}
