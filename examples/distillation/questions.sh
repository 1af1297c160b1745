#!/bin/sh
# Questions of SQuAD and what apertium makes of them in Spanish, as tab-separated pairs for apertium.yaml, split by article: what is scored is about
# subjects that nobody learnt from. Needs jq, apertium and apertium-eng-spa.
#
#     examples/distillation/questions.sh DATA/squad-dev examples/distillation
#
# from the project's folder, DATA being where your data sets are (docs/data.md); half a minute. Writes questions-train.tsv, questions-development.tsv
# and questions-test.tsv.
set -e
from=${1:?name the folder that has dev-v1.1.json and dev-v2.0.json of SQuAD}
to=${2:?name the folder to write to}
export LC_ALL=C.UTF-8
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
jq -r '.data[] | .title as $title | .paragraphs[].qas[] | [$title, (.question | gsub("\\s+"; " ") | sub("^ "; "") | sub(" $"; ""))] | @tsv' \
  "$from/dev-v1.1.json" "$from/dev-v2.0.json" | sort -u > "$folder/asked"
# of every eight articles, in the order of their titles, the first is for the test and the second for the development set
awk -F '\t' '$1 != title { title = $1; article++ } !seen[$2]++ { print article % 8 == 1 ? "test" : article % 8 == 2 ? "development" : "train", $2 }' \
  OFS='\t' "$folder/asked" > "$folder/split"
for part in train development test; do
  awk -F '\t' -v part=$part '$1 == part { print $2 }' "$folder/split" > "$folder/$part"
  "${0%/*}/apertium-spanish.sh" < "$folder/$part" | sed 's/ *$//' | paste "$folder/$part" - > "$to/questions-$part.tsv"
done
