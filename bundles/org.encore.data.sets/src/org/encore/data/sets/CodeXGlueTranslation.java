package org.encore.data.sets;

import java.util.List;
import java.util.stream.IntStream;

import org.encore.api.option.Option;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Pair;

/** Code translation of CodeXGLUE (Lu et al. 2021): methods of the same projects in Java and C#. */
public final class CodeXGlueTranslation implements Task<CodeXGlueTranslation.Options> {

    private static final String PATH = "Code-Code/code-to-code-trans/data/%s.java-cs.txt.%s";

    /** From which language to which. */
    public enum Direction {
        JAVA_TO_CS("java", "cs"), CS_TO_JAVA("cs", "java");

        private final String source;
        private final String target;

        Direction(String source, String target) {
            this.source = source;
            this.target = target;
        }
    }

    /** @param direction what is translated into what */
    public record Options(@Option(value = "java-to-cs", help = "from which language to which") Direction direction) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<DataFile> files() {
        return PublicSet.CODEXGLUE.files();
    }

    @Override
    public String licence(Options options) {
        return "Computational Use of Data Agreement (C-UDA) with CC0 text beside it; the code comes from Lucene, POI, JGit, ANTLR and others under "
                + "Apache-2.0, EDL and BSD.";
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        Direction direction = options.direction();
        return Splits.of(read(files, "train", direction), Splits.examples(read(files, "valid", direction)),
                Splits.examples(read(files, "test", direction)))
                .data("CodeXGLUE code translation, " + direction.source + " to " + direction.target, "bpe", List.of("bleu", "exact-match"));
    }

    private static List<Pair> read(DataFiles files, String part, Direction direction) {
        List<String> sources = Lines.of(files.find(PublicSet.CODEXGLUE.file(PATH.formatted(part, direction.source))));
        List<String> targets = Lines.of(files.find(PublicSet.CODEXGLUE.file(PATH.formatted(part, direction.target))));
        return IntStream.range(0, sources.size()).mapToObj(i -> new Pair(sources.get(i).strip(), targets.get(i).strip())).toList();
    }
}
