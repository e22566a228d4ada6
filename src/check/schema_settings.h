// check/schema_settings.h
//
// The releases of Kubernetes to validate against, and schemas of other kinds.
#pragma once

#include "base/diagnostics.h"
#include "config/config.h"
#include "load/glob.h"

struct schema_settings {
    unsigned first, last;       // minor releases, from one to the other
    struct path_list patterns;  // of files with schemas, absolute
};

// The newest release that is known.
void schema_settings_init(struct schema_settings *);
// "1.34", "v1.34.2", or "1.31..1.34". False: diagnosed at the position.
bool schema_settings_release(struct schema_settings *, struct slice text, const char *what, struct position,
                             struct diagnostics *);
// Adds a path, a pattern such as `schemas/{group}/{kind}_{version}.json`, or one in kubeconform's form, relative to the
// directory. False: it is a URL or has an unknown placeholder; diagnosed.
bool schema_settings_add(struct schema_settings *, struct arena *, struct slice directory, struct slice pattern,
                         struct position, struct diagnostics *);
// Reads the settings in `check` of .kiln.yaml. `config` may be NULL. False: diagnosed.
bool schema_settings_config(struct schema_settings *, struct arena *, const struct config *, struct slice directory,
                            struct diagnostics *);
// "1.34", or "1.31 to 1.34".
struct slice schema_settings_shown(struct arena *, const struct schema_settings *);

// The path for a kind: the pattern with its placeholders replaced. `group` is empty for the core kinds of Kubernetes.
struct slice schema_pattern_path(struct arena *, struct slice pattern, struct slice group, struct slice kind,
                                 struct slice version, unsigned release);
bool schema_pattern_is_plain(struct slice pattern);
