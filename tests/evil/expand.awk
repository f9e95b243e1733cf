# SPDX-License-Identifier: Apache-2.0
# An attack's text: @OUT@, @HOME@, @CACHE@ and @MARK@ by the variables out, home, cache and mark, <<COUNT*TEXT>>
# repeated, <<chr CODE>> as that byte. With `after` set, what stands behind a line of --- alone.
!after || body { text = text $0 "\n" }
/^---$/ { body = 1 }
END {
    gsub(/@OUT@/, out, text); gsub(/@HOME@/, home, text); gsub(/@CACHE@/, cache, text); gsub(/@MARK@/, mark, text)
    while ((begin = match(text, /<<([0-9]+\*|chr )/)) > 0) {
        printf "%s", substr(text, 1, begin - 1)
        text = substr(text, begin + 2)
        end = index(text, ">>")
        word = substr(text, 1, end - 1)
        text = substr(text, end + 2)
        if (word ~ /^chr /) { printf "%c", substr(word, 5) + 0; continue }
        star = index(word, "*")
        piece = substr(word, star + 1)
        for (n = substr(word, 1, star - 1) + 0; n > 0; --n) printf "%s", piece
    }
    printf "%s", text
}
