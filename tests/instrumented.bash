# Programs that clang compiles for build.zig, with sanitizers, libFuzzer, or coverage; mutants; and tests under
# valgrind. `./dev` sources this file, which uses its functions.

can_compile() {  # $1: sanitizers; standard input: C
    clang -fsanitize="$1" -x c - -o /dev/null 2>/dev/null
}

ensure_clang() {
    has clang || install_packages "$(package clang llvm)"
    # Before version 15, clang's dependencies include the sanitizers.
    echo 'int main(void) { return 0; }' | can_compile address,undefined ||
        install_packages "$(package "libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev" llvm)"
    # libFuzzer needs the C++ library of the newest GCC on the machine, which may have come without it.
    echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d[n - 1]; }' |
        can_compile fuzzer,address,undefined || ! has apt-get ||
        install_packages "libstdc++-$(clang -v 2>&1 | sed -n 's|^Selected GCC installation: .*/||p' | cut -d. -f1)-dev"
}

# Builds steps of build.zig with an instrument into the folder of build/ that is named after it.
build_instrumented() {  # $1: address, thread or coverage; further: steps of build.zig
    local instrument=$1
    shift
    ensure_clang
    ensure_libraries "$library_table"
    ensure_zig
    (cd "$top" && "$zig" build -Dinstrument="$instrument" --prefix "$top/build/$instrument" "$@" >&2)
}

# The thread sanitizer can't be combined with others. The suites `threads` and `session` cover parallel code.
run_thread_sanitizer() {
    build_instrumented thread instrumented || return
    (cd "$top" && export TSAN_OPTIONS=halt_on_error=1:exitcode=99 KILN=$top/zig-out/bin/kiln &&
        build/thread/bin/kiln-tests threads && build/thread/bin/kiln-tests session)
}

# Reports which lines the suites and golden builds run, including each kiln that a test starts.
run_cover() {  # names, as for test
    local folder=$top/build/coverage totals
    local programs=("$folder/bin/kiln" -object "$folder/bin/kiln-tests" "-ignore-filename-regex=^($top/)?tests/")
    ensure_libraries "$test_library_table"
    ensure_test_tools
    build
    build_instrumented coverage instrumented
    rm -rf "$folder/profiles" "$folder/html"
    export LLVM_PROFILE_FILE=$folder/profiles/%8m.profraw
    test_with ", for coverage" "$folder/bin" "$@"
    unset LLVM_PROFILE_FILE
    llvm-profdata merge -o "$folder/profile" "$folder"/profiles/*.profraw
    cd "$top"
    llvm-cov show -format=html -output-dir="$folder/html" -instr-profile="$folder/profile" "${programs[@]}"
    totals=$(llvm-cov report -instr-profile="$folder/profile" "${programs[@]}" | tail -n 1)
    echo "$(awk '{print $10}' <<<"$totals") of the lines were run: build/coverage/html/index.html"
    [ "$failed" = 0 ]
}

# Runs each suite, and each kiln that a test starts, under valgrind. It can replace the allocator of a shared C library
# but not of a static one.
run_valgrind() {
    local folder=$top/build/valgrind name
    has valgrind || install_packages valgrind
    ensure_libraries "$test_library_table"
    ensure_test_tools
    rm -rf "$folder"
    build install tests -Dstatic=false --prefix "$folder/real"
    mkdir -p "$folder/bin" "$folder/logs"
    ln -s kiln "$folder/real/bin/kubectl_kiln"
    cat >"$folder/bin/kiln" <<END
#!/bin/sh
exec $(command -v valgrind) -q --error-exitcode=99 --log-file=$folder/logs/%p "$folder/real/bin/\${0##*/}" "\$@"
END
    chmod +x "$folder/bin/kiln"
    export KILN=$folder/bin/kiln KILN_UNDER_VALGRIND=1
    [ $# -gt 0 ] || set -- $(sed -n 's/^SUITE(\(.*\))$/\1/p' "$top/tests/suites.h") --golden
    for name in "$@"; do
        if [ "$name" = --golden ]; then
            step "golden builds, valgrind" in_top "$folder/real/bin/kiln-tests" --golden
        else
            step "suite $name, valgrind" in_top valgrind -q --error-exitcode=99 --log-file="$folder/logs/%p" \
                "$folder/real/bin/kiln-tests" "$name"
        fi
    done
    # Any message from valgrind is a failure.
    find "$folder/logs" -type f -size +0 -exec cat {} + | head -n 100
    name=$(find "$folder/logs" -type f -size +0 | wc -l)
    echo "$passed passed, $((failed + name)) failed, $skipped skipped"
    [ $((failed + name)) = 0 ]
}

# Applies small changes that a test must notice. The tests pass without them.
run_mutants() {  # $1: part of a file's name
    ensure_clang
    ensure_libraries "$test_library_table"
    ensure_test_tools
    build
    python3 "$top/tests/mutants.py" "$@"
}

fuzz_targets() { (cd "$top/tests/fuzz" 2>/dev/null && ls ./*.c 2>/dev/null | sed 's|^\./||; s|\.c$||') || true; }

# Packs each tree of the fixtures and examples into a file, in the form that tests/fuzz/fuzz_build.c reads.
pack_trees() {  # $1: into
    local tree file packed
    mkdir -p "$1"
    for tree in "$top"/fixtures/*/*/input "$top"/examples/*; do
        [ -d "$tree" ] || continue
        packed=$1/$(echo "${tree#"$top"/}" | tr / -)
        [ ! -e "$packed" ] || continue
        find "$tree" -type f -size -8k | sort | while read -r file; do
            printf '=== %s\n' "${file#"$tree"/}"
            cat "$file"
            echo
        done | head -c 16000 >"$packed"
    done
}

fuzz() {  # $1: target, $2: seconds, further: for libFuzzer
    local target=$1 seconds=$2 corpus=${corpora:-$top/build/fuzz}/$1 seeds=$top/tests/fuzz/corpus/$1 folders
    shift 2
    folders=("$corpus")
    mkdir -p "$corpus" "$top/build/fuzz/findings"
    [ ! -d "$seeds" ] || folders+=("$seeds")
    if [ "$target" = fuzz_build ]; then
        pack_trees "$top/build/fuzz/trees"
        folders+=("$top/build/fuzz/trees")
    fi
    [ ! -f "$top/tests/fuzz/$target.dict" ] || set -- "$@" "-dict=$top/tests/fuzz/$target.dict"
    "$top/build/address/bin/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=16384 \
        -artifact_prefix="$top/build/fuzz/findings/$target-" "$@" "${folders[@]}"
}
