package org.encore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;

class NamingTest {

    private final List<JavaClass> classes = Bundles.all().stream()
            .flatMap(bundle -> new ClassFileImporter().importPath(bundle.classes()).stream()).toList();

    /** Such a name says that its author did not know what the class is. */
    @Test
    void noClassIsCalledUtilOrManager() {
        assertThat(classes).extracting(JavaClass::getName).noneMatch(name -> name.matches(".*\\.[A-Za-z0-9]*(Utils?|Manager|Helper)"));
    }

    @Test
    void everyPackageSaysThatItsReferencesAreNotNull() {
        var marked = classes.stream().filter(type -> type.isAnnotatedWith("org.jspecify.annotations.NullMarked")).map(JavaClass::getPackageName).toList();
        var packages = classes.stream().map(JavaClass::getPackageName)
                .filter(name -> !name.equals("org.encore.boot"))   // on the class path before any bundle, so without a library
                .distinct().sorted().toList();
        assertThat(marked).containsAll(packages);
    }
}
