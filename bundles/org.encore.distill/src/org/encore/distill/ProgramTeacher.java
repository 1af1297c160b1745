package org.encore.distill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.encore.api.Sha256;
import org.encore.api.Unavailable;
import org.encore.api.option.Contact;
import org.encore.api.option.Option;
import org.encore.api.option.WrongOption;
import org.encore.api.run.StageContext;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Teacher;
import org.encore.api.teachers.TeacherSession;

/**
 * A program that answers: it is given sources, one a line, on its standard input, and writes one line for each. It is started anew for every few
 * hundred sources, so one that keeps its output until the input ends works too.
 */
public final class ProgramTeacher implements Teacher<ProgramTeacher.Options> {

    /**
     * Options.
     *
     * @param command program and arguments
     * @param seconds that it may take for the sources of one start
     */
    public record Options(
            @Option(help = "program and its arguments, such as [espeak-ng, -q, -x]; the experiment has to be trusted once") List<String> command,
            @Option(value = "120", help = "time for one start, a few hundred sources", unit = "s") int seconds) {
        public Options {
            command = List.copyOf(command);
            if (command.isEmpty() || command.getFirst().isBlank()) {
                throw new IllegalArgumentException("command is empty; name a program and its arguments");
            }
            if (seconds < 1) {
                throw new IllegalArgumentException("seconds " + seconds + " must be at least 1");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<Contact> contacts(Options options) {
        return List.of(new Contact.Program(options.command()));
    }

    @Override
    public Optional<Gives> gives(Options options) {
        return Optional.of(Gives.ANSWERS);
    }

    @Override
    public void verify(Options options) {
        program(options.command().getFirst());
    }

    @Override
    public List<String> keyParts(Options options, StageContext context) {
        return List.of("program " + fingerprint(options));
    }

    @Override
    public TeacherSession open(Options options, StageContext context) {
        return new ProgramAnswers(options.command(), options.seconds(), fingerprint(options), context::cancelled);
    }

    /** Of the program's content, and of every argument that is a file: another version says other things. */
    private static String fingerprint(Options options) {
        try {
            var digest = Sha256.digest();
            digest.update(Files.readAllBytes(program(options.command().getFirst())));
            for (String argument : options.command().subList(1, options.command().size())) {
                digest.update(argument.getBytes(StandardCharsets.UTF_8));
                if (!argument.isEmpty() && Files.isRegularFile(Path.of(argument))) {
                    digest.update(Files.readAllBytes(Path.of(argument)));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new Unavailable("the teacher's program " + options.command().getFirst() + " cannot be read: " + e.getMessage(),
                    "Check its permissions.");
        }
    }

    private static Path program(String name) {
        List<Path> places = name.contains("/") ? List.of(Path.of(name).toAbsolutePath())
                : Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")).filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder).resolve(name)).toList();
        return places.stream().filter(ProgramTeacher::runs).findFirst().orElseThrow(() -> {
            if (places.stream().anyMatch(Files::isRegularFile)) {
                return new WrongOption("command", "teacher: '" + name + "' is a file, but no program: it may not be executed. Permit that (chmod +x), or name what executes it");
            }
            String nearest = places.stream().map(place -> Beside.nearest(place, ProgramTeacher::runs)).filter(words -> !words.isEmpty()).findFirst().orElse("");
            String where = name.contains("/") ? "there is no program " + places.getFirst() + "; a relative path begins at the folder that encore is started in" : "the program '" + name
                    + "' is not here: no folder of PATH has it";
            return new WrongOption("command", "teacher: " + where + "." + nearest + " Install it, or give its whole path.");
        });
    }

    private static boolean runs(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
