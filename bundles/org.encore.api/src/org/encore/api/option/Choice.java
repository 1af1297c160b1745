package org.encore.api.option;

/**
 * An extension chosen by id, with its options: {@code linear} or {@code linear: {warmup: 0.1}} in YAML. As the type of an options record's
 * component it lets users choose among everything contributed to the extension point of {@code T}.
 *
 * @param id of the contribution
 * @param extension the contributed object
 * @param options bound to its {@link Configurable#optionsType()}
 */
public record Choice<T extends Configurable<?>>(String id, T extension, Record options) {}
