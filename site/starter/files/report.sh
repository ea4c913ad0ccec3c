#!/bin/sh
# Says in Markdown what a change to the help center does, for its reviewers:
#   sh .ci/report.sh OLD NEW
# OLD and NEW are two versions of the folder with content/. HELPCENTER is the program.
set -eu
old=$1 new=$2
program=${HELPCENTER:-helpcenter}
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date +%s)} # the same day for both versions
export SOURCE_DATE_EPOCH

# list prints its input as code, or a sentence if there is none.
list() {
  if [ -s "$1" ]; then
    printf '```\n'
    head -n 100 "$1"
    [ "$(wc -l <"$1")" -le 100 ] || echo '…'
    printf '```\n'
  else
    echo "$2"
  fi
}

printf '## Help center\n\n### Pages that change\n\n'
: >"$temp/pages"
for side in old new; do
  eval "folder=\$$side"
  if ! "$program" build --no-cache --no-twins --dir "$folder" --out "$temp/$side" >/dev/null 2>"$temp/errors"; then
    echo "The $side version cannot be built:"
    list "$temp/errors" ''
  else
    sed -n 's|^\([0-9a-f]*\)  \(.*/\)index\.html$|\2 \1|p' "$temp/$side/manifest.sha256" | sort >"$temp/$side.pages"
  fi
done
if [ -e "$temp/old.pages" ] && [ -e "$temp/new.pages" ]; then
  cut -d' ' -f1 "$temp/old.pages" >"$temp/old.names"
  cut -d' ' -f1 "$temp/new.pages" >"$temp/new.names"
  comm -13 "$temp/old.names" "$temp/new.names" | sed 's/^/new      /' >>"$temp/pages"
  comm -23 "$temp/old.names" "$temp/new.names" | sed 's/^/gone     /' >>"$temp/pages"
  comm -13 "$temp/old.pages" "$temp/new.pages" | cut -d' ' -f1 >"$temp/different"
  comm -12 "$temp/old.names" "$temp/different" | sed 's/^/changed  /' >>"$temp/pages"
fi
list "$temp/pages" 'None.'

printf '\n### Translations to look at\n\n'
"$program" translations --dir "$new" >"$temp/drift" 2>/dev/null || :
list "$temp/drift" 'None.'

printf '\n### Decisions that change\n\n'
: >"$temp/decisions"
for rules in "$new"/rules/*.toml; do
  if [ -e "$rules" ] && [ -e "$old/rules/${rules##*/}" ]; then
    "$program" rules diff "$old/rules/${rules##*/}" "$rules" >"$temp/diff" 2>&1 || cat "$temp/diff" >>"$temp/decisions"
  fi
done
list "$temp/decisions" 'None.'
