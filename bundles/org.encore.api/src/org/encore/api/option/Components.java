package org.encore.api.option;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * Components and constructors of option records. Each time the platform is asked for them it makes them anew, with annotations and accessors, which
 * costs more than what is done with them.
 */
final class Components {

    private static final ClassValue<List<RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            for (RecordComponent component : components) {
                component.getAccessor().setAccessible(true);
            }
            return List.of(components);
        }
    };

    private static final ClassValue<Constructor<?>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType)
                        .toArray(Class[]::new));
                constructor.setAccessible(true);
                return constructor;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("every record has a canonical constructor, but not " + type.getName(), e);
            }
        }
    };

    private Components() {}

    /** Of a record, in order. */
    static List<RecordComponent> of(Class<?> record) {
        return COMPONENTS.get(record);
    }

    /** The one that takes all components, in order. */
    @SuppressWarnings("unchecked")
    static <R extends Record> Constructor<R> constructor(Class<R> record) {
        return (Constructor<R>) CONSTRUCTORS.get(record);
    }
}
