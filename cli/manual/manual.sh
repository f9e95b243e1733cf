#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The manual page on stdout: rtlgen.1.in with the help that PROGRAM itself prints.
#
#   cli/manual/manual.sh PROGRAM
set -eu

program=${1:?usage: manual.sh PROGRAM}
template=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/rtlgen.1.in
help=$("$program" --help)
version=$("$program" --version)
version=${version%%
*}

# roff: backslashes and leading dots or quotes are commands.
verbatim() {
    printf '.nf\n'
    sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^[.']/\\\\\&&/"
    printf '.fi\n'
}
# Rows of the help: two spaces, a name, its summary.
rows() {
    printf '%s\n' "$help" | awk 'tolower($0) ~ /^subcommands:/ { on = 1; next } on && /^  [a-z]/ { print $1 }'
}

while IFS= read -r line; do
    case $line in
        @COMMANDS@)
            rows | while IFS= read -r command; do
                printf '.SS rtlgen %s\n' "$command"
                "$program" "$command" --help </dev/null | verbatim
            done
            ;;
        @OPTIONS@)
            printf '%s\n' "$help" |
                awk 'tolower($0) ~ /^options:/ { on = 1; next } /^[A-Za-z]/ { on = 0 } on && NF' | verbatim
            ;;
        *@VERSION@*) printf '%s%s%s\n' "${line%%@VERSION@*}" "$version" "${line#*@VERSION@}" ;;
        *) printf '%s\n' "$line" ;;
    esac
done <"$template"
