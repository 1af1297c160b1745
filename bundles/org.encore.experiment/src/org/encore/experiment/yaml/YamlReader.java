package org.encore.experiment.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.Problems;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML into nodes that know their line and column. Only what experiments need is accepted: one document, no aliases, no tags, at most
 * {@value #DEEPEST} levels, at most 1 MB; so no file can make the reader hang, run out of memory or create objects.
 */
public final class YamlReader {

    private static final int LARGEST = 1 << 20;
    static final int DEEPEST = 32;

    private YamlReader() {}

    /**
     * The file as text.
     *
     * @throws Problems.InvalidConfiguration if it is missing, too large or not UTF-8 text
     */
    public static String text(Path file) {
        var problems = new Problems();
        var top = new Position(file.getFileName() == null ? file.toString() : file.toString(), 1, 1);
        try {
            if (Files.isDirectory(file)) {
                problems.add(top, "this is a folder; give an experiment file, such as examples/quickstart.yaml");
            } else {
                byte[] bytes = beginning(file);
                if (bytes.length <= LARGEST) {
                    return decode(bytes, file.toString(), problems);
                }
                problems.add(top, "the file has more than " + LARGEST + " bytes, which no experiment has. Is it the right file?");
            }
        } catch (NoSuchFileException e) {
            problems.add(top, "there is no such file");
        } catch (IOException e) {
            problems.add(top, "the file cannot be read: " + e.getMessage());
        }
        throw new Problems.InvalidConfiguration(problems.all());
    }

    /** As much as tells whether it is too large: what a device or a pipe holds, its size does not say. */
    private static byte[] beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    private static String decode(byte[] bytes, String file, Problems problems) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            problems.add(new Position(file, 1, 1), "this is not a text file (it is not UTF-8); expected an experiment in YAML");
            throw new Problems.InvalidConfiguration(problems.all());
        }
    }

    /**
     * The only document of a text; empty if something is wrong, which is then reported.
     *
     * @param file name for positions
     */
    public static Optional<ConfigNode> read(String file, String text, Problems problems) {
        var assembly = new Assembly(file, problems);
        var settings = LoadSettings.builder().setLabel(file).setCodePointLimit(LARGEST).build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                assembly.add(event);
                if (assembly.stopped()) {
                    return Optional.empty();
                }
            }
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            problems.add(mark == null ? new Position(file, 1, 1) : new Position(file, mark.getLine() + 1, mark.getColumn() + 1),
                    "this is not YAML here: " + oneLine(e.getProblem()) + hint(e.getProblem()));
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(new Position(file, 1, 1), "this is not YAML: " + oneLine(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
        return assembly.root();
    }

    private static String oneLine(String message) {
        return message.lines().findFirst().orElse("unreadable").strip();
    }

    private static String hint(String problem) {
        return problem.contains("\\t") || problem.contains("TAB") ? ". Indent with spaces, not tabs." : "";
    }
}
