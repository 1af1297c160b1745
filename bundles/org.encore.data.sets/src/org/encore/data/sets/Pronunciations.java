package org.encore.data.sets;

import java.text.Normalizer;
import java.util.List;

import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Pair;

/** Words of Wiktionary and their pronunciations, as the SIGMORPHON shared tasks have them: word, tab, phones with spaces between; in NFC. */
final class Pronunciations {

    static final String LICENCE = "CC BY-SA 3.0: from Wiktionary by way of WikiPron; attribute both and share alike.";

    private Pronunciations() {}

    static TaskData load(String source, DataFiles files, DataFile train, DataFile development, DataFile test) {
        return Splits.of(read(files, train), Splits.examples(read(files, development)), Splits.examples(read(files, test)))
                .data(source, "{symbols: {source: letters, target: words}}", List.of("wer", "per"));
    }

    private static List<Pair> read(DataFiles files, DataFile file) {
        return Lines.of(files.find(file)).stream().map(line -> Normalizer.normalize(line, Normalizer.Form.NFC).split("\t"))
                .map(parts -> new Pair(parts[0], parts[1])).toList();
    }
}
