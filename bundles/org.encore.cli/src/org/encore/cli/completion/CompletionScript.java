package org.encore.cli.completion;

import java.util.List;
import java.util.stream.Collectors;

import org.encore.api.extension.Registry;
import org.encore.cli.completion.Completed.Value;
import org.encore.cli.completion.Completed.Word;

import picocli.CommandLine;

/**
 * Scripts that complete the command line. What is installed is written into the script, so that a press of the tab key starts no Java; runs and
 * their cells are looked up in the file system when the key is pressed.
 */
public final class CompletionScript {

    private static final String BASH_HEAD = """
            # Completion of encore for %s. Made by 'encore completion'; make it anew after installing a plug-in.
            # Names come from folders that others may have made: they are compared and quoted, never expanded as 'compgen -W' would.
            _encore_words() {
              local current=$1 word
              shift
              for word; do [[ $word == "$current"* ]] && COMPREPLY+=("$word"); done
            }
            _encore_files() {
              local file
              compopt -o filenames 2> /dev/null
              while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$1")
            }
            _encore_runs() {
              local current=$1 events IFS=$'\\n'
              compopt -o filenames 2> /dev/null
              for events in runs/*/events.jsonl "$current"*/events.jsonl "$current"*/*/events.jsonl; do
                [[ -e $events && $'\\n'"${COMPREPLY[*]}"$'\\n' != *$'\\n'"${events%%/events.jsonl}"$'\\n'* ]] && _encore_words "$current" "${events%%/events.jsonl}"
              done
            }
            _encore_cells() {
              local current=$1 word folder
              for word in "${COMP_WORDS[@]}"; do
                [[ -d $word/cells ]] || continue
                for folder in "$word"/cells/*/; do
                  folder=${folder%%/}
                  _encore_words "$current" "${folder##*/}"
                done
              done
            }
            _encore() {
              local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} line=encore place=0 skip= word i
              COMPREPLY=()
              [[ $current == = ]] && current=
              [[ $previous == = ]] && previous=${COMP_WORDS[COMP_CWORD-2]}
              for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                case "$line $word" in
            """;

    private static final String BASH_TAIL = """
                *) _encore_words "$current" "${choices[@]}" ;;
              esac
            }
            complete -o bashdefault -F _encore encore ./encore
            """;

    private static final String FISH_HEAD = """
            # Completion of encore for fish. Made by 'encore completion'; make it anew after installing a plug-in.
            function __encore_runs
              for events in runs/*/events.jsonl (commandline -ct)*/events.jsonl
                string replace /events.jsonl '' $events
              end
            end
            function __encore_cells
              for word in (commandline -opc)
                for folder in $word/cells/*/
                  basename $folder
                end
              end
            end
            complete -c encore -e
            complete -c encore -f
            """;

    private final List<Completed> commands;

    /** @param root the whole command */
    public CompletionScript(CommandLine root, Registry registry) {
        this.commands = Completed.of(root, registry);
    }

    public String bash() {
        return bash("bash");
    }

    /** Zsh understands the script for bash. */
    public String zsh() {
        return "autoload -Uz +X compinit && compinit\nautoload -Uz +X bashcompinit && bashcompinit\n" + bash("zsh");
    }

    private String bash(String shell) {
        var script = new StringBuilder(String.format(BASH_HEAD, shell));
        List<Completed> nested = commands.subList(1, commands.size());
        if (!nested.isEmpty()) {
            script.append("      ").append(nested.stream().map(c -> quoted(c.path())).collect(Collectors.joining("|")))
                    .append(") line=\"$line $word\"; continue ;;\n");
        }
        script.append("    esac\n");
        script.append("    if [[ -n $skip ]]; then skip=; continue; fi\n");
        script.append("    case \"$line $word\" in\n");
        for (Completed command : commands) {
            for (String option : command.values().keySet()) {
                script.append("      ").append(quoted(command.path() + " " + option)).append(") skip=yes ;;\n");
            }
        }
        script.append("      *' '-*) ;;\n      *) ((place++)) ;;\n    esac\n  done\n");
        script.append("  case \"$line $previous\" in\n");
        for (Completed command : commands) {
            command.values().forEach((option, value) -> script.append("    ").append(quoted(command.path() + " " + option)).append(") ").append(reply(value))
                    .append("; return ;;\n"));
        }
        script.append("  esac\n  local choices=()\n  case $line in\n");
        for (Completed command : commands) {
            script.append("    ").append(quoted(command.path())).append(") choices=(")
                    .append(all(command.words().stream().map(Word::text).toList())).append(") ;;\n");
        }
        script.append("  esac\n  [[ $current == -* ]] && { _encore_words \"$current\" \"${choices[@]}\"; return; }\n");
        script.append("  case \"$line $place\" in\n");
        for (Completed command : commands) {
            for (int place = 0; place < command.places().size(); place++) {
                script.append("    ").append(quoted(command.path() + " " + place)).append(") ").append(reply(command.places().get(place))).append(" ;;\n");
            }
        }
        return script.append(BASH_TAIL).toString();
    }

    private static String reply(Value value) {
        return switch (value) {
            case Value.OneOf(List<String> words) -> "_encore_words \"$current\" " + all(words);
            case Value.Run run -> "_encore_runs \"$current\"";
            case Value.Cell cell -> "_encore_cells \"$current\"";
            case Value.File file -> "_encore_files \"$current\"";
            case Value.Anything anything -> ":";
        };
    }

    /** For fish: one line for each word. */
    public String fish() {
        var script = new StringBuilder(FISH_HEAD);
        for (Completed command : commands) {
            String when = condition(command);
            for (Word word : command.words()) {
                String value = command.values().containsKey(word.text()) ? candidates(command.values().get(word.text()), true) : "";
                script.append("complete -c encore -n ").append(quoted(when)).append(' ').append(option(word.text())).append(value)
                        .append(" -d ").append(quoted(word.meaning())).append('\n');
            }
            for (Value place : command.places()) {
                String value = candidates(place, false);
                if (!value.isEmpty()) {
                    script.append("complete -c encore -n ").append(quoted(when)).append(value).append('\n');
                }
            }
        }
        return script.toString();
    }

    private static String condition(Completed command) {
        String[] path = command.path().split(" ");
        if (path.length == 1) {
            return "__fish_use_subcommand";
        }
        return java.util.Arrays.stream(path).skip(1).map(word -> "__fish_seen_subcommand_from " + word).collect(Collectors.joining("; and "));
    }

    private static String option(String word) {
        return word.startsWith("--") ? "-l " + word.substring(2) : word.startsWith("-") ? "-s " + word.substring(1) : "-a " + word;
    }

    private static String candidates(Value value, boolean required) {
        return switch (value) {
            case Value.OneOf(List<String> words) -> (required ? " -x" : "") + " -a " + quoted(String.join(" ", words));
            case Value.Run run -> (required ? " -x" : "") + " -a '(__encore_runs)'";
            case Value.Cell cell -> (required ? " -x" : "") + " -a '(__encore_cells)'";
            case Value.File file -> required ? " -r -F" : " -F";
            case Value.Anything anything -> required ? " -x" : "";
        };
    }

    private static String all(List<String> words) {
        return words.stream().map(CompletionScript::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
