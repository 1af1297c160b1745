package org.encore.api.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.encore.api.extension.Contribution.BrokenContribution;
import org.encore.api.extension.Declaration;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.task.Metric;
import org.encore.api.task.TaskData;
import org.junit.jupiter.api.Test;

class RegistryTest {

    /** A plug-in's metric. */
    static final class Length implements Metric {
        @Override
        public String unit() {
            return "letters";
        }

        @Override
        public boolean lowerIsBetter() {
            return true;
        }

        @Override
        public double[] statistics(String output, TaskData.Example example) {
            return new double[] {output.length()};
        }

        @Override
        public double score(double[] sums) {
            return sums[0];
        }
    }

    private static Declaration metric(String id, String bundle, Declaration.Creation create) {
        return new Declaration(id, id, "", bundle, "1.2.3", create);
    }

    private static Registry registry(Declaration... metrics) {
        return new Registry(point -> point == ExtensionPoint.METRICS ? List.of(metrics) : List.of());
    }

    @Test
    void aContributionIsFoundByItsIdAndMadeOnce() {
        var contribution = registry(metric("length", "com.example", Length::new)).find(ExtensionPoint.METRICS, "length");
        assertThat(contribution.get()).isSameAs(contribution.get()).isInstanceOf(Length.class);
        assertThat(contribution.bundle()).isEqualTo("com.example");
    }

    @Test
    void aMistypedIdIsAnsweredWithTheNearestOne() {
        assertThatThrownBy(() -> registry(metric("length", "com.example", Length::new)).find(ExtensionPoint.METRICS, "lenght"))
                .hasMessage("no metric 'lenght'. Did you mean 'length'? Valid: length. Is a plug-in missing? (encore plugin list)");
    }

    @Test
    void aContributionWhoseClassIsMissingIsReportedWithBundleAndIdAndTheOthersWork() {
        var registry = registry(metric("broken", "com.broken", () -> {
            throw new ClassNotFoundException("com.broken.Gone");
        }), metric("length", "com.example", Length::new));
        assertThat(registry.all(ExtensionPoint.METRICS)).hasSize(1);
        assertThat(registry.problems()).singleElement().asString()
                .contains("metric 'broken' of bundle com.broken 1.2.3 cannot be created: there is no class com.broken.Gone");
    }

    @Test
    void aClassThatFailsToLinkIsReportedToo() {
        var registry = registry(metric("old", "com.old", () -> {
            throw new NoClassDefFoundError("org/encore/api/Removed");
        }));
        assertThatThrownBy(() -> registry.find(ExtensionPoint.METRICS, "old").get()).isInstanceOf(BrokenContribution.class)
                .hasMessageContaining("com.old").hasMessageContaining("org.encore.api.Removed");
    }

    @Test
    void aClassOfTheWrongTypeNamesTheRightOne() {
        assertThatThrownBy(() -> registry(metric("text", "com.example", () -> "text")).find(ExtensionPoint.METRICS, "text").get())
                .hasMessageContaining("java.lang.String").hasMessageContaining("org.encore.api.task.Metric");
    }

    @Test
    void aDuplicateIdNamesBothOwnersAndTheFirstStays() {
        var registry = registry(metric("length", "com.first", Length::new), metric("length", "com.second", Length::new));
        assertThat(registry.find(ExtensionPoint.METRICS, "length").bundle()).isEqualTo("com.first");
        assertThat(registry.problems()).singleElement().asString().contains("com.first").contains("com.second").contains("'length'");
    }

    @Test
    void aContributionWithoutAnIdIsReportedWithItsBundle() {
        var registry = registry(metric("", "com.careless", Length::new));
        assertThat(registry.list(ExtensionPoint.METRICS)).isEmpty();
        assertThat(registry.problems()).singleElement().asString().contains("com.careless").contains("no id");
    }
}
