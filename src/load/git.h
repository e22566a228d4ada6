// load/git.h
//
// Clones repositories with the program `git`, into a private directory that is removed after the build.
//
// The URL, the reference, and the content of the repository may come from an untrusted author. So kiln never passes git
// an argument that could be read as an option. git asks no questions and runs no hooks or filters. It may use only
// https, ssh, and file (for submodules, only https and ssh), unless the user sets GIT_ALLOW_PROTOCOL: then those of
// https, ssh, file, and http that it lists. Of the user's configuration it gets only harmless settings: `http.*`,
// `url.*.insteadOf`, and `safe.directory`, from wherever the GIT_CONFIG_* variables point. Keys of the ssh agent,
// ~/.ssh, ~/.netrc, and GIT_ASKPASS work.
//
// Credential helpers are programs that a configuration names, so they don't work unless `user_configuration` is set.
// Then helpers, `core.sshCommand`, and plain http can be used to fetch what the user has named directly.
#pragma once

#include "base/diagnostics.h"
#include "base/temporary.h"
#include "load/remote_url.h"

struct git_clone {
    struct slice repository, reference;
    bool submodules;
    struct slice directory;  // absolute, links resolved
};

// The clones of one build: each repository is fetched once per reference. A zeroed struct is empty.
struct git_clones {
    struct arena *arena;
    struct temporary *temporary;
    struct git_clone **items;
    size_t count, capacity;
    const struct variable_names *passed_variables;  // base/process.h: for commands that handle submodules; may be NULL
    bool prepared;
    bool user_configuration;
    bool has_ssh_command, has_helper;  // the user's configuration has them, but they are not used
    struct slice *settings;            // the user's, alternating keys and values
    size_t setting_count, setting_capacity;
};

// The clone for a URL, created unless it exists. NULL: diagnosed.
const struct git_clone *git_clones_get(struct git_clones *, const struct git_url *, struct diagnostics *,
                                       struct position);
