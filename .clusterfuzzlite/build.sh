#!/bin/bash -eu
# Compiles the fuzz targets of tests/fuzz and the libraries of packaging/sources with what the environment of OSS-Fuzz names: CC, CXX,
# CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE, SRC, WORK, and OUT. `./dev fuzz` is for the same targets on your own machine.

top=$SRC/kiln
installed=$WORK/installed
objects=$WORK/objects
jobs=$(nproc)
mkdir -p "$objects" "$OUT"

build_library() {  # $1: name, then words for configure
    local name=$1 file
    shift
    read -r _ _ file _ < <(grep "^$name " "$top/packaging/sources")
    rm -rf "${WORK:?}/$name"
    mkdir "$WORK/$name"
    tar -xf "$SRC/libraries/$file" -C "$WORK/$name" --strip-components 1
    (cd "$WORK/$name" && { [ -x configure ] || autoreconf -fi; } && ./configure --prefix="$installed" --disable-shared --enable-static "$@" &&
        make -j"$jobs" && make install) >"$WORK/$name.log" 2>&1 || { tail -n 40 "$WORK/$name.log"; exit 1; }
}
build_library libyaml
build_library libsodium --disable-asm
build_library pcre2 --disable-pcre2grep-jit
build_library jansson

# As `core_folders` in build.zig has them: all of kiln but its command line.
cd "$top"
sources=(src/kiln.c generators/*.c transformers/*.c)
for file in src/*/*.c; do
    case $file in src/cli/*) ;; *) sources+=("$file") ;; esac
done
export flags="-std=c17 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Isrc -I. -I$installed/include $CFLAGS"
export CC objects
compile() {
    # shellcheck disable=SC2086  # words
    for file; do $CC $flags -c "$file" -o "$objects/${file//\//-}.o"; done
}
export -f compile
printf '%s\0' "${sources[@]}" tests/fuzz/*.c | xargs -0 -n 8 -P "$jobs" bash -euc 'compile "$@"' compile

members=()
for file in "${sources[@]}"; do members+=("$objects/${file//\//-}.o"); done
rm -f "$objects/libkiln.a"
ar rcs "$objects/libkiln.a" "${members[@]}"
for file in tests/fuzz/*.c; do
    name=$(basename "$file" .c)
    # shellcheck disable=SC2086  # words
    $CXX $CXXFLAGS "$objects/${file//\//-}.o" "$objects/libkiln.a" $LIB_FUZZING_ENGINE -o "$OUT/$name" \
        "$installed/lib/libyaml.a" "$installed/lib/libsodium.a" "$installed/lib/libpcre2-8.a" "$installed/lib/libjansson.a" -lpthread -lm
    [ ! -f "tests/fuzz/$name.dict" ] || cp "tests/fuzz/$name.dict" "$OUT/"
    printf '[libfuzzer]\nmax_len = 16384\ntimeout = 20\n' >"$OUT/$name.options"
done

# shellcheck source=tests/instrumented.bash
. "$top/tests/instrumented.bash"
pack_trees "$WORK/trees"
rm -f "$OUT/fuzz_build_seed_corpus.zip"
(cd "$WORK/trees" && zip -q "$OUT/fuzz_build_seed_corpus.zip" ./*)
