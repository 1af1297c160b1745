#!/bin/sh
# Words on standard input, one a line, to their sounds as the rules of espeak-ng have them, in the notation of the SIGMORPHON 2021 data: one symbol
# each, no stress, no length. Needs Debian's espeak-ng, which runs as a program of its own.
export LC_ALL=C.UTF-8
exec espeak-ng -q --ipa --sep=' ' -v en-us | sed -e 's/[ˈˌː ]//g' -e 's/n̩/ən/g' -e 's/l̩/əl/g' -e 's/ɐ/ə/g' -e 's/ᵻ/ɪ/g' -e 's/[ɾʔ]/t/g' -e 's/ɜ/ɝ/g' -e 's/r/ɹ/g' \
  -e 's/./& /g' -e 's/d ʒ/d͡ʒ/g' -e 's/t ʃ/t͡ʃ/g' -e 's/ $//'
