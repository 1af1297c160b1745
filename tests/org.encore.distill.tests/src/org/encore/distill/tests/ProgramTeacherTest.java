package org.encore.distill.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.encore.api.option.Contact;
import org.encore.api.option.WrongOption;
import org.encore.api.teachers.Answering;
import org.encore.distill.ProgramTeacher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs as teachers, good ones and bad ones. */
class ProgramTeacherTest {

    @TempDir
    Path folder;

    private static List<String> answers(List<String> command, int seconds, List<String> sources) {
        var options = new ProgramTeacher.Options(command, seconds);
        try (var session = (Answering) new ProgramTeacher().open(options, new Bare())) {
            return session.answer(sources);
        }
    }

    private String program(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("teacher.sh"), "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file.toString();
    }

    @Test
    void aProgramAnswersOneLineForEach() {
        assertThat(answers(List.of("tr", "a-z", "A-Z"), 20, List.of("abc", "dé f", ""))).containsExactly("ABC", "Dé F", "");
    }

    @Test
    void manySourcesDoNotBlockAProgramThatAnswersWhileItReads() {
        List<String> many = java.util.stream.IntStream.range(0, 20_000).mapToObj(i -> "word number " + i).toList();
        assertThat(answers(List.of("cat"), 30, many)).isEqualTo(many);
    }

    @Test
    void aProgramThatAnswersTooLittleOrFailsIsNamedWithWhatItSaid() throws IOException {
        String half = program("head -n 1; echo 'out of words' >&2");
        assertThatThrownBy(() -> answers(List.of(half), 20, List.of("a", "b"))).hasMessage("the teacher's program " + half
                + " answered 1 lines to 2 sources, the first of which is 'a'. It said: out of words. What it answered before is kept.");
        String broken = program("echo oh >&2; exit 3");
        assertThatThrownBy(() -> answers(List.of(broken), 20, List.of("a")))
                .hasMessage("the teacher's program " + broken + " ended with status 3. It said: oh. What it answered before is kept.");
    }

    @Test
    void aProgramThatNeverEndsIsEnded() {
        assertThatThrownBy(() -> answers(List.of("sleep", "600"), 1, List.of("a")))
                .hasMessage("the teacher's program sleep 600 did not end within 1 s; give it more by 'seconds'. What it answered before is kept.");
    }

    @Test
    void aProgramThatIsNotHereIsToldBeforeAnythingRuns() {
        var options = new ProgramTeacher.Options(List.of("no-such-teacher"), 1);
        assertThatThrownBy(() -> new ProgramTeacher().verify(options)).isInstanceOf(WrongOption.class)
                .hasMessage("teacher: the program 'no-such-teacher' is not here: no folder of PATH has it. Install it, or give its whole path.");
    }

    @Test
    void aSourceOfTwoLinesIsRefused() {
        assertThatThrownBy(() -> answers(List.of("cat"), 20, List.of("a\nb"))).hasMessageStartingWith("source 'a\nb' has more than one line");
    }

    @Test
    void anotherVersionOfTheProgramIsAnotherTeacherAndItsStartNeedsConsent() throws IOException {
        String program = program("cat");
        var options = new ProgramTeacher.Options(List.of(program), 20);
        List<String> before = new ProgramTeacher().keyParts(options, new Bare());
        program("tr a b");
        assertThat(new ProgramTeacher().keyParts(options, new Bare())).isNotEqualTo(before);
        assertThat(new ProgramTeacher().contacts(options)).containsExactly(new Contact.Program(List.of(program)));
    }
}
