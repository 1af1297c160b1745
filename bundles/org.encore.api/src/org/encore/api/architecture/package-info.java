/**
 * How an architecture is written: once, as a description of its layers. Start with {@link org.encore.api.architecture.Architecture}; its
 * {@code build} describes {@link org.encore.api.architecture.Stack}s of {@link org.encore.api.architecture.Layer}s, from which
 * {@link org.encore.api.architecture.Build} derives training, prefill and step.
 *
 * <pre>{@code
 * Stack decoder = build.layers("decoder", 6, block, (layer, x) -> {
 *     x = x.plus(layer.attention("self", layer.norm("n1", x), Attend.causal()));
 *     return x.plus(layer.mlp("mlp", layer.norm("n2", x)));
 * });
 * return build.causal(decoder);
 * }</pre>
 */
@NullMarked
package org.encore.api.architecture;

import org.jspecify.annotations.NullMarked;
