// config/config.h
//
// `.kiln.yaml`: what a repository says about its builds, once for all of its kustomizations.
#pragma once

#include "base/diagnostics.h"
#include "config/settings.h"
#include "doc/decode.h"
#include "load/file_system.h"
#include "yaml/read.h"

#define CONFIG_FILE_NAME ".kiln.yaml"

// What the roots whose path matches a pattern are built with by `--all`, beside the flags of the command line.
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
    struct text_list mask;  // KIND/NAME/FIELD, as --mask takes them
};

// What is not found anywhere, for `kiln check`: each part that is given must fit.
struct check_ignore {
    struct position position;
    struct text path;        // a pattern
    struct text rule, kind;  // of the rule; of the object, also a pattern
};

struct check_config {
    struct position position;
    struct text fail_on;
    struct text baseline;   // a file, seen from the directory of this one
    struct text_map rules;  // name and level; check/levels.h knows both
    DECODE_LIST_OF(struct check_ignore) ignore;
    struct text_list external;  // KIND/NAME, each a pattern: what is in the cluster without any root
    struct text kube_version;   // check/schema_settings.h knows its form, and that of a schema
    struct text_list schemas;
};

struct config {
    struct position position;
    struct setting settings[SETTING_COUNT];  // origin SETTING_UNDECIDED where the file says nothing
    struct text_list roots;                  // patterns (glob_match_path); one that begins with `!` takes roots away
    struct text_list not_roots;              // the same without the `!`, after them
    DECODE_LIST_OF(struct root_flags) root_flags;
    struct diff_config *diff;    // NULL: absent
    struct check_config *check;  // NULL: absent
};

// A directory, seen from that of the file, is a root: the last pattern that matches decides, `otherwise` where none
// does.
bool config_is_root(const struct config *, struct slice path, bool otherwise);

// The fields of the file, as a table.
extern const struct decode_type config_type;

// The file that counts for a directory: the one in the nearest directory above it, or in it, that has `.git`. The
// directory is absolute, with all links resolved. `*repository` is where the file was found, `*path` the file. False:
// there is none.
bool config_find(const struct file_system *, struct arena *, struct slice directory, struct slice *repository,
                 struct slice *path);

// The nearest directory above it, or it itself, that has `.git`: a part of `directory`. Empty: there is none.
struct slice config_find_repository(const struct file_system *, struct slice directory);

// Reads and decodes a file. `within` is the directory that links may not lead out of; empty: any. NULL: diagnosed
// (unreadable, outside, an unknown field, a wrong value).
struct config *config_read(struct read_context *, struct sources *, const struct file_system *, struct slice path,
                           struct slice within);
