// yaml/tree_scan.h
//
// The tokens of a YAML file and its comments, each with the token that it belongs to. Internal to yaml.
//
// libyaml drops comments, so the text between its tokens is scanned again, by the rules of kustomize's YAML library. A
// comment after something on a line is a line comment. A comment on lines of its own is the head of what follows; if an
// empty line follows it, or it is less indented than what follows, it is the foot of what came before.
#pragma once

#include <yaml.h>

#include "yaml/chunk.h"

struct tree_mark {
    long at;            // byte offset in the text
    long line, column;  // from 0
};

struct tree_token {
    yaml_token_type_t type;
    struct tree_mark start, end;
    long comments_end;    // comments up to here belong to it or come before it; usually its start
    struct slice text;    // of a scalar, an anchor, or an alias; the handle of a tag or a %TAG directive
    struct slice suffix;  // of a tag; the prefix of a directive
    yaml_scalar_style_t style;
};

struct tree_tokens {
    struct tree_token *items;
    size_t count, capacity;
};

// Exactly one of `head`, `line`, and `foot` is not empty.
struct tree_comment {
    long at;  // the start of the token that it belongs to, or of what follows it
    struct slice head, line, foot;
    long start, column;    // of its first line, if it is on lines of its own; column from 1
    long scan_start, end;  // the range that was scanned to find it
};

struct tree_comments {
    struct tree_comment *items;
    size_t count, capacity;
};

struct tree_scan {
    struct slice text;  // of the chunk, in UTF-8
    struct tree_tokens tokens;
    struct tree_comments comments;
};

// The tokens of the first document, and `beyond` more. The lists of the scan are refilled. False: diagnosed.
bool tree_scan(struct arena *, struct diagnostics *, const struct yaml_chunk *, int beyond, struct tree_scan *);

bool tree_is_block_scalar(const struct tree_token *);
bool tree_is_directive(yaml_token_type_t);
