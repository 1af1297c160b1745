package org.encore.graph.text;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Shape;
import org.encore.graph.TensorType;

/** Records as text: {@code rope{theta: 10000.0}}. Components may be numbers, truth values, text, enums, dims, shapes, types, records and lists of them. */
final class RecordText {

    /** Made anew each time the platform is asked, which costs more than writing them. */
    private static final ClassValue<List<RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> record) {
            return List.of(record.getRecordComponents());
        }
    };

    private RecordText() {}

    static String name(Class<?> type) {
        return Character.toLowerCase(type.getSimpleName().charAt(0)) + type.getSimpleName().substring(1);
    }

    static String write(Record record) {
        List<RecordComponent> components = COMPONENTS.get(record.getClass());
        if (components.isEmpty()) {
            return name(record.getClass());
        }
        return name(record.getClass()) + "{" + String.join("; ", components.stream().map(c -> c.getName() + ": " + value(read(c, record))).toList()) + "}";
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(record.getClass().getName() + " must be a public record of an exported package to be printed", e);
        }
    }

    private static String value(Object value) {
        return switch (value) {
            case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case Dim dim -> dim.toString();
            case Shape shape -> shape.toString();
            case TensorType type -> type.toString();
            case Record record -> write(record);
            case Enum<?> constant -> constant.name();
            case List<?> list -> "[" + String.join(", ", list.stream().map(RecordText::value).toList()) + "]";
            default -> String.valueOf(value);
        };
    }

    /** The rest of a record after its name. */
    static <R> R parse(Class<R> type, Cursor cursor) {
        List<RecordComponent> components = COMPONENTS.get(type);
        var values = new Object[components.size()];
        if (!components.isEmpty()) {
            cursor.expect("{");
        }
        for (int i = 0; i < components.size(); i++) {
            if (i > 0) {
                cursor.expect(";");
            }
            cursor.expect(components.get(i).getName());
            cursor.expect(":");
            values[i] = value(components.get(i).getGenericType(), cursor);
        }
        if (!components.isEmpty()) {
            cursor.expect("}");
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(components.stream().map(RecordComponent::getType).toArray(Class[]::new));
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw cursor.error(String.valueOf(e.getCause().getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " must be a public record to be parsed", e);
        }
    }

    private static Object value(Type generic, Cursor cursor) {
        Class<?> type = generic instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) generic;
        if (type == List.class) {
            return list(((ParameterizedType) generic).getActualTypeArguments()[0], cursor);
        }
        if (type == String.class) {
            return cursor.quoted();
        }
        if (type == Dim.class) {
            return Dim.parse(cursor.word("a dimension", c -> Character.isLetterOrDigit(c) || "+-*_".indexOf(c) >= 0));
        }
        if (type == Shape.class) {
            return Shape.parse(cursor.parenthesised());
        }
        if (type == TensorType.class) {
            return tensorType(cursor);
        }
        if (type.isEnum()) {
            String name = cursor.name("a name");
            return Arrays.stream(type.getEnumConstants()).filter(c -> ((Enum<?>) c).name().equals(name)).findFirst()
                    .orElseThrow(() -> cursor.error("'" + name + "' is none of " + Arrays.toString(type.getEnumConstants())));
        }
        if (type.isSealed()) {
            String name = cursor.name("a record's name");
            return parse(Arrays.stream(type.getPermittedSubclasses()).filter(c -> name(c).equals(name)).findFirst()
                    .orElseThrow(() -> cursor.error("'" + name + "' is none of " + Arrays.stream(type.getPermittedSubclasses()).map(RecordText::name).toList())), cursor);
        }
        if (type.isRecord()) {
            cursor.expect(name(type));
            return parse(type, cursor);
        }
        return plain(type, cursor);
    }

    private static Object plain(Class<?> type, Cursor cursor) {
        String text = cursor.word("a value", c -> Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0);
        try {
            return switch (type.getName()) {
                case "boolean" -> Boolean.valueOf(text);
                case "int", "java.lang.Integer" -> Integer.valueOf(text);
                case "long", "java.lang.Long" -> Long.valueOf(text);
                case "double", "java.lang.Double" -> Double.valueOf(text);
                default -> throw cursor.error("components of " + type.getName() + " have no text form");
            };
        } catch (NumberFormatException e) {
            throw cursor.error("'" + text + "' is no number");
        }
    }

    private static List<Object> list(Type item, Cursor cursor) {
        var items = new ArrayList<>();
        cursor.expect("[");
        while (!cursor.sees("]")) {
            if (!items.isEmpty()) {
                cursor.expect(",");
            }
            items.add(value(item, cursor));
        }
        cursor.expect("]");
        return items;
    }

    static TensorType tensorType(Cursor cursor) {
        String kind = cursor.name("float, int or bool");
        for (DType dtype : DType.values()) {
            if (dtype.name().equalsIgnoreCase(kind)) {
                return new TensorType(dtype, Shape.parse(cursor.parenthesised()));
            }
        }
        throw cursor.error("expected float, int or bool, not '" + kind + "'");
    }
}
