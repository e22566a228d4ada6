// config/config.h
//
// `.kiln.yaml`: the settings of a repository, shared by all of its kustomizations.
#pragma once

#include "base/diagnostics.h"
#include "config/settings.h"
#include "doc/decode.h"
#include "load/file_system.h"
#include "yaml/read.h"

#define CONFIG_FILE_NAME ".kiln.yaml"

// Options with which `--all` builds the roots whose path matches a pattern, in addition to the flags on the command
// line.
struct root_flags {
    struct position position;
    struct text match;
    bool enable_helm;
    struct text load_restrictor, helm_kube_version;
    struct text_list helm_api_versions;
};

// For `kiln diff`.
struct diff_config {
    struct position position;
    struct text_list mask;  // KIND/NAME/FIELD, as in --mask
};

// Findings that `kiln check` ignores: each part that is set must match.
struct check_ignore {
    struct position position;
    struct text path;        // a pattern
    struct text rule, kind;  // of the rule; of the resource, also a pattern
};

struct check_config {
    struct position position;
    struct text fail_on;
    struct text baseline;   // a file, relative to the directory of this one
    struct text_map rules;  // name and level; check/levels.h knows both
    DECODE_LIST_OF(struct check_ignore) ignore;
    struct text_list external;  // KIND/NAME, each a pattern: resources in the cluster that no root builds
    struct text kube_version;   // check/schema_settings.h defines its form and that of a schema
    struct text_list schemas;
};

struct config {
    struct position position;
    struct setting settings[SETTING_COUNT];  // origin SETTING_UNDECIDED if the file doesn't set it
    struct text_list roots;                  // patterns (glob_match_path); one that starts with `!` excludes roots
    struct text_list not_roots;              // more patterns that exclude roots, applied after `roots`
    DECODE_LIST_OF(struct root_flags) root_flags;
    struct diff_config *diff;    // NULL: absent
    struct check_config *check;  // NULL: absent
};

// True when a directory, relative to that of the file, is a root: the last pattern that matches decides, or `otherwise`
// if none does.
bool config_is_root(const struct config *, struct slice path, bool otherwise);

// The fields of the file, as a table.
extern const struct decode_type config_type;

// Finds the file for a directory: the one in the nearest directory with `.git`, starting with the directory itself. The
// directory is absolute, with all links resolved. `*repository` is where the file was found, and `*path` the file.
// False: there is none.
bool config_find(const struct file_system *, struct arena *, struct slice directory, struct slice *repository,
                 struct slice *path);

// Reads and decodes a file. Links may not lead out of the directory `within`, unless that is empty. NULL: diagnosed
// (unreadable, outside, an unknown field, a wrong value).
struct config *config_read(struct read_context *, struct sources *, const struct file_system *, struct slice path,
                           struct slice within);
