#!/bin/sh
# Brings the catalogs up to date with the strings in the code: `make strings`.
# No line numbers and no dates in them, so that a diff shows only what a translator must look at.
# The bot's words are in its six languages; the console's in Russian and Kazakh (and English), and
# with them what a check of the answers finds (bot/answers/sentence.py).
# usage: strings.sh [FOLDER]   with a folder: only extract, into it
set -eu
cd "$(dirname "$0")/.."
into=${1:-locales}
babel=.venv/bin/pybabel
extract="$babel -q extract --no-location --omit-header --sort-output --no-wrap"
$extract -k gettext -k pgettext:1c,2 -k ngettext:1,2 --ignore-dirs "answers console .* _*" \
    -o "$into/helpline.pot" bot
$extract -k gettext -k ngettext:1,2 -k N_ -k NN_:1,2 -F tools/babel_console.cfg \
    -o "$into/console.pot" bot/answers bot/console
test $# -eq 0 || exit 0
update() { # domain, locale
    $babel -q update --domain "$1" --input-file "locales/$1.pot" --output-dir locales \
        --locale "$2" --no-fuzzy-matching --ignore-obsolete --omit-header --no-wrap --init-missing
}
for locale in kk ru uz uz_Cyrl tg ky; do
    update helpline "$locale"
done
for locale in kk ru; do
    update console "$locale"
done
