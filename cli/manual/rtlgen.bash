# SPDX-License-Identifier: Apache-2.0
# Completion of rtlgen for bash. It asks the program's own --help, so that it never lags behind.

# _rtlgen_help WORD...: the help text of the program or of one command.
_rtlgen_help() { RTLGEN_NO_BUILD=1 "$@" --help 2>/dev/null </dev/null; }

_rtlgen() {
    local program=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' word words
    COMPREPLY=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in -*) ;; *) command=$word; break ;; esac
    done
    if [[ -z $command ]]; then
        case $current in
            -*) words=$(_rtlgen_help "$program" | grep -oE -- '(^|[ ,])--?[A-Za-z][A-Za-z0-9-]*' | tr -d ' ,') ;;
            *) words=$(_rtlgen_help "$program" | sed -n '/^[Ss][Uu][Bb][Cc]/,$s/^  \([a-z][a-z-]*\).*/\1/p') ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
        return
    fi
    if [[ $current == -* ]]; then
        words=$(_rtlgen_help "$program" "$command" |
            grep -oE -- '^ +(-[A-Za-z],)?--[A-Za-z][A-Za-z0-9-]*' | tr ',' '\n' | tr -d ' ')
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
        return
    fi
    # Values that the help lists as {one,two}; anything else may be a file.
    if [[ $previous == --* ]]; then
        words=$(_rtlgen_help "$program" "$command" |
            sed -n -E "s/^.*(^|[ ,])$previous[ ].*\{([A-Za-z0-9_,-]+)\}.*/\2/p" | head -n 1 | tr ',' '\n')
        if [[ -n $words ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
            return
        fi
    fi
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}

complete -F _rtlgen rtlgen
