package org.encore.rules;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What others can refer to in a class, a line each: the type with what it extends, and its public and protected members. */
final class Signatures {

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private Signatures() {}

    static List<String> of(String className, ClassLoader loader) {
        Class<?> type = load(className, loader);
        if (isLeftOver(type) || !isSeen(type)) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add(type.toGenericString() + supertypes(type) + permitted(type));
        Stream<Executable> executables = Stream.concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()));
        executables.filter(member -> isSeen(member) && !member.isSynthetic() && !OF_EVERY_OBJECT.contains(member.getName()))
                .map(member -> member.toGenericString().replaceAll(" throws .*", ""))
                .forEach(line -> lines.add(type.getName() + ": " + line.replace(type.getTypeName() + ".", "")));
        Arrays.stream(type.getDeclaredFields()).filter(field -> isSeen(field) && !field.isSynthetic()).map(Field::toGenericString)
                .forEach(line -> lines.add(type.getName() + ": " + line.replace(type.getTypeName() + ".", "")));
        return lines;
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From an earlier compilation, when the type around it still had it. */
    private static boolean isLeftOver(Class<?> type) {
        return type.getNestHost() == type && type.getName().contains("$");
    }

    /** A type inside one that is hidden is hidden too. */
    private static boolean isSeen(Class<?> type) {
        return (Modifier.isPublic(type.getModifiers()) || Modifier.isProtected(type.getModifiers())) && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (type.getEnclosingClass() == null || isSeen(type.getEnclosingClass()));
    }

    private static boolean isSeen(Member member) {
        return Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
    }

    private static String supertypes(Class<?> type) {
        Stream<Type> above = Stream.concat(Stream.ofNullable(type.getGenericSuperclass()).filter(superclass -> superclass != Object.class),
                Arrays.stream(type.getGenericInterfaces()));
        String names = above.map(Type::getTypeName).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " extends " + names;
    }

    /** Whoever switches over a sealed type depends on what it permits. */
    private static String permitted(Class<?> type) {
        return type.isSealed() ? " permits " + Arrays.stream(type.getPermittedSubclasses()).map(Class::getName).sorted()
                .collect(Collectors.joining(", ")) : "";
    }
}
