#!/bin/sh
# English sentences on standard input, one a line, to Spanish by the rules and dictionaries of apertium, one a line. Needs Debian's apertium and
# apertium-eng-spa, which run as programs of their own.
#
# -u: words that its dictionary lacks stay as they are, without a mark. -f line: no full stop is added where a line has none. What a word is taken for
# may still depend on the lines around it (benchmarks/apertium.md).
export LC_ALL=C.UTF-8
tr -s ' ' | apertium -u -f line eng-spa | tr -s ' '
