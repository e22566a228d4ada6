// load/git.h
//
// Clones repositories by the program `git`, into a private directory that disappears with the build.
//
// The URL and the reference come from a kustomization that may be anybody's, the content of the repository
// too. So git gets no word that it could take for an option, speaks only https, ssh and file, asks nothing,
// runs no hook and no filter, and reads no configuration but harmless settings of the user: `http.*`,
// `url.*.insteadOf`, `safe.directory`, from where his variables GIT_CONFIG_* say. Keys of the ssh agent, ~/.ssh,
// ~/.netrc and GIT_ASKPASS work; credential helpers are programs that a configuration names, and do not, unless
// `user_configuration` says so: then they, `core.sshCommand` and plain http serve to fetch what the user has named
// himself.
#pragma once

#include "base/diagnostics.h"
#include "base/temporary.h"
#include "load/remote_url.h"

struct git_clone {
    struct slice repository, reference;
    bool submodules;
    struct slice directory;  // absolute, links resolved
};

// The clones of one build: each repository is fetched once for a reference. A zeroed struct is empty.
struct git_clones {
    struct arena *arena;
    struct temporary *temporary;
    struct git_clone **items;
    size_t count, capacity;
    const struct variable_names *passed_variables;  // base/process.h: for what works on submodules; may be NULL
    bool prepared;
    bool user_configuration;
    bool has_ssh_command, has_helper;  // the user's configuration has them, and they are left out
    struct slice *settings;            // of the user, `KEY` and `VALUE` in turn
    size_t setting_count, setting_capacity;
};

// The clone for a URL, made now or before. NULL: diagnosed.
const struct git_clone *git_clones_get(struct git_clones *, const struct git_url *, struct diagnostics *,
                                       struct position);
