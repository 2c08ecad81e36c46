#!/bin/sh
# Brings the catalogs up to date with the strings in the code: `make strings`.
# No line numbers and no dates in them, so that a diff shows only what a translator must look at.
set -eu
cd "$(dirname "$0")/.."
babel=.venv/bin/pybabel
$babel -q extract --no-location --omit-header --sort-output --no-wrap \
    -k gettext -k pgettext:1c,2 -k ngettext:1,2 -o locales/helpline.pot bot
for locale in kk ru uz uz_Cyrl tg ky; do
    $babel -q update --domain helpline --input-file locales/helpline.pot --output-dir locales \
        --locale "$locale" --no-fuzzy-matching --ignore-obsolete --omit-header --no-wrap --init-missing
done
