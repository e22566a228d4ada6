// cli/topics.c
//
// Topics of the help, under the names that kustomize has for them: `kiln help docs-fn`.
#include "cli/command.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/terminal.h"

static const char functions[] =
    "A function is a program that reads objects and prints objects: it generates, changes or checks them. A\n"
    "kustomization names it under generators, transformers or validators, by an object with an annotation:\n"
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
    "`exec: {path: ./add-owner}` in place of `container` names a program of this machine. Nothing is run unless the\n"
    "caller allows it: --enable-alpha-plugins, for programs of this machine --enable-exec as well.\n"
    "\n"
    "`kiln help docs-fn-spec` says what such a program reads and prints.\n";

static const char functions_specification[] =
    "A function reads one ResourceList from standard input and prints one:\n"
    "\n"
    "  apiVersion: config.kubernetes.io/v1\n"
    "  kind: ResourceList\n"
    "  functionConfig:        # the object that names the function\n"
    "    apiVersion: example.com/v1\n"
    "    kind: AddOwner\n"
    "    owner: team-a\n"
    "  items:                 # the objects so far; none for a generator\n"
    "  - apiVersion: v1\n"
    "    kind: ConfigMap\n"
    "    metadata: {name: app}\n"
    "\n"
    "The items that it prints take the place of those that it read: what it leaves out is gone, what it adds is new.\n"
    "It may say something about them in `results`, each with a `message` and a `severity` (error, warning or info).\n"
    "Standard error is for people. An exit status other than 0 ends the build.\n"
    "\n"
    "A function changes nothing but its items, and does nothing when it is run a second time.\n"
    "`kiln help docs-io-annotations` explains annotations of items that a function may see.\n";

static const char annotations[] =
    "Tools that hand objects to each other keep in annotations where an object came from:\n"
    "\n"
    "  internal.config.kubernetes.io/path    the file, relative to the directory that was read\n"
    "  internal.config.kubernetes.io/index   which of the documents of that file, from 0\n"
    "  config.kubernetes.io/path, config.kubernetes.io/index   the older names of both\n"
    "\n"
    "Who reads files sets them, who writes files follows them and takes them away. A function leaves them alone, or\n"
    "sets a path to choose the file of a new object.\n"
    "\n"
    "  config.kubernetes.io/local-config: \"true\"   an object that the build uses and does not print\n"
    "  config.kubernetes.io/origin                 set by `buildMetadata: [originAnnotations]`\n";

static const char merging[] =
    "A strategic merge patch is a part of an object. Merged into the object of the same kind and name:\n"
    "\n"
    "  a scalar    takes the place of the old one; null takes the field away\n"
    "  a map       is merged field by field\n"
    "  a list      takes the place of the old one, unless the schema knows a merge key for it, as `name` for\n"
    "              containers: then items with equal keys are merged, and new ones are put in front\n"
    "\n"
    "`$patch: delete` in an object, a map or an item takes it away, `$patch: replace` in a map sets aside what it "
    "had.\n"
    "The schema knows the kinds of Kubernetes; for others see the fields `openapi` and `crds`. JSON patches know no\n"
    "schema: they name each place by its path.\n";

static const char merging_three[] =
    "A three-way merge looks at what an object was, what it is to be, and what it is now: what somebody else set is\n"
    "kept, and what is to be no more is taken away. No build does this: it starts from files, each time from the\n"
    "beginning. It happens behind it, in the cluster or in `kubectl apply`, which remembers what was applied before.\n"
    "\n"
    "`kiln help docs-merge` explains how patches of a kustomization are merged.\n";

static const char tutorial_cfg[] =
    "`kiln cfg` looks at objects in files, whether a kustomization names them or not:\n"
    "\n"
    "  kiln cfg tree shop                           what is in which file\n"
    "  kiln cfg tree shop --image --replicas        with these fields\n"
    "  kiln cfg count shop                          how many of each kind\n"
    "  kiln cfg grep 'kind=Deployment' shop         the objects with such a field\n"
    "  kiln cfg cat shop                            all of them as one stream\n"
    "\n"
    "They read a stream without a directory, `tree` with `-`: kiln build overlays/prod | kiln cfg tree -\n";

static const char tutorial_functions[] =
    "`kiln fn run` runs functions over a directory of objects and writes the result back:\n"
    "\n"
    "  kiln fn run shop --dry-run                   print it instead\n"
    "  kiln fn run shop --fn-path functions         with the functions of another directory\n"
    "  kiln fn run shop --image registry.example.com/check:v1 -- level=strict\n"
    "\n"
    "A function is any object of the directory with the annotation config.kubernetes.io/function. In a kustomization\n"
    "it stands under generators, transformers or validators instead, and files stay as they are.\n"
    "`kiln help docs-fn` shows one.\n";

static const char exit_codes[] =
    "What the exit status of kiln says, for scripts:\n"
    "\n"
    "  0   done; warnings may stand on standard error\n"
    "  1   it failed, and standard error says why; nothing is on standard output, no file has been written\n"
    "  2   the call is wrong: an unknown command or flag, a bad value, too many words\n"
    "\n"
    "  fmt --check        1 also when a file would change; standard output lists these files\n"
    "  kubectl apply, kubectl delete   what kubectl ends with; 1 when the build failed\n"
    "  kubectl diff       what kubectl ends with: 1 when there are differences; 2 when the build failed\n"
    "  fn run, cfg tree   1 also when a part has been printed already\n"
    "\n"
    "By a name that begins with `kustomize` kiln knows only 0 and 1, as kustomize does.\n";

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

TOPIC(exit_codes, "exit-codes", "what the exit status says", exit_codes);
TOPIC(docs_fn, "docs-fn", "functions: programs that a build runs", functions);
TOPIC(docs_fn_spec, "docs-fn-spec", "what a function reads and prints", functions_specification);
TOPIC(docs_io_annotations, "docs-io-annotations", "annotations of objects on their way between tools", annotations);
TOPIC(docs_merge, "docs-merge", "how a patch is merged", merging);
TOPIC(docs_merge3, "docs-merge3", "merging with what is there already", merging_three);
TOPIC(tutorials_command_basics, "tutorials-command-basics", "looking at objects in files", tutorial_cfg);
TOPIC(tutorials_function_basics, "tutorials-function-basics", "running functions over files", tutorial_functions);
