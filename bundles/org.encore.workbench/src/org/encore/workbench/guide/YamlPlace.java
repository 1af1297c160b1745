package org.encore.workbench.guide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Where in an experiment a place of its text is, however unfinished the text: from its beginning up to the place, by indentation and braces.
 *
 * @param path names of the mappings around it, the outermost first; {@code -} for an item of a list. Behind a colon the name before the colon is the
 * last
 * @param prefix what of a word stands before the place
 * @param value whether a value is written here, and no name
 */
public record YamlPlace(List<String> path, String prefix, boolean value) {

    public YamlPlace {
        path = List.copyOf(path);
    }

    /** A name that was opened: in a block it ends where the indentation ends, in braces at the brace. */
    private static final class Frame {
        final int indent;
        final boolean flow;
        String name = "";

        Frame(int indent, boolean flow) {
            this.indent = indent;
            this.flow = flow;
        }
    }

    /** The place of an offset. */
    public static YamlPlace of(String text, int offset) {
        String before = text.substring(0, Math.min(offset, text.length()));
        Deque<Frame> frames = new ArrayDeque<>();
        String[] lines = before.split("\n", -1);
        boolean value = false;
        String word = "";
        for (int i = 0; i < lines.length; i++) {
            String line = withoutComment(lines[i]);
            boolean inFlow = !frames.isEmpty() && frames.peek().flow;
            if (line.isBlank() && i < lines.length - 1) {
                continue;
            }
            int at = 0;
            if (!inFlow) {
                int indent = indent(line);
                while (!frames.isEmpty() && frames.peek().indent >= indent) {
                    frames.pop();
                }
                at = indent;
                while (line.startsWith("- ", at)) {
                    var item = new Frame(at, false);
                    item.name = "-";
                    frames.push(item);
                    at += 2;
                }
                value = false;
            }
            word = "";
            for (; at < line.length(); at++) {
                char c = line.charAt(at);
                boolean flow = !frames.isEmpty() && frames.peek().flow;
                switch (c) {
                    case '{', '[' -> {
                        var frame = new Frame(-1, true);
                        frame.name = c == '[' ? "-" : "";
                        frames.push(frame);
                        value = c == '[';
                        word = "";
                    }
                    case '}', ']' -> {
                        if (flow) {
                            frames.pop();
                        }
                        value = true;
                        word = "";
                    }
                    case ',' -> {
                        if (flow) {
                            value = frames.peek().name.equals("-");
                            frames.peek().name = value ? "-" : "";
                            word = "";
                        }
                    }
                    case ':' -> {
                        if (at + 1 == line.length() || line.charAt(at + 1) == ' ') {
                            if (flow) {
                                frames.peek().name = word.strip();
                            } else {
                                var frame = new Frame(at - word.length(), false);
                                frame.name = word.strip();
                                frames.push(frame);
                            }
                            value = true;
                            word = "";
                        } else {
                            word += c;
                        }
                    }
                    case ' ' -> word = word.isBlank() ? "" : word + c;
                    default -> word += c;
                }
            }
        }
        if (!word.isBlank() && word.endsWith(" ")) {
            word = "";
        }
        return new YamlPlace(path(frames), word, value);
    }

    private static List<String> path(Deque<Frame> frames) {
        var path = new ArrayList<String>();
        frames.descendingIterator().forEachRemaining(frame -> {
            if (!frame.name.isEmpty()) {
                path.add(frame.name);
            }
        });
        return path;
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    private static String withoutComment(String line) {
        if (line.stripLeading().startsWith("#")) {
            return "";
        }
        int at = line.indexOf(" #");
        return at < 0 ? line : line.substring(0, at);
    }
}
