package org.encore.rules;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The classes of all bundles, read once. */
final class Classes {

    private static final Map<String, String> BUNDLE_OF_CLASS = new TreeMap<>();
    private static final Set<JavaClass> ALL = read();

    private Classes() {}

    static Set<JavaClass> all() {
        return ALL;
    }

    /** The name of the bundle that a class of ours comes from, or null for a foreign class. */
    static String bundle(String className) {
        return BUNDLE_OF_CLASS.get(className);
    }

    private static Set<JavaClass> read() {
        var all = new TreeSet<JavaClass>((a, b) -> a.getName().compareTo(b.getName()));
        var folders = Bundles.all();
        for (var bundle : folders) {
            for (JavaClass type : new ClassFileImporter().importPath(bundle.classes())) {
                BUNDLE_OF_CLASS.put(type.getName(), bundle.name());
                all.add(type);
            }
        }
        return all;
    }
}
