// load/remote_url.h
//
// What a text under `resources` names when it is no local path: a file behind http(s), or a directory in a
// git repository.
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
    struct slice repository;  // what git is told to clone; ends with NUL
    struct slice host, path;  // the two parts of it: `https://github.com/` and `org/repo`
    struct slice directory;   // in the repository; empty: its root
    struct slice reference;   // branch, tag or commit; empty: what the repository has as HEAD
    unsigned timeout_seconds;
    bool submodules;
    bool forced_prefix;  // `git::` stood before it
    bool named_by_user;  // and not by a kustomization that was fetched; set by the loader
};

// False: the text is no git URL, as kustomize sees it: most often a local path.
bool git_url_parse(struct arena *, struct slice text, struct git_url *);

// http:// or https://
bool url_is_http(struct slice);
// True for a text that says how it is fetched, also if kiln refuses to: `file://host//../x?ref=main`, `ext::…`.
bool url_names_transport(struct slice);
// What is behind `://`; without it, all.
struct slice url_without_scheme(struct slice);

// The path of an http URL as it is asked for: characters that cannot stand there become `%20` and the like.
struct slice url_path_escaped(struct arena *, struct slice path);
// The same for a whole URL.
struct slice url_escaped(struct arena *, struct slice);

// The URL without a login: all of it for http(s), whose user name is often a token; else the password.
struct slice url_without_login(struct arena *, struct slice);

// The URL as messages may show it (base/shown.h): `***` is in place of a login and of most queries.
struct slice url_shown(struct arena *, struct slice);
