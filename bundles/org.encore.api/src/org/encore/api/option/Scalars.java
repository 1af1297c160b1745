package org.encore.api.option;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.encore.api.option.ConfigNode.Scalar;

/** Single values of option records as people write them. */
final class Scalars {

    private static final Pattern NUMBER = Pattern.compile("([+-]?(?:\\d[\\d_]*)?(?:\\.\\d+)?(?:[eE][+-]?\\d{1,3})?)([kMGT]?)");
    private static final Map<String, BigDecimal> FACTORS = Map.of("", BigDecimal.ONE, "k", new BigDecimal("1e3"), "M", new BigDecimal("1e6"), "G",
            new BigDecimal("1e9"), "T", new BigDecimal("1e12"));

    private Scalars() {}

    /** A value as its component's type. @throws IllegalArgumentException with what was expected */
    static Object parse(String text, Class<?> declared) {
        Class<?> type = MethodType.methodType(declared).unwrap().returnType();
        if (type == String.class) {
            return text;
        }
        if (type == boolean.class) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("expected true or false, not '" + text + "'");
            };
        }
        if (type.isEnum()) {
            List<String> names = names(type);
            int at = names.indexOf(text);
            if (at < 0) {
                throw new IllegalArgumentException("expected one of the names, not '" + text + "'. " + Nearest.suggestion(text, names));
            }
            return type.getEnumConstants()[at];
        }
        BigDecimal number = number(text, type);
        if (type == double.class) {
            return number.doubleValue();
        }
        try {
            long whole = number.longValueExact();
            if (type == int.class) {
                return Math.toIntExact(whole);
            }
            return whole;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("expected a whole number" + (type == int.class ? " below 2^31" : " below 2^63") + ", not '" + text + "'");
        }
    }

    /** An absolute path. A relative one is taken from the folder of the file that it stands in; if it stands in none, from the working folder. */
    static Path path(Scalar scalar) {
        try {
            Path path = Path.of(scalar.text());
            Path folder = Path.of(scalar.at().file()).toAbsolutePath().getParent();
            return folder != null && Files.isDirectory(folder) ? folder.resolve(path) : path.toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + scalar.text() + "' is no path: " + e.getReason());
        }
    }

    private static BigDecimal number(String text, Class<?> type) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches() || matcher.group(1).chars().noneMatch(Character::isDigit)) {
            throw new IllegalArgumentException("expected a " + (type == double.class ? "number such as 0.1 or 2e-3" : "whole number such as 12, 64k or 3M")
                    + ", not '" + text + "'");
        }
        try {
            return new BigDecimal(matcher.group(1).replace("_", "")).multiply(FACTORS.get(matcher.group(2)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number, not '" + text + "'");
        }
    }

    /** Constants of an enumeration as one writes them: {@code bf16}, {@code gelu}. */
    static List<String> names(Class<?> enumeration) {
        return Arrays.stream(enumeration.getEnumConstants()).map(c -> kebab(((Enum<?>) c).name())).toList();
    }

    /** {@code LESS_EQUAL} and {@code LessEqual} as {@code less-equal}. */
    static String kebab(String name) {
        return name.contains("_") || name.equals(name.toUpperCase(Locale.ROOT)) ? name.toLowerCase(Locale.ROOT).replace('_', '-')
                : name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The value of a component as one would write it. */
    static String write(Object value) {
        if (value instanceof Enum<?> constant) {
            return kebab(constant.name());
        }
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return String.valueOf(value);
    }

    /** What a single value of a type is, in words. */
    static String expected(Class<?> type) {
        if (type.isEnum()) {
            return String.join(" | ", names(type));
        }
        Class<?> plain = MethodType.methodType(type).unwrap().returnType();
        if (plain == String.class) {
            return "text";
        }
        return plain == Path.class ? "path" : plain == boolean.class ? "true | false" : plain == double.class ? "number"
                : plain == int.class || plain == long.class ? "whole number" : "mapping";
    }
}
