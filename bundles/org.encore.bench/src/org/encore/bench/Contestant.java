package org.encore.bench;

import org.encore.api.inference.Generator;

/**
 * A model in a race.
 *
 * @param id in results
 * @param generator with room for one row
 */
public record Contestant(String id, Generator generator) {}
