// tests/call.h
//
// Runs the program in FOLDER/repo of a world, as a user would.
#pragma once

#include "tests/world.h"

// Returns the output on both streams, then `status N`.
struct slice call(struct world *, const char *arguments);
// The same without the Kubernetes release in the summary of `check`, which changes over time.
struct slice call_without_release(struct world *, const char *arguments);
void expect_call(struct world *, const char *arguments, const char *part);
// The call must not print this part, nor be a usage error.
void expect_no(struct world *, const char *arguments, const char *part);

// Writes repo/PATH/kustomization.yaml.
void add_root(struct world *, const char *path, const char *text);
