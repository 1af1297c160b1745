package org.encore.tokenizers;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.encore.api.option.Nearest;

/** Which tokens of a foreign file fill up, begin and end: as told, or by the names that files usually have for them. */
enum SpecialTokens {
    END("end", List.of("</s>", "[SEP]", "<eos>", "[EOS]", "<|eos|>", "<|end_of_text|>", "<|endoftext|>", "<|im_end|>")),
    PAD("pad", List.of("<pad>", "[PAD]", "<|pad|>", "<|padding|>", "<|PAD|>", "<|finetune_right_pad_id|>")),
    START("start", List.of("<s>", "[CLS]", "<bos>", "[BOS]", "<|bos|>", "<|begin_of_text|>", "<|startoftext|>"));

    private static final int SHOWN = 20;

    private final String option;
    private final List<String> usual;

    SpecialTokens(String option, List<String> usual) {
        this.option = option;
        this.usual = usual;
    }

    /**
     * The id.
     *
     * @param told the token, if the user named one
     * @param otherwise what takes its place if the file has no usual one
     * @throws IllegalArgumentException if the named token is not there, or none can be guessed; the message has the candidates
     */
    int in(TokenizerFile file, Optional<String> told, OptionalInt otherwise) {
        if (told.isPresent()) {
            Integer id = file.ids().get(told.get());
            if (id == null) {
                throw new IllegalArgumentException("the tokenizer has no token '" + told.get() + "' for '" + option + "'. "
                        + Nearest.suggestion(told.get(), candidates(file)));
            }
            return id;
        }
        for (String token : usual) {
            Integer id = file.ids().get(token);
            if (id != null) {
                return id;
            }
        }
        return otherwise.orElseThrow(() -> new IllegalArgumentException("which token does the tokenizer have for '" + option + "'? None is called "
                + String.join(", ", usual) + ". Name it: {huggingface: {" + option + ": TOKEN}}"
                + (file.added().isEmpty() ? "; any token of its vocabulary will do." : ", such as one of " + String.join(", ", candidates(file))
                        + ".")));
    }

    private static List<String> candidates(TokenizerFile file) {
        return file.added().stream().limit(SHOWN).toList();
    }
}
