#!/bin/sh
# Beginnings of children's stories and how a language model goes on with them, up to the end of the sentence: tab-separated pairs for spans.yaml.
#
#     examples/distillation/stories.sh examples/distillation/stories260K > examples/distillation/stories.tsv
#
# from the project's folder; a minute.
set -e
model=${1:?name the folder of an imported language model, such as examples/distillation/stories260K}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
awk 'BEGIN {
  people = split("girl:She:Lily girl:She:Mia girl:She:Lucy girl:She:Anna boy:He:Tim boy:He:Ben boy:He:Tom boy:He:Sam dog:He:Max cat:She:Sara bird:He:Bob bear:He:Jack", who, " ")
  kinds = split("little big happy sad brave kind", kind, " ")
  times = split("|One day, |Every day, |In the morning, |At night, ", time, "|")
  deeds = split("loved to|wanted to|liked to play with|went to the park and saw|found a|had a friend who", deed, "|")
  for (i = 1; i <= people; i++) for (j = 1; j <= kinds; j++) for (k = 1; k <= times; k++) for (l = 1; l <= deeds; l++) {
    split(who[i], is, ":")
    print "Once upon a time, there was a " kind[j] " " is[1] " named " is[3] ". " time[k] (k == 1 ? is[2] : tolower(is[2])) " " deed[l]
  }
}' > "$folder/beginnings"
xargs -d '\n' ./encore generate "$model" --max-tokens 24 < "$folder/beginnings" > "$folder/continued"
# what is printed begins with the beginning; what follows up to the end of the sentence is the target, whatever lines come after it
awk -v OFS='\t' 'FNR == NR { beginning[++all] = $0; next }
  index($0, beginning[found + 1]) == 1 {
    rest = substr($0, length(beginning[++found]) + 2)
    if (match(rest, /[.!?]/)) rest = substr(rest, 1, RSTART)
    if (rest != "") print beginning[found], rest
  }' "$folder/beginnings" "$folder/continued"
