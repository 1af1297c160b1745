package org.encore.quantizations;

import java.util.Optional;

import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.quantization.Matrix;
import org.encore.api.quantization.Quantization;
import org.encore.api.quantization.Storage;

/**
 * A scheme for each part, and for single roles if wanted. The encoder reads the whole source at once and is bound by arithmetic; the decoder, one
 * token at a time, by the bytes of its weights: no single form is best for both.
 */
public final class Mixed implements Quantization<Mixed.Options> {

    /**
     * @param encoder what computes once per source, cross-attention's keys and values included
     * @param decoder what computes for every token
     * @param embedding of tokens, where it is not the head too
     * @param attention in either part
     * @param mlp in either part
     * @param head with the embedding, if that is tied to it
     */
    public record Options(
            @Option(value = "int8-dynamic", help = "scheme of what computes once per source: encoder, keys and values of cross-attention")
            Choice<Quantization<?>> encoder,
            @Option(value = "int4", help = "scheme of what computes for every token") Choice<Quantization<?>> decoder,
            @Option(help = "scheme of an embedding that is not the head too, instead") Optional<Choice<Quantization<?>>> embedding,
            @Option(help = "scheme of attention in either part, instead") Optional<Choice<Quantization<?>>> attention,
            @Option(help = "scheme of feed-forward layers in either part, instead") Optional<Choice<Quantization<?>>> mlp,
            @Option(help = "scheme of the head, and of the embedding tied to it, instead") Optional<Choice<Quantization<?>>> head) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Storage storage(Options options, Matrix matrix) {
        Optional<Choice<Quantization<?>>> ofRole = switch (matrix.role()) {
            case EMBEDDING -> options.embedding();
            case ATTENTION -> options.attention();
            case MLP -> options.mlp();
            case HEAD -> options.head();
        };
        Choice<Quantization<?>> ofPart = switch (matrix.part()) {
            case ENCODER -> options.encoder();
            case DECODER -> options.decoder();
        };
        Choice<Quantization<?>> chosen = ofRole.orElse(ofPart);
        return storage(chosen.extension(), chosen.options(), matrix);
    }

    private static <O extends Record> Storage storage(Quantization<O> scheme, Record options, Matrix matrix) {
        return scheme.storage(scheme.optionsType().cast(options), matrix);
    }
}
