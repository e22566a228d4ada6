# Debian packages, for this machine's processor and for others. `./dev` sources this file, which uses its functions.

debian_architecture() { dpkg --print-architecture 2>/dev/null || true; }

# Unpacks the libraries of another architecture. Nothing is installed, and apt's own lists don't change.
ensure_foreign_libraries() {  # $1: Debian's name of it, $2: the folder
    local state=$2/.apt packages package
    packages="$(cut -d' ' -f3 <<<"$library_table") libc6-dev"
    [ ! -e "$2/.complete" ] || return 0
    say "fetching libraries for $1"
    rm -rf "$2"
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
    local options=(-o "APT::Architecture=$1" -o "APT::Architectures::=$1" -o "Dir::State=$state" -o "Dir::State::Lists=$state/lists"
        -o "Dir::State::Status=$state/status" -o "Dir::Cache=$state/cache" -o APT::Sandbox::User=)
    : >"$state/status"
    quietly apt-get "${options[@]}" update
    packages="$packages $(gcc_archives)"
    # shellcheck disable=SC2086  # words
    (cd "$state" && quietly apt-get "${options[@]}" download $packages)
    for package in "$state"/*.deb; do dpkg-deb --extract "$package" "$2"; done
    touch "$2/.complete"
}

build_package() {  # $1: Debian's name of an architecture; prints where the package is
    has dpkg-deb || die "cannot find dpkg-deb: packages can only be made on Debian"
    local architecture=$1 root=$top/build/package-$1 version output options=()
    version=$(sed -n 's/^#define KILN_VERSION "\(.*\)"$/\1/p' "$top/src/cli/version.h")
    output=$top/build/kiln_${version}_$architecture.deb
    rm -rf "$root" "$output"
    if [ "$architecture" != "$(debian_architecture)" ]; then
        local libraries=$top/build/libraries-$architecture cpu
        case $architecture in amd64) cpu=x86_64 ;; arm64) cpu=aarch64 ;; *) die "packages can only be made for amd64 and arm64" ;; esac
        ensure_foreign_libraries "$architecture" "$libraries"
        # A program that runs on this machine prints the manual and the completions.
        build install --prefix "$root/here" || return
        mkdir -p "$root/usr"
        mv "$root/here/share" "$root/usr/share"
        rm -rf "$root/here"
        export PKG_CONFIG_SYSROOT_DIR=$libraries PKG_CONFIG_LIBDIR=$libraries/usr/lib/$cpu-linux-gnu/pkgconfig
        export PKG_CONFIG_ALLOW_SYSTEM_LIBS=1 PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1
        options=("-Dtarget=$cpu-linux-gnu.2.34")
    fi
    build install --prefix "$root/usr" ${options[@]+"${options[@]}"} || return
    "$top/packaging/deb" "$root" "$architecture" "$output" || return
    echo "$output"
}
