package org.encore.bench.workload;

import java.util.Arrays;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;
import org.encore.api.option.Option;

/**
 * A conversation: the source is the first message, and every further one comes behind all that was said, answers included. A model that reads its source
 * into a cache reads what is new; one that reads a source as a whole, such as an encoder, reads everything again.
 *
 * @param messages of the user, the first one included
 * @param messageTokens of each message but the first
 * @param keep whether caches are kept from answer to answer where the model can
 */
public record Chat(
        @Option(value = "4", help = "messages of the user, the first included; that one has sourceTokens") int messages,
        @Option(value = "64", help = "length of each message but the first", unit = "tokens") int messageTokens,
        @Option(value = "true", help = "whether caches are kept from answer to answer where the model can; else all is read again") boolean keep) implements Workload {

    public Chat {
        if (messages < 1 || messageTokens < 1) {
            throw new IllegalArgumentException("a chat of " + messages + " messages of " + messageTokens + " tokens: give at least 1 of each");
        }
    }

    @Override
    public String words() {
        return "chat of " + messages + " messages, " + (keep ? "caches kept" : "all read again");
    }

    @Override
    public int requests() {
        return messages;
    }

    @Override
    public int length(int sourceTokens, int targetTokens) {
        return sourceTokens + (messages - 1) * messageTokens;
    }

    @Override
    public int room(int sourceTokens, int targetTokens) {
        return length(sourceTokens, targetTokens) + messages * (targetTokens + 1);
    }

    @Override
    public void turn(Material material, Generator generator, Clock clock) {
        int[] all = material.source(0);
        int firstTokens = all.length - (messages - 1) * messageTokens;
        var history = new int[all.length + messages * material.targetTokens()];
        System.arraycopy(all, 0, history, 0, firstTokens);
        int said = firstTokens;
        boolean reads = keep && generator.readsOn();
        for (int i = 0; i < messages; i++) {
            int before = said;
            if (i > 0) {
                System.arraycopy(all, firstTokens + (i - 1) * messageTokens, history, said, messageTokens);
                said += messageTokens;
            }
            Logits logits;
            if (i > 0 && reads) {
                // the last token of an answer was chosen and is not read yet
                int[] fresh = Arrays.copyOfRange(history, before - 1, said);
                clock.asked(fresh.length, before - 1);
                logits = generator.readOn(fresh);
            } else {
                clock.asked(said, 0);
                logits = generator.start(new int[][] {Arrays.copyOf(history, said)});
            }
            int[] answer = Greedy.generate(generator, logits, material.targetTokens(), clock);
            System.arraycopy(answer, 0, history, said, answer.length);
            said += answer.length;
        }
    }
}
