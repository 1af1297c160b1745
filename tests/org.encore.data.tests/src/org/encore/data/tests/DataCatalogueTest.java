package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.encore.api.extension.Declaration;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.data.sets.Scan;
import org.encore.data.sets.Squad;
import org.encore.data.sets.pairs.TextPairs;
import org.encore.experiment.data.files.DataCatalogue;
import org.encore.experiment.data.files.DataCatalogue.DataSet;
import org.junit.jupiter.api.Test;

class DataCatalogueTest {

    private static Declaration task(String id, Declaration.Creation create) {
        return new Declaration(id, id, "", "bundle", "1", create);
    }

    @Test
    void setsOfAllTasksAreListedWithoutLoadingThem() {
        var registry = new Registry(point -> point == ExtensionPoint.TASKS ? List.of(task("squad", Squad::new), task("scan", Scan::new),
                task("pairs", TextPairs::new), task("broken", () -> {
                    throw new IllegalStateException("cannot be created");
                })) : List.of());
        List<DataSet> sets = DataCatalogue.of(registry);
        assertThat(sets.stream().map(DataSet::name)).containsExactlyInAnyOrder("squad", "squad-dev", "scan");
        DataSet scan = sets.stream().filter(set -> set.name().equals("scan")).findFirst().orElseThrow();
        assertThat(scan.tasks()).containsExactly("scan");
        assertThat(scan.files()).hasSize(8);
        assertThat(scan.licence()).startsWith("BSD");
    }
}
