package org.encore.tasks.metric;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Stems of English words by the suffix rules of Porter 1980, "An algorithm for suffix stripping", in the letter of the paper. */
public final class Porter {

    /** Of the rules whose suffix a word has only the first is tried, so longer suffixes stand first. */
    private record Rule(String suffix, String replacement) {
        static List<Rule> of(String... suffixesAndReplacements) {
            return java.util.Arrays.stream(suffixesAndReplacements).map(pair -> new Rule(pair.substring(0, pair.indexOf('>')),
                    pair.substring(pair.indexOf('>') + 1))).toList();
        }
    }

    private static final List<Rule> STEP_1A = Rule.of("sses>ss", "ies>i", "ss>ss", "s>");
    private static final List<Rule> STEP_1B_AFTER = Rule.of("at>ate", "bl>ble", "iz>ize");
    private static final List<Rule> STEP_2 = Rule.of("ational>ate", "tional>tion", "enci>ence", "anci>ance", "izer>ize", "abli>able", "alli>al",
            "entli>ent",
            "eli>e", "ousli>ous", "ization>ize", "ation>ate", "ator>ate", "alism>al", "iveness>ive", "fulness>ful", "ousness>ous", "aliti>al",
                    "iviti>ive",
            "biliti>ble");
    private static final List<Rule> STEP_3 = Rule.of("icate>ic", "ative>", "alize>al", "iciti>ic", "ical>ic", "ful>", "ness>");
    private static final List<Rule> STEP_4 = Rule.of("al>", "ance>", "ence>", "er>", "ic>", "able>", "ible>", "ant>", "ement>", "ment>", "ent>",
            "ion>", "ou>",
            "ism>", "ate>", "iti>", "ous>", "ive>", "ize>");

    private Porter() {}

    /** The stem of a word of lower-case letters and digits. */
    public static String stem(String word) {
        String stem = apply(STEP_1A, word, before -> true);
        stem = pastAndProgressive(stem);
        stem = apply(Rule.of("y>i"), stem, Porter::hasVowel);
        stem = apply(STEP_2, stem, before -> measure(before) > 0);
        stem = apply(STEP_3, stem, before -> measure(before) > 0);
        String third = stem;
        stem = apply(STEP_4, stem, before -> measure(before) > 1 && (!third.endsWith("ion") || before.endsWith("s") || before.endsWith("t")));
        stem = apply(Rule.of("e>"), stem, before -> measure(before) > 1 || measure(before) == 1 && !endsShort(before));
        return stem.endsWith("ll") && measure(stem) > 1 ? stem.substring(0, stem.length() - 1) : stem;
    }

    private static String apply(List<Rule> rules, String word, Predicate<String> condition) {
        for (Rule rule : rules) {
            if (word.endsWith(rule.suffix)) {
                String before = word.substring(0, word.length() - rule.suffix.length());
                return condition.test(before) ? before + rule.replacement : word;
            }
        }
        return word;
    }

    /** Step 1b. */
    private static String pastAndProgressive(String word) {
        if (word.endsWith("eed")) {
            return apply(Rule.of("eed>ee"), word, before -> measure(before) > 0);
        }
        String bare = apply(Rule.of("ed>", "ing>"), word, Porter::hasVowel);
        if (bare.equals(word)) {
            return word;
        }
        String mended = apply(STEP_1B_AFTER, bare, before -> true);
        if (!mended.equals(bare)) {
            return mended;
        }
        if (endsDoubled(bare) && "lsz".indexOf(bare.charAt(bare.length() - 1)) < 0) {
            return bare.substring(0, bare.length() - 1);
        }
        return measure(bare) == 1 && endsShort(bare) ? bare + "e" : bare;
    }

    /** Which letters are vowels: a, e, i, o, u, and y after a consonant. */
    private static boolean[] vowels(String word) {
        var vowels = new boolean[word.length()];
        for (int i = 0; i < vowels.length; i++) {
            vowels[i] = "aeiou".indexOf(word.charAt(i)) >= 0 || word.charAt(i) == 'y' && i > 0 && !vowels[i - 1];
        }
        return vowels;
    }

    /** The m of the paper: how often a consonant follows a vowel. */
    private static int measure(String word) {
        boolean[] vowels = vowels(word);
        return (int) IntStream.range(1, vowels.length).filter(i -> vowels[i - 1] && !vowels[i]).count();
    }

    private static boolean hasVowel(String word) {
        boolean[] vowels = vowels(word);
        return IntStream.range(0, vowels.length).anyMatch(i -> vowels[i]);
    }

    private static boolean endsDoubled(String word) {
        int last = word.length() - 1;
        return last > 0 && word.charAt(last) == word.charAt(last - 1) && !vowels(word)[last];
    }

    /** Consonant, vowel, consonant, the last none of w, x, y: as in hop. */
    private static boolean endsShort(String word) {
        int last = word.length() - 1;
        boolean[] vowels = vowels(word);
        return last > 1 && !vowels[last] && vowels[last - 1] && !vowels[last - 2] && "wxy".indexOf(word.charAt(last)) < 0;
    }
}
