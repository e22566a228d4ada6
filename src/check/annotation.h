// check/annotation.h
//
// The annotation `kiln.dev/ignore: "RULE, RULE"` of an object, which silences rules as comments do.
#pragma once

#include "check/judge.h"

// True where the annotation names the rule, which has then been of use.
bool annotation_ignores(struct judge *, const struct resource *, const struct rule *);

// Says which names in the annotations of the stream are no rules, or have silenced nothing.
void annotations_judge(struct judge *);
