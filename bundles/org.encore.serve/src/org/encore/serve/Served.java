package org.encore.serve;

import org.encore.api.inference.LoadedModel;
import org.encore.api.task.Tokenizer;

/**
 * A model that is ready.
 *
 * @param card what is said of it
 * @param model on some backend
 * @param tokenizer that it reads with
 */
public record Served(Card card, LoadedModel model, Tokenizer tokenizer) {}
