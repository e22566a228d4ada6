# The folders of build.zig compiled by clang, for its sanitizers, for libFuzzer, for coverage, and for mutants; and the
# tests below valgrind. The lists are build.zig's. `./dev` reads this file and has what it calls.

sanitizers=address,undefined
objects=$top/build/sanitize

list() { awk -v name="$1" '$1 == "const" && $2 == name, /};/' "$top/build.zig" | grep -o '"[^"]*"' | tr -d '"'; }

sources_in() {  # names of lists of folders
    local name folder
    for name in "$@"; do
        for folder in $(list "$name"); do
            [ ! -d "$top/$folder" ] || (cd "$top" && find "$folder" -maxdepth 1 -name '*.c')
        done
    done | sort
}

core_sources() { sources_in core_folders; list core_files; }

ensure_clang() {
    has clang || install_packages "$(package clang llvm)"
    echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d[n - 1]; }' |
        clang -fsanitize=fuzzer,$sanitizers -x c - -o /dev/null 2>/dev/null ||
        install_packages "$(package "libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev" llvm)"
}

compile_flags() {
    list flags
    local module
    for module in $(cut -d' ' -f1 <<<"$library_table"); do pkg-config --cflags "$module"; done
    printf '%s\n' -I"$top/src" -I"$top" -O1 -g -fno-omit-frame-pointer
}

compile() {  # stdin: sources, below the checkout; only what changed is compiled
    local flags changed=() source object
    flags=$(compile_flags | tr '\n' ' ')
    # Other flags or a changed header: everything anew. $objects/flags is as old as the oldest object.
    if [ "$(cat "$objects/flags" 2>/dev/null)" != "${flags% }" ] || [ -n "$(cd "$top" &&
        find src generators transformers tests -name '*.h' -newer "$objects/flags" | head -n 1)" ]; then
        rm -rf "$objects"
        mkdir -p "$objects"
        printf '%s\n' "${flags% }" >"$objects/flags"
    fi
    while read -r source; do
        object=$objects/$source.o
        [ ! "$object" -nt "$top/$source" ] || continue
        mkdir -p "$(dirname "$object")"
        changed+=("$source")
    done
    [ ${#changed[@]} -gt 0 ] || return 0
    # shellcheck disable=SC2016  # the inner shell expands them
    printf '%s\n' "${changed[@]}" | xargs -P "$jobs" -I{} sh -c \
        'cd "$1" && clang $2 $3 -c "$4" -o "$5/$4.o"' \
        compile "$top" "$flags" "$(instrument)" {} "$objects"
}

link() {  # $1: output, $2: kind of program, stdin: sources
    # shellcheck disable=SC2046  # words
    clang $(instrument_program "$2") -o "$1" $(sed "s|.*|$objects/&.o|") \
        $(pkg-config --libs $(cut -d' ' -f1 <<<"$library_table")) ${3:-} -lpthread -lm
}

# What clang adds to a file, and to a program of such files.
instrument() {
    case $sanitizers in
    coverage) echo '-fprofile-instr-generate -fcoverage-mapping' ;;
    *) echo "-fsanitize=$sanitizers${coverage-,fuzzer-no-link} -fno-sanitize-recover=all" ;;
    esac
}

instrument_program() {  # $1: kind of program
    case $sanitizers in
    coverage) echo '-fprofile-instr-generate' ;;
    *) echo "-fsanitize=$1$sanitizers" ;;
    esac
}

build_sanitized() {
    ensure_clang
    { core_sources; sources_in cli_folders test_folders; echo src/main.c; } | compile
    { core_sources; sources_in cli_folders; echo src/main.c; } | link "$objects/kiln" ""
    { core_sources; sources_in cli_folders test_folders; } | link "$objects/kiln-tests" "" "$(pkg-config --libs cmocka)"
}

# The thread sanitizer stands with no other one. What may run at once runs in the suites `threads` and `session`.
run_thread_sanitizer() {
    # libFuzzer counts what runs, without a lock.
    local sanitizers=thread coverage= objects=$top/build/sanitize-threads
    { core_sources; sources_in cli_folders test_folders; } | compile
    { core_sources; sources_in cli_folders test_folders; } | link "$objects/kiln-tests" "" "$(pkg-config --libs cmocka)"
    (cd "$top" && export TSAN_OPTIONS=halt_on_error=1:exitcode=99 KILN=$top/zig-out/bin/kiln &&
        "$objects/kiln-tests" threads && "$objects/kiln-tests" session)
}

# Which lines the suites and golden builds have run, those of each kiln that a test starts included.
run_cover() {  # names, as for test
    local sanitizers=coverage objects=$top/build/cover totals
    ensure_clang
    ensure_libraries "$test_library_table"
    ensure_test_tools
    build
    { core_sources; sources_in cli_folders test_folders; echo src/main.c; } | compile
    { core_sources; sources_in cli_folders; echo src/main.c; } | link "$objects/kiln" ""
    { core_sources; sources_in cli_folders test_folders; } | link "$objects/kiln-tests" "" "$(pkg-config --libs cmocka)"
    rm -rf "$objects/profiles" "$objects/html"
    export LLVM_PROFILE_FILE=$objects/profiles/%8m.profraw
    test_with ", for coverage" "$objects" "$@"
    unset LLVM_PROFILE_FILE
    llvm-profdata merge -o "$objects/profile" "$objects"/profiles/*.profraw
    llvm-cov show -format=html -output-dir="$objects/html" -instr-profile="$objects/profile" \
        -ignore-filename-regex="^$top/tests/" "$objects/kiln" -object "$objects/kiln-tests"
    totals=$(llvm-cov report -instr-profile="$objects/profile" -ignore-filename-regex="^$top/tests/" \
        "$objects/kiln" -object "$objects/kiln-tests" | tail -n 1)
    echo "$(awk '{print $10}' <<<"$totals") of the lines have run: build/cover/html/index.html"
    [ "$failed" = 0 ]
}

# Each suite, and each kiln that a test starts. valgrind watches the memory of a C library that it can put its own into:
# not of a static one.
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
    # A message of valgrind's, wherever it came from, is a failure.
    find "$folder/logs" -type f -size +0 -exec cat {} + | head -n 100
    name=$(find "$folder/logs" -type f -size +0 | wc -l)
    echo "$passed passed, $((failed + name)) failed, $skipped skipped"
    [ $((failed + name)) = 0 ]
}

# Small changes that a test has to see; the tests pass without them.
run_mutants() {  # $1: part of a file's name
    ensure_clang
    ensure_libraries "$library_table"
    ensure_libraries "$test_library_table"
    ensure_test_tools
    # shellcheck disable=SC2046  # words
    MUTANTS_FLAGS="$(list flags | tr '\n' ' ') -I$top/src -I$top" \
        MUTANTS_LIBRARIES="$(pkg-config --libs $(cut -d' ' -f1 <<<"$library_table") cmocka) -lpthread -lm" \
        MUTANTS_KILN="$(core_sources; sources_in cli_folders; echo src/main.c)" \
        MUTANTS_TESTS="$(core_sources; sources_in cli_folders test_folders)" \
        python3 "$top/tests/mutants.py" "$@"
}

fuzz_targets() { (cd "$top/tests/fuzz" 2>/dev/null && ls ./*.c 2>/dev/null | sed 's|^\./||; s|\.c$||') || true; }

build_fuzz_target() {  # $1: its name
    ensure_clang
    { core_sources; echo "tests/fuzz/$1.c"; } | compile
    { core_sources; echo "tests/fuzz/$1.c"; } | link "$objects/$1" fuzzer,
}

# The trees of fixtures and examples, each in one file of the form that tests/fuzz/fuzz_build.c reads.
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
    "$objects/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=16384 \
        -artifact_prefix="$top/build/fuzz/findings/$target-" "$@" "${folders[@]}"
}
