package org.encore.oracle.tests;

import java.util.List;

import org.encore.testing.Case;
import org.encore.testing.ModelLaws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three programs of a model are one model, in double precision. */
class ProgramsAgreeTest {

    static List<Case> cases() {
        return Cases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainLogitsEqualAPrefillFollowedBySteps(Case c) {
        ModelLaws.trainingIsAPrefillFollowedBySteps(c);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void paddingChangesNothing(Case c) {
        ModelLaws.paddingChangesNothing(c);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cachedGenerationEqualsUncachedTokenForToken(Case c) {
        ModelLaws.cachesChangeNothing(c);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTextReadsBack(Case c) {
        ModelLaws.textReadsBack(c.model());
    }
}
