package org.encore.experiment.distil;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.encore.api.run.StageContext;
import org.encore.api.teachers.Scoring;
import org.encore.experiment.data.Encoded;

/**
 * What a teacher is asked about, in a fixed order: the training pairs, then the development examples with their first reference.
 *
 * @param rows all of them
 * @param training how many of them are training pairs
 */
record TaughtRows(List<Scoring.Row> rows, int training) {

    TaughtRows {
        rows = List.copyOf(rows);
    }

    static TaughtRows of(StageContext context) {
        var rows = new ArrayList<Scoring.Row>();
        add(Encoded.of(context.data().train(), context.tokenizer()), rows);
        int training = rows.size();
        add(Encoded.ofExamples(context.data().development(), context.tokenizer()), rows);
        return new TaughtRows(rows, training);
    }

    private static void add(Encoded data, List<Scoring.Row> rows) {
        IntStream.range(0, data.size()).mapToObj(i -> new Scoring.Row(data.sources()[i], data.targets()[i])).forEach(rows::add);
    }

    int[] positions() {
        return rows.stream().mapToInt(Scoring.Row::positions).toArray();
    }

    /** Index of a development example. */
    int development(int example) {
        return training + example;
    }
}
