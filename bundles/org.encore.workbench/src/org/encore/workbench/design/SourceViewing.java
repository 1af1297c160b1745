package org.encore.workbench.design;

import java.util.List;
import java.util.Optional;

import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextHover;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Region;
import org.eclipse.jface.text.contentassist.CompletionProposal;
import org.eclipse.jface.text.contentassist.ContentAssistant;
import org.eclipse.jface.text.contentassist.IContentAssistProcessor;
import org.eclipse.jface.text.contentassist.IContentAssistant;
import org.eclipse.jface.text.contentassist.ICompletionProposal;
import org.eclipse.jface.text.contentassist.IContextInformation;
import org.eclipse.jface.text.contentassist.IContextInformationValidator;
import org.eclipse.jface.text.presentation.IPresentationReconciler;
import org.eclipse.jface.text.presentation.PresentationReconciler;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.jface.text.source.SourceViewerConfiguration;
import org.eclipse.swt.graphics.Point;
import org.encore.workbench.guide.OptionGuide;
import org.encore.workbench.guide.YamlPlace;
import org.jspecify.annotations.Nullable;

/** How the text of an experiment is shown and completed. */
final class SourceViewing extends SourceViewerConfiguration {

    private final ExperimentEditor editor;

    SourceViewing(ExperimentEditor editor) {
        this.editor = editor;
    }

    @Override
    public IPresentationReconciler getPresentationReconciler(ISourceViewer viewer) {
        var reconciler = new PresentationReconciler();
        var colours = new YamlColours();
        reconciler.setDamager(colours, IDocument.DEFAULT_CONTENT_TYPE);
        reconciler.setRepairer(colours, IDocument.DEFAULT_CONTENT_TYPE);
        return reconciler;
    }

    @Override
    public int getTabWidth(ISourceViewer viewer) {
        return 2;
    }

    @Override
    public IContentAssistant getContentAssistant(ISourceViewer viewer) {
        var assistant = new ContentAssistant();
        assistant.setContentAssistProcessor(new Completion(), IDocument.DEFAULT_CONTENT_TYPE);
        assistant.enableAutoActivation(true);
        assistant.setAutoActivationDelay(400);
        assistant.setProposalPopupOrientation(IContentAssistant.PROPOSAL_OVERLAY);
        assistant.setContextInformationPopupOrientation(IContentAssistant.CONTEXT_INFO_ABOVE);
        assistant.setInformationControlCreator(parent -> new org.eclipse.jface.text.DefaultInformationControl(parent, false));
        return assistant;
    }

    @Override
    public ITextHover getTextHover(ISourceViewer viewer, String contentType) {
        return new Meaning();
    }

    /** What may be written at a place of the text, those first that begin with what is there. */
    List<OptionGuide.Offer> offers(String text, int offset) {
        YamlPlace place = YamlPlace.of(text, offset);
        String prefix = place.prefix().toLowerCase();
        return editor.guide().map(guide -> guide.offers(place)).orElse(List.of()).stream().filter(offer -> offer.name().toLowerCase()
                .startsWith(prefix))
                .toList();
    }

    /** What stands at an offset means; nothing where nothing is known of it. */
    Optional<String> meaning(String text, int offset) {
        int end = offset;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || "_-.*".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        YamlPlace place = YamlPlace.of(text, end);
        if (place.prefix().isEmpty()) {
            return Optional.empty();
        }
        var path = new java.util.ArrayList<>(place.path());
        path.add(place.prefix());
        return editor.guide().flatMap(guide -> guide.help(path)
                .or(() -> guide.offers(place).stream().filter(offer -> offer.name().equals(place.prefix()) && !offer.help().isEmpty()).findFirst()
                        .map(OptionGuide.Offer::help)));
    }

    private final class Completion implements IContentAssistProcessor {

        @Override
        public ICompletionProposal[] computeCompletionProposals(ITextViewer viewer, int offset) {
            String text = viewer.getDocument().get();
            String prefix = YamlPlace.of(text, offset).prefix();
            return offers(text, offset).stream().map(offer -> {
                String written = offer.name() + (offer.entry() ? ": " : "");
                return new CompletionProposal(written, offset - prefix.length(), prefix.length(), written.length(), null,
                        offer.name() + (offer.help().isEmpty() ? "" : "  –  " + offer.help()), null, offer.help().isEmpty() ? null : offer.help());
            }).toArray(ICompletionProposal[]::new);
        }

        @Override
        public IContextInformation @Nullable [] computeContextInformation(ITextViewer viewer, int offset) {
            return null;
        }

        @Override
        public char @Nullable [] getCompletionProposalAutoActivationCharacters() {
            return null;
        }

        @Override
        public char @Nullable [] getContextInformationAutoActivationCharacters() {
            return null;
        }

        @Override
        public @Nullable String getErrorMessage() {
            return null;
        }

        @Override
        public @Nullable IContextInformationValidator getContextInformationValidator() {
            return null;
        }
    }

    private final class Meaning implements ITextHover {

        @Override
        public @Nullable String getHoverInfo(ITextViewer viewer, IRegion region) {
            String text = viewer.getDocument().get();
            try {
                int line = viewer.getDocument().getLineOfOffset(region.getOffset()) + 1;
                Optional<String> wrong = editor.findings().stream().filter(finding -> finding.line() == line).map(Finding::message)
                        .reduce((a, b) -> a + "\n" + b);
                Optional<String> meaning = meaning(text, region.getOffset());
                return wrong.map(w -> meaning.map(m -> w + "\n\n" + m).orElse(w)).or(() -> meaning).orElse(null);
            } catch (BadLocationException e) {
                return null;
            }
        }

        @Override
        public IRegion getHoverRegion(ITextViewer viewer, int offset) {
            Point selected = viewer.getSelectedRange();
            return selected.y > 0 && offset >= selected.x && offset <= selected.x + selected.y ? new Region(selected.x, selected.y)
                    : new Region(offset, 0);
        }
    }
}
