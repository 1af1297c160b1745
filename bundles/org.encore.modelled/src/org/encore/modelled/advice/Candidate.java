package org.encore.modelled.advice;

import org.encore.graph.Model;

/**
 * A model that comes into question.
 *
 * @param architecture id
 * @param options of the architecture
 * @param size name of the preset that it is made from
 * @param layers in words: 30, or 20 + 10
 * @param model built
 */
public record Candidate(String architecture, Record options, String size, String layers, Model model) {}
