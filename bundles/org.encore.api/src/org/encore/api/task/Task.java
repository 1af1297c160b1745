package org.encore.api.task;

import java.util.List;

import org.encore.api.option.Configurable;

/**
 * Something to learn: data, and how outputs are scored. Contributed through the extension point {@code org.encore.api.tasks}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Task<O extends Record> extends Configurable<O> {

    /**
     * The data.
     *
     * @param files where files of public data sets are found
     * @throws org.encore.api.Unavailable if they are not here; the message says how to get them
     */
    TaskData load(O options, DataFiles files);

    /** The files of public data sets that {@link #load} may read, whatever the options, so that they can be listed and fetched beforehand. */
    default List<DataFile> files() {
        return List.of();
    }

    /** Those that it may read with these options. */
    default List<DataFile> files(O options) {
        return files();
    }

    /** Under what terms the data may be used, in a sentence for model cards; empty if not known. */
    default String licence(O options) {
        return "";
    }
}
