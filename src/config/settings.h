// config/settings.h
//
// Settings of a build that can come from several places: a flag, the environment, an annotation of the root, or
// .kiln.yaml. The first of these decides, or else the name of the program. A new setting is a constant and a row in
// settings.c; its flag and variable are read in cli/build.c.
#pragma once

#include "base/source.h"

enum setting_id { SETTING_NAME_HASH, SETTING_COMPAT, SETTING_COUNT };

struct setting_row {
    const char *field;       // in .kiln.yaml
    const char *flag;        // with its dashes
    const char *variable;    // of the environment
    const char *annotation;  // of the root
    int value_count;         // values are numbered from 1 to this; 0: undecided
    const char *(*value_text)(int);
};

extern const struct setting_row setting_rows[SETTING_COUNT];

enum setting_origin {
    SETTING_UNDECIDED,
    SETTING_BY_CALLER,
    SETTING_BY_ANNOTATION,
    SETTING_BY_FILE,
    SETTING_BY_DEFAULT
};

struct setting {
    int value;
    enum setting_origin origin;
    struct position position;  // of an annotation or a field
};

// The number of the value with this text; 0: there is none.
int setting_find(enum setting_id, struct slice text);
// "v3 or v4".
struct slice setting_choices(struct arena *, enum setting_id);
