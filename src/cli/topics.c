// cli/topics.c
//
// Help topics, under kustomize's names: `kiln help docs-fn`.
#include "cli/command.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/terminal.h"

static const char functions[] =
    "A function is a program that reads and prints resources: it generates, changes, or checks them. A kustomization\n"
    "lists it under generators, transformers, or validators, as a resource with an annotation:\n"
    "\n"
    "  transformers:\n"
    "  - |-\n"
    "    apiVersion: example.com/v1\n"
    "    kind: AddOwner\n"
    "    metadata:\n"
    "      name: add-owner\n"
    "      annotations:\n"
    "        config.kubernetes.io/function: |\n"
    "          container:\n"
    "            image: registry.example.com/add-owner:v1\n"
    "    owner: team-a\n"
    "\n"
    "Instead of `container`, `exec: {path: ./add-owner}` names a local program. kiln runs functions only with\n"
    "--enable-alpha-plugins, and local programs only with --enable-exec as well.\n"
    "\n"
    "Run `kiln help docs-fn-spec` for what such a program reads and prints.\n";

static const char functions_specification[] =
    "A function reads one ResourceList from standard input and prints one:\n"
    "\n"
    "  apiVersion: config.kubernetes.io/v1\n"
    "  kind: ResourceList\n"
    "  functionConfig:        # the resource that declares the function\n"
    "    apiVersion: example.com/v1\n"
    "    kind: AddOwner\n"
    "    owner: team-a\n"
    "  items:                 # the resources so far; for a generator, only its own configuration\n"
    "  - apiVersion: v1\n"
    "    kind: ConfigMap\n"
    "    metadata: {name: app}\n"
    "\n"
    "The items that it prints replace those that it read: what it leaves out is removed, and what it adds is new.\n"
    "It can report on them in `results`, each with a `message` and a `severity` (error, warning, or info).\n"
    "Standard error is for people. An exit status other than 0 stops the build.\n"
    "\n"
    "A function should change only its items, and running it again should change nothing more.\n"
    "Run `kiln help docs-io-annotations` for the annotations that a function may see on items.\n";

static const char annotations[] =
    "Tools that pass resources to each other use annotations to remember where a resource came from:\n"
    "\n"
    "  internal.config.kubernetes.io/path    the file, relative to the directory that was read\n"
    "  internal.config.kubernetes.io/index   the number of the document in that file, from 0\n"
    "  config.kubernetes.io/path, config.kubernetes.io/index   older names for both\n"
    "\n"
    "The tool that reads the files sets them; the tool that writes the files follows and removes them. A function\n"
    "should leave them alone, or set a path to choose the file of a new resource.\n"
    "\n"
    "  config.kubernetes.io/local-config: \"true\"   a resource that the build uses but doesn't print\n"
    "  config.kubernetes.io/origin                 set by `buildMetadata: [originAnnotations]`\n";

static const char merging[] =
    "A strategic merge patch is a partial resource. When it is merged into the resource of the same kind and name:\n"
    "\n"
    "  a scalar    replaces the old one; null removes the field\n"
    "  a map       is merged field by field\n"
    "  a list      replaces the old one, unless the schema has a merge key for it, such as `name` for containers:\n"
    "              then items with equal keys are merged, and the patch's items come first\n"
    "\n"
    "`$patch: delete` in a resource, map, or item removes it. `$patch: replace` in a map discards its old content.\n"
    "The schema knows the kinds of Kubernetes. For others, name a schema in the field `openapi`; it replaces the\n"
    "built-in one. JSON patches don't use a schema: they name each field by its path.\n";

static const char merging_three[] =
    "A three-way merge compares what a resource was, what it should be, and what it is now. It keeps what others have\n"
    "set, and removes what should no longer exist. A build never does this, because it always starts from files. It\n"
    "happens later, in the cluster or in `kubectl apply`, which remembers what was applied before.\n"
    "\n"
    "Run `kiln help docs-merge` for how the patches of a kustomization are merged.\n";

static const char tutorial_cfg[] =
    "`kiln cfg` shows the resources in files, whether or not a kustomization lists them:\n"
    "\n"
    "  kiln cfg tree shop                           which file contains what\n"
    "  kiln cfg tree shop --image --replicas        with these fields\n"
    "  kiln cfg count shop                          how many of each kind\n"
    "  kiln cfg grep 'kind=Deployment' shop         the resources that match\n"
    "  kiln cfg cat shop                            all of them as one stream\n"
    "\n"
    "Without a directory, they read standard input. `tree` is the exception: it reads the current directory, or\n"
    "standard input if you write `-`: kiln build overlays/prod | kiln cfg tree -\n";

static const char tutorial_functions[] =
    "`kiln fn run` runs functions on a directory of resources and writes the result back:\n"
    "\n"
    "  kiln fn run shop --dry-run                   print it instead\n"
    "  kiln fn run shop --fn-path functions         with the functions of another directory\n"
    "  kiln fn run shop --image registry.example.com/check:v1 -- level=strict\n"
    "\n"
    "Any resource in the directory with the annotation config.kubernetes.io/function declares a function. A\n"
    "kustomization lists it under generators, transformers, or validators instead, and files stay as they are.\n"
    "Run `kiln help docs-fn` for an example.\n";

static const char exit_codes[] =
    "The exit status of kiln, for scripts:\n"
    "\n"
    "  0   success; there may be warnings on standard error\n"
    "  1   failure; standard error says why. kiln prints and writes nothing for a root that fails\n"
    "  2   usage error: an unknown command or flag, an invalid value, or the wrong number of arguments\n"
    "\n"
    "Some commands differ:\n"
    "\n"
    "  affected           1 also with --exit-code if a root is affected, with --diff if something differs, or with\n"
    "                     --check if there is an error; 2 also if kiln can't tell\n"
    "  check              1 if a finding has at least the level of --fail-on, or if a root doesn't build\n"
    "  diff               1 if something differs; 2 also if kiln can't tell\n"
    "  fmt --check        1 also if a file would change; standard output lists these files\n"
    "  fn run             1 also if a function with deferFailure failed; the result is still written\n"
    "  graph --check      1 also if the file of -o is out of date\n"
    "  kubectl apply, create, delete, get, replace   the exit status of kubectl; 1 if the build failed\n"
    "  kubectl diff       the exit status of kubectl: 1 if there are differences; 2 if the build failed\n"
    "  trace              2 also if there is no answer, or if the root doesn't build\n"
    "\n"
    "If kiln is called by a name that begins with `kustomize`, it uses only 0 and 1, as kustomize does.\n";

static enum status run(struct invocation *call)
{
    struct operands operands = {0};
    if (options_parse(call, NULL, &operands) == OPTIONS_WRONG)
        return STATUS_USAGE;
    return terminal_write_result(call->diagnostics, slice_from(call->command->topic));
}

#define TOPIC(variable, title, line, text)                                                                             \
    const struct command variable##_command = {                                                                        \
        .name = title, .summary = line, .topic = text, .hidden = true, .run = run}

TOPIC(exit_codes, "exit-codes", "exit statuses", exit_codes);
TOPIC(docs_fn, "docs-fn", "functions: programs that a build runs", functions);
TOPIC(docs_fn_spec, "docs-fn-spec", "what a function reads and prints", functions_specification);
TOPIC(docs_io_annotations, "docs-io-annotations", "annotations on resources that tools pass to each other",
      annotations);
TOPIC(docs_merge, "docs-merge", "how a patch is merged", merging);
TOPIC(docs_merge3, "docs-merge3", "merging with what already exists", merging_three);
TOPIC(tutorials_command_basics, "tutorials-command-basics", "showing resources in files", tutorial_cfg);
TOPIC(tutorials_function_basics, "tutorials-function-basics", "running functions on files", tutorial_functions);
