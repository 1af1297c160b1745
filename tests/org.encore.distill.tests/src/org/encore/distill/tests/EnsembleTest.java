package org.encore.distill.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.encore.api.option.Choice;
import org.encore.api.run.StageContext;
import org.encore.api.teachers.Answering;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.Spent;
import org.encore.api.teachers.Teacher;
import org.encore.api.teachers.TeacherSession;
import org.encore.api.training.Guidance;
import org.encore.distill.EnsembleTeacher;
import org.encore.distill.EnsembleTeacher.Mean;
import org.junit.jupiter.api.Test;

/** The mean of teachers whose distributions are known. */
class EnsembleTest {

    /** Says the same everywhere. */
    private record Fixed(double... probabilities) implements Teacher<Fixed.None> {
        record None() {}

        @Override
        public Class<None> optionsType() {
            return None.class;
        }

        @Override
        public TeacherSession open(None options, StageContext context) {
            return new FixedSession(probabilities);
        }
    }

    private record FixedSession(double[] probabilities) implements Scoring {
        @Override
        public String description() {
            return "a teacher of " + probabilities.length + " tokens";
        }

        @Override
        public String fingerprint() {
            return java.util.Arrays.toString(probabilities);
        }

        @Override
        public int vocabulary() {
            return probabilities.length;
        }

        @Override
        public Spent spent() {
            return new Spent(1, 10, 3, 0.25);
        }

        @Override
        public List<Guidance.Top> score(List<Row> rows, int k, double temperature) {
            assertThat(k).as("the mean needs whole distributions").isEqualTo(probabilities.length);
            var said = new ArrayList<Guidance.Top>();
            for (Row row : rows) {
                int size = row.positions() * k;
                var logs = new float[size];
                IntStream.range(0, size).forEach(i -> logs[i] = (float) Math.log(probabilities[i % k]));
                said.add(new Guidance.Top(k, IntStream.range(0, size).mapToLong(i -> i % k).toArray(), logs, new float[row.positions()]));
            }
            return said;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    /** Gives whole outputs. */
    private record Talker() implements Teacher<Fixed.None> {
        @Override
        public Class<Fixed.None> optionsType() {
            return Fixed.None.class;
        }

        @Override
        public TeacherSession open(Fixed.None options, StageContext context) {
            return new Answering() {
                @Override
                public String description() {
                    return "a talker";
                }

                @Override
                public String fingerprint() {
                    return "";
                }

                @Override
                public List<String> answer(List<String> sources) {
                    return sources;
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }
    }

    private static Choice<Teacher<?>> choice(String id, Teacher<?> teacher) {
        return new Choice<>(id, teacher, new Fixed.None());
    }

    private static Guidance.Top said(Mean mean, int k, Teacher<?>... teachers) {
        List<Choice<Teacher<?>>> choices = java.util.Arrays.stream(teachers).<Choice<Teacher<?>>>map(teacher -> choice("member", teacher)).toList();
        try (var session = (Scoring) new EnsembleTeacher().open(new EnsembleTeacher.Options(choices, mean), new Bare())) {
            return session.score(List.of(new Scoring.Row(new int[] {1}, new int[] {2})), k, 1).getFirst();
        }
    }

    @Test
    void theMeanOfProbabilitiesIsLikelyWhereAnyIs() {
        Guidance.Top said = said(Mean.PROBABILITY, 2, new Fixed(0.7, 0.2, 0.1), new Fixed(0.1, 0.2, 0.7));
        assertThat(said.tail()).hasSize(2);
        assertThat(said.tokens()).containsExactly(0, 2, 0, 2);
        assertThat(Math.exp(said.logProbabilities()[0])).isCloseTo(0.4, within(1e-6));
        assertThat(said.tail()[1]).isCloseTo(0.2f, within(1e-6f));
    }

    @Test
    void theMeanOfLogitsIsLikelyWhereAllAre() {
        Guidance.Top said = said(Mean.LOGIT, 1, new Fixed(0.6, 0.39, 0.01), new Fixed(0.01, 0.39, 0.6));
        // geometric means 0.0775, 0.39, 0.0775, normalised
        assertThat(said.tokens()).containsExactly(1, 1);
        assertThat(Math.exp(said.logProbabilities()[0])).isCloseTo(0.39 / (0.39 + 2 * Math.sqrt(0.006)), within(1e-6));
    }

    @Test
    void whatMembersTookIsAddedUp() {
        List<Choice<Teacher<?>>> members = List.of(choice("one", new Fixed(0.5, 0.5)), choice("two", new Fixed(0.2, 0.8)));
        try (var session = (Scoring) new EnsembleTeacher().open(new EnsembleTeacher.Options(members, Mean.PROBABILITY), new Bare())) {
            assertThat(session.spent()).isEqualTo(new Spent(2, 20, 6, 0.5));
        }
    }

    @Test
    void membersThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> said(Mean.PROBABILITY, 1, new Fixed(0.5, 0.5), new Talker()))
                .hasMessage("teacher 'member' gives whole outputs and no distributions: no mean can be taken of them");
        assertThatThrownBy(() -> said(Mean.PROBABILITY, 1, new Fixed(0.5, 0.5), new Fixed(0.3, 0.3, 0.4))).hasMessage(
                "a teacher of 2 tokens has a vocabulary of 2 tokens, a teacher of 3 tokens one of 3: no mean can be taken of them");
        assertThatThrownBy(() -> said(Mean.PROBABILITY, 1, new Fixed(1))).hasMessage("an ensemble of 1; give two teachers at least");
    }
}
