// load/remote_url.h
//
// What an entry of `resources` names if it isn't a local path: a file at an http(s) URL, or a directory in a git
// repository.
//
//     https://example.com/crds.yaml
//     https://github.com/org/repo//base?ref=v1.2.0
//     git@github.com:org/repo.git//overlays/prod
//     github.com/org/repo/base
//     file:///srv/git/app.git//base?ref=main&timeout=90&submodules=false
#pragma once

#include "base/arena.h"
#include "base/slice.h"

struct git_url {
    struct slice text;        // as it was written
    struct slice repository;  // what git clones; ends with NUL
    struct slice host, path;  // its two parts: `https://github.com/` and `org/repo`
    struct slice directory;   // in the repository; empty: its root
    struct slice reference;   // branch, tag, or commit; empty: HEAD of the repository
    unsigned timeout_seconds;
    bool has_timeout, submodules;     // `has_timeout`: the URL sets it
    bool forced_prefix;               // it had the prefix `git::`
    struct slice mistaken_reference;  // a parameter such as `branch`, which kustomize ignores; empty: there is none
    bool named_by_user;               // and not by a fetched kustomization; set by the loader
    bool leads_out;                   // of the repository, so it can't be used
};

// False: kustomize would not take it for a git URL; usually it is a local path, unless `leads_out` is set.
bool git_url_parse(struct arena *, struct slice text, struct git_url *);

// http:// or https://
bool url_is_http(struct slice);
// True for a string with a transport, even one that kiln refuses: `file://host//../x?ref=main`, `ext::…`.
bool url_names_transport(struct slice);
// What follows `://`; without it, the whole string.
struct slice url_without_scheme(struct slice);

// The path of an http URL as it is requested: characters that aren't allowed there become `%20` and so on.
struct slice url_path_escaped(struct arena *, struct slice path);
// The same for a whole URL.
struct slice url_escaped(struct arena *, struct slice);

// The URL without its login: for http(s) all of the login, because the user name is often a token; otherwise only the
// password.
struct slice url_without_login(struct arena *, struct slice);

// An http URL with the login of another one for the same server, unless it has a login itself. Ends with NUL.
struct slice url_with_login_of(struct arena *, struct slice, struct slice other);

// The URL as messages may show it (base/shown.h), with `***` in place of a login and of most queries.
struct slice url_shown(struct arena *, struct slice);
