package org.encore.serve;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How tokens are chosen and what is told of them.
 *
 * @param maxTokens most tokens to add; as usual for the model if empty
 * @param temperature that scores are divided by; 0 takes the likeliest token
 * @param topP only the likeliest tokens are drawn that together have this probability
 * @param choices outputs for each prompt
 * @param seed of drawing; another one each time if empty
 * @param stop texts that end an output, and are not part of it
 * @param likeliest tokens that are told with their log-probability at each position; nothing is told if empty
 * @param echo whether the prompt comes back too, with what the model says of its tokens
 * @param tokensAsIds whether tokens are named {@code token_id:N} instead of by their text, which need not be unique
 */
record Settings(OptionalInt maxTokens, double temperature, double topP, int choices, OptionalLong seed, List<String> stop, OptionalInt likeliest, boolean echo,
        boolean tokensAsIds) {}
