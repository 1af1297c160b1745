#!/usr/bin/env python3
"""Writes merges.txt beside the corpus of org.encore.tasks.tests.BytePairEncodingTest: what Hugging Face's own trainer learns of it.

    pip install tokenizers==0.23.2
    make_bpe_golden.py tests/org.encore.tasks.tests/src/org/encore/tasks/tests
"""
import json
import pathlib
import sys

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

folder = pathlib.Path(sys.argv[1])
lines = (folder / "corpus.txt").read_text(encoding="utf-8").split("\n")[:-1]
tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
trainer = trainers.BpeTrainer(vocab_size=900, min_frequency=2, special_tokens=["<pad>", "<s>", "</s>"], show_progress=False,
                              initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
tokenizer.train_from_iterator(lines, trainer)
merges = json.loads(tokenizer.to_str())["model"]["merges"]
(folder / "merges.txt").write_text("".join(" ".join(merge) + "\n" for merge in merges), encoding="utf-8")
print(len(merges), "merges, vocabulary", tokenizer.get_vocab_size())
