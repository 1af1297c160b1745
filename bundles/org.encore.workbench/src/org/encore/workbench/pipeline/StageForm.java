package org.encore.workbench.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.encore.experiment.yaml.YamlEdits;
import org.encore.workbench.guide.OptionGuide;
import org.encore.workbench.guide.OptionGuide.Field;
import org.encore.workbench.pipeline.Pipeline.Kind;
import org.encore.workbench.pipeline.Pipeline.Link;
import org.encore.workbench.pipeline.Pipeline.Step;

/**
 * Options of the chosen stage with their documentation, made from the same option records as the help of the command. An empty field has its default.
 */
final class StageForm {

    private static final int DEEPEST = 5;
    private static final int INDENT = 12;
    private static final int MARGIN = 8;
    private static final int FIELD = 110;

    private final Draft draft;
    private final ScrolledComposite scrolled;
    private final List<Row> rows = new ArrayList<>();
    private Composite content;
    private List<Shape> shape = List.of();
    private String shown = "";

    /** An option in the form. @param help beneath it, where what is wrong with its value is said too */
    private record Row(List<String> path, Field field, Control control, Label help) {}

    /** What the form is made of: as long as it is the same, only values change. */
    private record Shape(List<String> path, Field field) {}

    StageForm(Composite parent, Draft draft) {
        this.draft = draft;
        scrolled = new ScrolledComposite(parent, SWT.V_SCROLL);
        scrolled.setExpandHorizontal(true);
        scrolled.setExpandVertical(true);
        content = new Composite(scrolled, SWT.NONE);
        scrolled.setContent(content);
        scrolled.addListener(SWT.Resize, event -> height());
    }

    Control control() {
        return scrolled;
    }

    /** The control of an option, named by its path below the stage. */
    Optional<Control> field(String path) {
        return rows.stream().filter(row -> String.join(".", row.path().subList(1, row.path().size())).equals(path)).map(Row::control).findFirst();
    }

    /** What is said below an option. */
    Optional<String> said(String path) {
        return rows.stream().filter(row -> String.join(".", row.path().subList(1, row.path().size())).equals(path)).map(row -> row.help().getText())
                .findFirst();
    }

    /** Shows a stage as it stands in the text now. */
    void show(Pipeline pipeline, String id) {
        Step step = pipeline.step(id).orElse(null);
        OptionGuide guide = draft.guide().orElse(null);
        if (step == null || guide == null) {
            return;
        }
        var next = new ArrayList<Shape>();
        collect(guide, List.of(id), next, 0);
        String head = head(pipeline, step);
        if (!next.equals(shape) || !shown.equals(head)) {
            shape = List.copyOf(next);
            shown = head;
            build(step, head);
        }
        values();
    }

    private static String head(Pipeline pipeline, Step step) {
        List<Link> into = pipeline.into(step.id());
        String reads = String.join(", ", into.stream().filter(link -> link.kind() != Kind.AFTER).map(Link::from).toList());
        return step.description() + " It runs " + step.each() + (reads.isEmpty() ? "" : ", and reads " + reads) + (into.stream().anyMatch(link -> link
                .kind() == Kind.AFTER) ? ", when all before it has ended" : "") + "." + (step.problem().isEmpty() ? "" : "\n" + step.problem() + ".");
    }

    private void collect(OptionGuide guide, List<String> path, List<Shape> into, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        for (Field field : guide.fields(path)) {
            var inside = new ArrayList<>(path);
            inside.add(field.name());
            into.add(new Shape(List.copyOf(inside), field));
            if (field.section()) {
                collect(guide, inside, into, depth + 1);
            } else {
                chosen(inside, field).ifPresent(name -> {
                    var options = new ArrayList<>(inside);
                    options.add(name);
                    collect(guide, options, into, depth + 1);
                });
            }
        }
    }

    /** Which of the values is chosen, the default counted. */
    private Optional<String> chosen(List<String> path, Field field) {
        return written(() -> YamlEdits.chosen(draft.text(), path)).or(() -> Optional.of(field.standard())).filter(name -> field.values().stream()
                .anyMatch(offer -> offer
                .name().equals(name)));
    }

    private interface Look {
        Optional<String> look();
    }

    /** A text that is no YAML at the moment has no values to show. */
    private static Optional<String> written(Look look) {
        try {
            return look.look();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void build(Step step, String head) {
        rows.clear();
        content.dispose();
        content = new Composite(scrolled, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(MARGIN, MARGIN).spacing(MARGIN, 2).applyTo(content);
        Label title = new Label(content, SWT.NONE);
        title.setText(step.name());
        title.setFont(org.eclipse.jface.resource.JFaceResources.getFontRegistry().getBold(org.eclipse.jface.resource.JFaceResources.DEFAULT_FONT));
        GridDataFactory.fillDefaults().span(2, 1).applyTo(title);
        words(head, 0);
        if (shape.isEmpty()) {
            words("It has no options.", 0);
        }
        shape.forEach(this::row);
        scrolled.setContent(content);
        height();
    }

    private Label words(String text, int indent) {
        var label = new Label(content, SWT.WRAP);
        label.setText(text);
        label.setForeground(Colours.ofWindow().quiet());
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).indent(indent, 0).hint(FIELD, SWT.DEFAULT).applyTo(label);
        return label;
    }

    private void row(Shape option) {
        int indent = INDENT * (option.path().size() - 2);
        Field field = option.field();
        var name = new Label(content, SWT.NONE);
        name.setText(field.name());
        name.setToolTipText(field.help());
        GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).indent(indent, MARGIN).span(field.section() ? 2 : 1, 1).applyTo(name);
        if (!field.section()) {
            Control control = field.values().isEmpty() ? text(option) : combo(option);
            control.setToolTipText(field.help());
            GridDataFactory.fillDefaults().grab(true, false).indent(0, MARGIN).hint(FIELD, SWT.DEFAULT).applyTo(control);
            rows.add(new Row(option.path(), field, control, words(field.help(), indent)));
        } else if (!field.help().isEmpty()) {
            words(field.help(), indent);
        }
    }

    private Control text(Shape option) {
        var text = new Text(content, SWT.BORDER | SWT.SINGLE);
        text.setMessage(option.field().standard());
        text.addListener(SWT.DefaultSelection, event -> set(option.path(), text.getText()));
        text.addListener(SWT.FocusOut, event -> set(option.path(), text.getText()));
        return text;
    }

    private Control combo(Shape option) {
        var combo = new Combo(content, SWT.DROP_DOWN);
        combo.add("");
        option.field().values().forEach(offer -> combo.add(offer.name()));
        combo.addListener(SWT.Selection, event -> set(option.path(), combo.getText()));
        combo.addListener(SWT.DefaultSelection, event -> set(option.path(), combo.getText()));
        combo.addListener(SWT.FocusOut, event -> set(option.path(), combo.getText()));
        combo.addListener(SWT.MouseVerticalWheel, event -> event.doit = false); // scrolling the form must not change values
        return combo;
    }

    private void set(List<String> path, String value) {
        String before = value(path);
        if (value.strip().equals(before)) {
            return;
        }
        try {
            var edit = value.isBlank() ? YamlEdits.remove(draft.text(), path) : YamlEdits.set(draft.text(), path, value.strip());
            if (!value.isBlank() && !YamlEdits.written(edit.applied(draft.text()), path).equals(Optional.of(value.strip()))) {
                draft.say("'" + value.strip() + "' is no single value in YAML: write quotes around it, or brackets around a list.");
                return;
            }
            draft.change(List.of(edit));
        } catch (IllegalArgumentException e) {
            draft.say(e.getMessage());
        }
    }

    /** As the field shows it: of a choice with options, which have fields of their own, the name. */
    private String value(List<String> path) {
        boolean choice = rows.stream().anyMatch(row -> row.path().equals(path) && !row.field().values().isEmpty());
        return (choice ? written(() -> YamlEdits.chosen(draft.text(), path)).or(() -> written(() -> YamlEdits.written(draft.text(), path)))
                : written(() -> YamlEdits.written(draft.text(), path))).orElse("");
    }

    /** A field that is being written in is left alone. */
    private void values() {
        boolean relaid = false;
        for (Row row : rows) {
            String value = value(row.path());
            boolean lines = value.contains("\n");
            switch (row.control()) {
                case Text text -> {
                    text.setEditable(!lines);
                    if (!text.isFocusControl() && !text.getText().equals(value)) {
                        text.setText(value);
                    }
                }
                case Combo combo -> {
                    if (!combo.isFocusControl() && !combo.getText().equals(value)) {
                        combo.setText(value);
                    }
                }
                default -> throw new IllegalStateException("a field is a text or a combo");
            }
            relaid |= tell(row, lines);
        }
        if (relaid) {
            height();
        }
    }

    private boolean tell(Row row, boolean lines) {
        Optional<String> wrong = written(() -> YamlEdits.place(draft.text(), row.path()).flatMap(place -> draft.wrong(place.offset() - row.path()
                .getLast()
                .length() - 2, place.offset() + place.length())));
        String said = wrong.map(message -> "✗ " + message).orElse(row.field().help() + (lines ? " It has several lines: see Source." : ""));
        if (row.help().getText().equals(said)) {
            return false;
        }
        row.help().setText(said);
        row.help().setForeground(wrong.isPresent() ? Colours.ofWindow().wrong() : Colours.ofWindow().quiet());
        return true;
    }

    private void height() {
        int width = scrolled.getClientArea().width;
        for (Control child : content.getChildren()) {
            if (child instanceof Label label && (label.getStyle() & SWT.WRAP) != 0 && label.getLayoutData() instanceof GridData data) {
                data.widthHint = Math.max(FIELD, width - 2 * MARGIN - data.horizontalIndent);
            }
        }
        scrolled.setMinSize(content.computeSize(width, SWT.DEFAULT, true));
        content.layout(true);
    }

    /** The colours of the window have changed. */
    void recolour() {
        shown = "";
    }
}
