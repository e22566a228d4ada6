# Checks how a program is hardened. The tests of installations and releases source this file.

# Fails unless an ELF program is position-independent (static or not), has relocations that are done and read-only
# before it starts, and has no memory that is both writable and executable.
is_hardened() {  # $1: the program
    local facts
    facts=$(readelf -hldW "$1")
    grep -E '^ +Type: +DYN' <<<"$facts" || { echo "$1 is not position-independent"; return 1; }
    grep -E '^ +GNU_RELRO ' <<<"$facts" || { echo "$1 has no GNU_RELRO"; return 1; }
    grep -E '\((FLAGS|FLAGS_1|BIND_NOW)\).*(NOW|$)' <<<"$facts" | grep NOW || { echo "$1 is bound lazily"; return 1; }
    grep -E '^ +GNU_STACK .* RW +0' <<<"$facts" || { echo "$1 has an executable stack"; return 1; }
    ! grep -E '^ +LOAD .* RWE ' <<<"$facts" || { echo "$1 has memory that is both writable and executable"; return 1; }
    ! grep -F TEXTREL <<<"$facts" || { echo "$1 relocates its code"; return 1; }
}
