package org.encore.experiment.yaml;

import java.util.List;
import java.util.Map;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes plain values (maps, lists, text, numbers) as YAML. */
public final class YamlWriter {

    private YamlWriter() {}

    public static String write(Map<String, ?> values) {
        return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(120).build()).dumpToString(values);
    }

    /** The same as a single line, for examples. */
    public static String line(Object values) {
        return switch (values) {
            case Map<?, ?> map -> "{" + String.join(", ", map.entrySet().stream().map(e -> e.getKey() + ": " + line(e.getValue())).toList()) + "}";
            case List<?> list -> "[" + String.join(", ", list.stream().map(YamlWriter::line).toList()) + "]";
            default -> String.valueOf(values);
        };
    }
}
