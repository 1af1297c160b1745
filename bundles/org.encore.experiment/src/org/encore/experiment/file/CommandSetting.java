package org.encore.experiment.file;

import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.Registry;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.ConfigNode.Scalar;
import org.encore.api.option.OptionPath;
import org.encore.api.option.Problems;
import org.encore.experiment.yaml.YamlReader;

/** Options set on the command line, {@code --set train.tokens=1M}, which hold over what the file says. */
public final class CommandSetting {

    private CommandSetting() {}

    /** The experiment with all of them. */
    public static Mapping apply(Mapping root, List<String> settings, Registry registry, Problems problems) {
        Mapping changed = root;
        for (String setting : settings) {
            changed = apply(changed, setting, registry, problems);
        }
        return changed;
    }

    private static Mapping apply(Mapping root, String setting, Registry registry, Problems problems) {
        var at = new Position("--set " + setting, 0, 0);
        int equals = setting.indexOf('=');
        if (equals < 1) {
            problems.add(at, "write an option and its value, such as train.tokens=1M");
            return root;
        }
        String value = setting.substring(equals + 1);
        ConfigNode node = value.isBlank() ? new Scalar("", at) : YamlReader.read(at.file(), value, problems).orElse(null);
        if (node == null) {
            return root;
        }
        try {
            OptionPath path = OptionPath.parse(setting.substring(0, equals).strip(), at);
            Entry before = root.entry(path.section());
            Optional<java.lang.reflect.Type> type = EntryType.of(path.section(), registry);
            if (path.segments().size() > 1 && type.isEmpty()) {
                problems.add(at, "no '" + path.section() + "' in an experiment");
                return root;
            }
            ConfigNode set = type.isEmpty() ? node : path.put(before == null ? null : before.value(), type.get(), node, registry, problems);
            return root.with(new Entry(new Scalar(path.section(), before == null ? at : before.key().at()), set));
        } catch (IllegalArgumentException | Contribution.BrokenContribution e) {
            problems.add(at, String.valueOf(e.getMessage()));
            return root;
        }
    }
}
