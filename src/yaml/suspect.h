// yaml/suspect.h
//
// The usual causes of text that isn't YAML, where libyaml only names the token that it didn't expect: an unresolved
// merge, a web page, a template, or a character that only looks like a space.
#pragma once

#include "yaml/chunk.h"

// Diagnoses a web page, a merge conflict up to line `last`, or an odd space from `first` to `last` (lines from 0 in the
// chunk). False: none was found, and nothing is diagnosed.
bool yaml_suspect_diagnose(struct diagnostics *, const struct yaml_chunk *, size_t first, size_t last);

// The hint for a line of a template (from 0 in the chunk); NULL: the line has no template syntax.
const char *yaml_suspect_hint(const struct yaml_chunk *, size_t line);
