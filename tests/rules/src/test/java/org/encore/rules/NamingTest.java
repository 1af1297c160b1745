package org.encore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;

class NamingTest {

    /** Such a name says that its author did not know what the class is. */
    @Test
    void noClassIsCalledUtilOrManager() {
        assertThat(Classes.all()).extracting(JavaClass::getName).noneMatch(name -> name.matches(".*\\.[A-Za-z0-9]*(Utils?|Manager|Helper)"));
    }

    @Test
    void everyPackageSaysThatItsReferencesAreNotNull() {
        var marked = Classes.all().stream().filter(type -> type.isAnnotatedWith("org.jspecify.annotations.NullMarked")).map(JavaClass::getPackageName).toList();
        var packages = Classes.all().stream().map(JavaClass::getPackageName)
                .filter(name -> !name.equals("org.encore.boot"))   // on the class path before any bundle, so without a library
                .distinct().sorted().toList();
        assertThat(marked).containsAll(packages);
    }
}
