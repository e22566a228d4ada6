// yaml/suspect.h
//
// What usually is behind a text that is not YAML, where libyaml only says which token it did not expect: an unresolved
// merge, a template, a space that only looks like one.
#pragma once

#include "yaml/chunk.h"

// Diagnoses a merge conflict up to the line, or an odd space from `first` to `last` (lines from 0 in the chunk). False:
// there is none, nothing is diagnosed.
bool yaml_suspect_diagnose(struct diagnostics *, const struct yaml_chunk *, size_t first, size_t last);

// The hint for a line (from 0 in the chunk) of a template; NULL: it has none.
const char *yaml_suspect_hint(const struct yaml_chunk *, size_t line);
