# What a program shows of its hardening. The tests of what is installed and of releases read this file.

# Fails unless an ELF program is loaded anywhere (static or not), has read-only relocations that are done before it starts, and no
# memory that is both written and run.
is_hardened() {  # $1: the program
    local facts
    facts=$(readelf -hldW "$1")
    grep -E '^ +Type: +DYN' <<<"$facts" || { echo "$1 is not position-independent"; return 1; }
    grep -E '^ +GNU_RELRO ' <<<"$facts" || { echo "$1 has no GNU_RELRO"; return 1; }
    grep -E '\((FLAGS|FLAGS_1|BIND_NOW)\).*(NOW|$)' <<<"$facts" | grep NOW || { echo "$1 is bound lazily"; return 1; }
    grep -E '^ +GNU_STACK .* RW +0' <<<"$facts" || { echo "$1 has an executable stack"; return 1; }
    ! grep -E '^ +LOAD .* RWE ' <<<"$facts" || { echo "$1 has memory that is written and run"; return 1; }
    ! grep -F TEXTREL <<<"$facts" || { echo "$1 relocates its code"; return 1; }
}
