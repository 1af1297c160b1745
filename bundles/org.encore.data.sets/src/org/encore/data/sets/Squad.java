package org.encore.data.sets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.api.Unavailable;
import org.encore.api.option.Option;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Example;
import org.encore.api.task.TaskData.Pair;
import org.encore.data.sets.SquadFile.Question;

/**
 * Questions on paragraphs of Wikipedia, from SQuAD's public development set (Rajpurkar et al. 2016, 2018), split anew by article: one whose title
 * hashes to 0-9 of 100 is test, to 10-19 development, else training. So results are no results on SQuAD's own splits. A source is
 * {@code question: … context: …}; the target of a question without an answer is empty.
 */
public final class Squad implements Task<Squad.Options> {

    private static final int TEST = 10;
    private static final int DEVELOPMENT = 20;

    /** What becomes of paragraphs that are too long. */
    public enum Longer {
        /** Their questions are left out, from all splits. */
        DROP,
        /** They are cut to the words around the answer, which makes the question easier. */
        WINDOW
    }

    /**
     * @param version 1.1 or 2.0
     * @param contextWords longest paragraph
     * @param longer what becomes of longer ones
     */
    public record Options(
            @Option(value = "2.0", help = "1.1: every question has an answer; 2.0: half of them have none, and the right output is empty")
            double version,
            @Option(value = "200", unit = "words", help = "longest paragraph") int contextWords,
            @Option(value = "drop", help = "longer paragraphs: drop their questions, or cut a window around the answer, which is easier")
            Longer longer) {

        public Options {
            if (version != 1.1 && version != 2.0) {
                throw new IllegalArgumentException("version " + version + ": give 1.1 or 2.0");
            }
            if (contextWords < 1) {
                throw new IllegalArgumentException("contextWords " + contextWords + " must be 1 or more");
            }
        }

        private String path() {
            return "dev-v" + version + ".json";
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    /** The official files, and those rebuilt from the explorer's pages; one of each version is enough. */
    @Override
    public List<DataFile> files() {
        var files = new ArrayList<>(PublicSet.SQUAD.files());
        files.addAll(PublicSet.SQUAD_REBUILT.files());
        return files;
    }

    @Override
    public List<DataFile> files(Options options) {
        return List.of(PublicSet.SQUAD.file(options.path()), PublicSet.SQUAD_REBUILT.file(options.path()));
    }

    @Override
    public String licence(Options options) {
        return "CC BY-SA 4.0: attribute SQuAD and Wikipedia, and share alike.";
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        SquadFile file = find(options, files);
        var train = new ArrayList<Pair>();
        var development = new ArrayList<Example>();
        var test = new ArrayList<Example>();
        int dropped = 0;
        for (Question question : file.questions()) {
            Optional<String> context = context(question, options);
            if (context.isEmpty()) {
                dropped++;
                continue;
            }
            String source = "question: " + question.text() + " context: " + context.get();
            int bucket = Buckets.of(question.article());
            if (bucket < DEVELOPMENT) {
                (bucket < TEST ? test : development).add(new Example(source, question.answers()));
            } else {
                train.add(new Pair(source, question.answers().getFirst()));
            }
        }
        String longer = options.longer() == Longer.WINDOW ? "longer ones cut around the answer" : "longer ones left out";
        String description = String.format(Locale.ROOT, "SQuAD %s, its public development set (%s) split by article, "
                + "paragraphs of %,d words at most, %s (%,d questions dropped)", options.version(), file.origin(), options.contextWords(), longer, dropped);
        return Splits.of(train, development, test).data(description, "bpe", List.of("squad-f1", "squad-em"));
    }

    private static Optional<String> context(Question question, Options options) {
        if (Excerpt.words(question.context()) <= options.contextWords()) {
            return Optional.of(question.context());
        }
        return switch (options.longer()) {
            case DROP -> Optional.empty();
            case WINDOW -> Excerpt.around(question.context(), question.answers().getFirst(), options.contextWords());
        };
    }

    /** The rebuilt file is nowhere to download, so that looking for it first downloads nothing. */
    private static SquadFile find(Options options, DataFiles files) {
        try {
            return SquadFile.read(files.find(PublicSet.SQUAD_REBUILT.file(options.path())), "rebuilt from the pages of its explorer");
        } catch (Unavailable e) {
            return SquadFile.read(files.find(PublicSet.SQUAD.file(options.path())), "official file");
        }
    }
}
