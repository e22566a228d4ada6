// check/annotation.h
//
// The annotation `kiln.dev/ignore: "RULE, RULE"` of an object, which silences rules as comments do.
#pragma once

#include "check/judge.h"

// True if the annotation names the rule. The name then counts as used.
bool annotation_ignores(struct judge *, const struct resource *, const struct rule *);

// Reports names in the annotations of the stream that aren't rules, or have silenced nothing.
void annotations_judge(struct judge *);
