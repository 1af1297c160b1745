package org.encore.experiment.export;

import java.util.List;

import org.encore.api.option.Option;

/**
 * What is written.
 *
 * @param formats ids of exporters
 */
public record ExportOptions(@Option(value = "[onnx]", help = "formats to write") List<String> formats) {}
