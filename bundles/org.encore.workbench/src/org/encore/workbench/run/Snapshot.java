package org.encore.workbench.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;

/**
 * What is known of a run at a moment; never changed afterwards.
 *
 * @param run its folder
 * @param status running, done, failed or stopped
 * @param activity what is being done, in words; empty if nothing is
 * @param measuring whether times are being measured, which a lively window would disturb
 * @param cells all models
 * @param stageIds in order
 * @param curves of training
 * @param samples times by cell
 * @param scores as they were found
 * @param stages how far each is
 */
record Snapshot(Path run, String status, String activity, boolean measuring, List<Event.Cell> cells, List<String> stageIds,
        Curves curves, Map<String, List<Event.Sample>> samples, List<Event.Scored> scores, List<Stages.Row> stages) {

    /** In a line. */
    String description() {
        String doing = activity.isEmpty() ? status : activity;
        return measuring ? doing + "  (measuring: drawn once a second, so as not to disturb it)" : doing;
    }
}
