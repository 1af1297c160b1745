#!/usr/bin/env python3
"""Prints the expected values of org.encore.tasks.tests.MetricReferenceTest, computed by others:

    pip install sacrebleu==2.6.0 nltk==3.10.3
    make_metric_golden.py WORDS EVALUATOR

WORDS     cmudict-en-us.dict as in de.sciss:sphinx4-data:1.0.0, whose words are stemmed by nltk
EVALUATOR the folder Code-Code/code-to-code-trans/evaluator of github.com/microsoft/CodeXGLUE at ac74a62, whose bleu.py is called
"""
import hashlib
import re
import sys

import sacrebleu
from nltk.stem.porter import PorterStemmer

sys.path.insert(0, sys.argv[2])
import bleu  # noqa: E402

# output, references
CORPUS = [
    ("The dog bit the man.", ["The dog bit the man.", "The dog had bit the man."]),
    ("It was not unexpected.", ["It wasn't surprising.", "No one was surprised."]),
    ("The man bit him first.", ["The man had just bitten him.", "The man had bitten the dog."]),
    ("", ["nothing at all"]),
    ("na\u00efve caf\u00e9\u00a0\U0001f600\U0001f601 x", ["naive caf\u00e9 \U0001f600 y", "na\u00efve  caf\u00e9"]),
    ("a", ["a b c d e f g"]),
]


def codexglue(corpus):
    return 100 * bleu.compute_bleu([[r.strip().split() for r in refs] for _, refs in corpus], [o.strip().split() for o, _ in corpus], 4, True)[0]


def chrf(corpus):
    most = max(len(refs) for _, refs in corpus)
    streams = [[refs[i] if i < len(refs) else None for _, refs in corpus] for i in range(most)]
    return sacrebleu.metrics.CHRF().corpus_score([o for o, _ in corpus], streams).score


print("bleu", codexglue(CORPUS))
print("chrf", chrf(CORPUS))
for one in CORPUS:
    print(repr(one[0]), "bleu", "-" if not one[0] else codexglue([one]), "chrf", chrf([one]))

heads = (re.sub(r"\(.*", "", line.split(" ")[0]) for line in open(sys.argv[1], encoding="utf-8"))
words = sorted({word for word in heads if re.fullmatch(r"[a-z]{4,}", word)})
stem = PorterStemmer(PorterStemmer.ORIGINAL_ALGORITHM).stem
print("stems of", len(words), "words", hashlib.sha256("".join(stem(w) + "\n" for w in words).encode()).hexdigest())
