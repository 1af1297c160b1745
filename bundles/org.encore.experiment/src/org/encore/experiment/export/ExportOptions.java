package org.encore.experiment.export;

import java.util.List;

import org.encore.api.inference.Exporter;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;

/**
 * What is written.
 *
 * @param formats exporters with their options
 */
public record ExportOptions(@Option(value = "[onnx]", help = "formats to write") List<Choice<Exporter<?>>> formats) {}
