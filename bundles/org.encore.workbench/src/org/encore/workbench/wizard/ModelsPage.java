package org.encore.workbench.wizard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.encore.experiment.NewExperiment;
import org.encore.experiment.NewExperiment.Variant;

/** What is compared, how large, on what it is measured, and from whom it learns. */
final class ModelsPage extends WizardPage {

    private static final String DEFAULTS = "as it is by default";
    private static final String NOBODY = "nobody: from the data alone";
    private static final int WIDE = 300;

    private final Installed installed;
    private final List<Chosen> variants = new ArrayList<>();
    private final List<Button> backends = new ArrayList<>();
    private Text parameters;
    private Combo teacher;
    private Combo teacherSize;

    private record Chosen(Installed.Model model, Button check, Combo preset) {}

    ModelsPage(Installed installed) {
        super("models", "What is compared?", null);
        this.installed = installed;
        setDescription("Every architecture becomes a variant. Their widths are solved until all have the same number of parameters.");
    }

    @Override
    public void createControl(Composite parent) {
        var scrolled = new ScrolledComposite(parent, SWT.V_SCROLL);
        scrolled.setExpandHorizontal(true);
        scrolled.setExpandVertical(true);
        var area = new Composite(scrolled, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(2).margins(10, 10).spacing(12, 5).applyTo(area);
        title(area, "Architectures, and the depth that each begins with");
        installed.architectures().forEach(model -> architecture(area, model));
        new Label(area, SWT.NONE).setText("Parameters of each, such as 0.6M");
        parameters = new Text(area, SWT.BORDER);
        parameters.setText("0.6M");
        GridDataFactory.fillDefaults().hint(120, SWT.DEFAULT).align(SWT.BEGINNING, SWT.CENTER).applyTo(parameters);
        title(area, "They learn from");
        teacher = combo(area, List.of(NOBODY), installed.architectures().stream().map(Installed.Model::id).toList());
        teacherSize = combo(area, List.of(DEFAULTS), List.of());
        teacherSize.setEnabled(false);
        teacher.addListener(SWT.Selection, event -> sizes());
        title(area, "Times are measured on");
        installed.backends().forEach(engine -> backend(area, engine));
        parameters.addListener(SWT.Modify, event -> check());
        scrolled.setContent(area);
        scrolled.setMinSize(area.computeSize(SWT.DEFAULT, SWT.DEFAULT));
        setControl(scrolled);
        check();
    }

    private static void title(Composite parent, String text) {
        var label = new Label(parent, SWT.NONE);
        label.setText(text);
        label.setFont(org.eclipse.jface.resource.JFaceResources.getFontRegistry().getBold(org.eclipse.jface.resource.JFaceResources.DEFAULT_FONT));
        GridDataFactory.fillDefaults().span(2, 1).indent(0, 6).applyTo(label);
    }

    private static Combo combo(Composite parent, List<String> first, List<String> more) {
        var combo = new Combo(parent, SWT.READ_ONLY);
        first.forEach(combo::add);
        more.forEach(combo::add);
        combo.select(0);
        GridDataFactory.fillDefaults().align(SWT.FILL, SWT.CENTER).hint(WIDE, SWT.DEFAULT).applyTo(combo);
        return combo;
    }

    private void architecture(Composite parent, Installed.Model model) {
        var check = new Button(parent, SWT.CHECK);
        check.setText(model.id());
        check.setToolTipText(model.name());
        check.setSelection(NewExperiment.USUAL.stream().anyMatch(usual -> usual.architecture().equals(model.id())));
        Combo preset = combo(parent, List.of(DEFAULTS), model.presets());
        preset.select(model.presets().isEmpty() ? 0 : 1);
        check.addListener(SWT.Selection, event -> check());
        variants.add(new Chosen(model, check, preset));
    }

    private void backend(Composite parent, Installed.Engine engine) {
        var check = new Button(parent, SWT.CHECK);
        check.setText(engine.id());
        check.setEnabled(engine.missing().isEmpty());
        check.setSelection(engine.missing().isEmpty() && backends.stream().noneMatch(Button::getSelection));
        check.addListener(SWT.Selection, event -> check());
        var about = new Label(parent, SWT.NONE);
        about.setText(engine.missing().isEmpty() ? engine.name() : "not here: " + engine.missing());
        about.setToolTipText(about.getText());
        about.setEnabled(engine.missing().isEmpty());
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDE, SWT.DEFAULT).align(SWT.FILL, SWT.CENTER).applyTo(about);
        backends.add(check);
    }

    private void sizes() {
        teacherSize.removeAll();
        teacherSize.add(DEFAULTS);
        installed.architectures().stream().filter(model -> model.id().equals(teacher.getText())).flatMap(model -> model.presets().stream())
                .forEach(teacherSize::add);
        teacherSize.select(teacherSize.getItemCount() > 2 ? 2 : teacherSize.getItemCount() - 1);
        teacherSize.setEnabled(teacher.getSelectionIndex() > 0);
    }

    private void check() {
        String wrong = variants().isEmpty() ? "Choose at least one architecture." : !parameters().matches("\\d[\\d.,_]*[kMG]?")
                ? "'" + parameters() + "' is no number of parameters: write 600k, 0.6M or 600000." : null;
        setErrorMessage(wrong);
        setPageComplete(wrong == null);
    }

    List<Variant> variants() {
        return variants.stream().filter(chosen -> chosen.check().getSelection()).map(chosen -> variant(chosen.model().id(), chosen.preset()))
                .toList();
    }

    private static Variant variant(String architecture, Combo preset) {
        return new Variant(architecture, architecture, preset.getSelectionIndex() <= 0 ? "" : "{preset: " + preset.getText() + "}");
    }

    String parameters() {
        return parameters.getText().strip();
    }

    List<String> backends() {
        return backends.stream().filter(Button::getSelection).map(Button::getText).toList();
    }

    Optional<Variant> teacher() {
        return teacher.getSelectionIndex() <= 0 ? Optional.empty() : Optional.of(variant(teacher.getText(), teacherSize));
    }
}
