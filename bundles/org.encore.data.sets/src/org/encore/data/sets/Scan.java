package org.encore.data.sets;

import java.util.List;
import java.util.Locale;

import org.encore.api.option.Option;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Pair;

/**
 * SCAN (Lake and Baroni 2018): from commands to actions, {@code jump twice} to {@code I_JUMP I_JUMP}. It has no development examples: those of the
 * training commands that hash to 5 of 100 are held out as such.
 */
public final class Scan implements Task<Scan.Options> {

    private static final int DEVELOPMENT = 5;
    private static final String OUT = " OUT: ";
    private static final String IN = "IN: ";

    /** What the test asks beyond training. */
    public enum Split {
        /** Nothing: commands are split at random. */
        SIMPLE("simple_split/tasks_%s_simple.txt"),
        /** Longer action sequences than any in training. */
        LENGTH("length_split/tasks_%s_length.txt"),
        /** jump in combination, seen alone only. */
        ADD_PRIM_JUMP("add_prim_split/tasks_%s_addprim_jump.txt"),
        /** turn left in combination, seen alone only. */
        ADD_PRIM_TURN_LEFT("add_prim_split/tasks_%s_addprim_turn_left.txt");

        private final String path;

        Split(String path) {
            this.path = path;
        }
    }

    /** @param split which commands are held out */
    public record Options(
            @Option(value = "simple", help = "which commands are held out: any, those with long answers, or a verb's combinations") Split split) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<DataFile> files() {
        return PublicSet.SCAN.files();
    }

    @Override
    public List<DataFile> files(Options options) {
        return List.of(PublicSet.SCAN.file(options.split().path.formatted("train")), PublicSet.SCAN.file(options.split().path.formatted("test")));
    }

    @Override
    public String licence(Options options) {
        return "BSD, Copyright (c) 2016-present, Facebook, Inc.: use and redistribution with the copyright notice.";
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        List<DataFile> parts = files(options);
        List<Pair> learnt = read(files, parts.getFirst());
        List<Pair> train = learnt.stream().filter(pair -> Buckets.of(pair.source()) >= DEVELOPMENT).toList();
        List<Pair> development = learnt.stream().filter(pair -> Buckets.of(pair.source()) < DEVELOPMENT).toList();
        String split = options.split().name().toLowerCase(Locale.ROOT);
        return Splits.of(train, Splits.examples(development), Splits.examples(read(files, parts.getLast())))
                .data("SCAN, commands to actions, split " + split + ", development examples taken from training by a hash of the command",
                        "{symbols: {source: words, target: words}}", List.of("exact-match"));
    }

    private static List<Pair> read(DataFiles files, DataFile file) {
        return Lines.of(files.find(file)).stream().map(line -> new Pair(line.substring(IN.length(), line.indexOf(OUT)),
                line.substring(line.indexOf(OUT) + OUT.length()).strip())).toList();
    }
}
