"""Build kustomizations with kiln.

    load("//:kiln.bzl", "kiln_build", "kiln_roots")
    load("//:kiln_roots.bzl", "CONFIG", "ROOTS")

    kiln_roots(ROOTS, kiln = "//:kiln", config = CONFIG)
"""

# A sandbox is a forest of links, and a file whose link leads out of its root is refused. So the inputs are copied first.
_SCRIPT = """
set -eu
kiln=$1 out=$2 root=$3 config=$4
shift 4
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
while [ "$1" != -- ]; do
    mkdir -p "$tree/$(dirname "$1")"
    cp -L "./$1" "$tree/$1"
    shift
done
shift
[ -z "$config" ] || set -- "--config=$tree/$config" "$@"
"$kiln" build "$tree/$root" -o "$out" "$@"
"""

def _kiln_build_impl(ctx):
    out = ctx.actions.declare_file(ctx.label.name + ".yaml")
    sources = ctx.actions.args()
    sources.add_all(ctx.files.srcs)
    ctx.actions.run_shell(
        outputs = [out],
        inputs = ctx.files.srcs,
        tools = [ctx.executable.kiln],
        command = _SCRIPT,
        arguments = [
            ctx.executable.kiln.path,
            out.path,
            ctx.attr.root,
            ctx.file.config.path if ctx.file.config else "",
            sources,
            "--",
        ] + ctx.attr.flags,
        env = {"LC_ALL": "C"},
        execution_requirements = {"block-network": "1", "supports-path-mapping": "1"},
        mnemonic = "KilnBuild",
        progress_message = "kiln build " + ctx.attr.root,
    )
    return [DefaultInfo(files = depset([out]))]

kiln_build = rule(
    implementation = _kiln_build_impl,
    doc = "Builds the kustomization of a directory into NAME.yaml.",
    attrs = {
        "config": attr.label(allow_single_file = True, doc = "the repository's .kiln.yaml"),
        "flags": attr.string_list(doc = "flags of kiln build"),
        "kiln": attr.label(mandatory = True, allow_single_file = True, executable = True, cfg = "exec"),
        "root": attr.string(mandatory = True, doc = "the directory, from the top of the workspace"),
        "srcs": attr.label_list(mandatory = True, allow_files = True, doc = "all files that the build reads"),
    },
)

def kiln_roots(roots, kiln, config = None):
    """One kiln_build for each root of a list that `kiln graph --format bazel` has made."""
    for path, root in roots.items():
        kiln_build(
            name = root["output"][:-len(".yaml")],
            config = config,
            flags = root["flags"],
            kiln = kiln,
            root = path,
            srcs = root["srcs"],
        )
