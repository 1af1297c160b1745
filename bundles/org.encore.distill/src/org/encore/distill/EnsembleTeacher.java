package org.encore.distill;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.option.WrongOption;
import org.encore.api.run.StageContext;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.Teacher;
import org.encore.api.teachers.TeacherSession;

/** Several teachers that give distributions, as one. */
public final class EnsembleTeacher implements Teacher<EnsembleTeacher.Options> {

    /** What is averaged. */
    public enum Mean {
        /** Probabilities: a token is likely if it is to some teachers. */
        PROBABILITY,
        /** Logarithms of probabilities: a token is likely if it is to all teachers. */
        LOGIT
    }

    /**
     * Options.
     *
     * @param teachers two or more
     * @param mean of what
     */
    public record Options(
            @Option(help = "two teachers or more that give distributions, each with its options") List<Choice<Teacher<?>>> teachers,
            @Option(value = "probability", help = "mean of probabilities, or of logits") Mean mean) {
        public Options {
            teachers = List.copyOf(teachers);
            if (teachers.size() < 2) {
                throw new IllegalArgumentException("an ensemble of " + teachers.size() + "; give two teachers at least");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<String> needs(Options options) {
        var needs = new LinkedHashSet<String>();
        options.teachers().forEach(member -> needs.addAll(ChosenTeacher.of(member).needs()));
        return List.copyOf(needs);
    }

    @Override
    public Optional<Gives> gives(Options options) {
        return Optional.of(Gives.DISTRIBUTIONS);
    }

    /** What is known of its members without making them ready. */
    @Override
    public void verify(Options options) {
        for (Choice<Teacher<?>> member : options.teachers()) {
            switch (ChosenTeacher.of(member).gives().orElse(Gives.DISTRIBUTIONS)) {
                case DISTRIBUTIONS -> { }
                case SPANS -> throw new WrongOption("teachers", "teacher '" + member.id() + "' gives distributions by spans of text (gives: spans), over tokens of its own: "
                        + "no mean can be taken of them and others'");
                case ANSWERS -> throw new WrongOption("teachers", answersOnly(member));
            }
        }
    }

    private static String answersOnly(Choice<Teacher<?>> member) {
        return "teacher '" + member.id() + "' gives whole outputs and no distributions: no mean can be taken of them";
    }

    @Override
    public List<String> keyParts(Options options, StageContext context) {
        return options.teachers().stream().flatMap(member -> ChosenTeacher.of(member).keyParts(context).stream()).toList();
    }

    @Override
    public TeacherSession open(Options options, StageContext context) {
        var members = new ArrayList<Scoring>();
        try {
            for (Choice<Teacher<?>> member : options.teachers()) {
                switch (ChosenTeacher.of(member).open(context)) {
                    case Scoring scoring -> members.add(scoring);
                    case TeacherSession other -> {
                        other.close();
                        throw new IllegalArgumentException(answersOnly(member));
                    }
                }
            }
            members.stream().filter(member -> member.tokenizer().isPresent()).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException(other.description() + " reads with a tokenizer of its own: no mean can be taken of its tokens and others'");
            });
            int vocabulary = members.getFirst().vocabulary();
            members.stream().filter(member -> member.vocabulary() != vocabulary).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException(members.getFirst().description() + " has a vocabulary of " + vocabulary + " tokens, "
                        + other.description() + " one of " + other.vocabulary() + ": no mean can be taken of them");
            });
        } catch (RuntimeException e) {
            members.forEach(TeacherSession::close);
            throw e;
        }
        String description = members.stream().map(TeacherSession::description).collect(Collectors.joining("; ", "the mean of: ", ""));
        return new EnsembleScores(description, options.mean(), members);
    }
}
