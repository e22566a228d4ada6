// base/release.h
//
// The release of kustomize whose output a build reproduces.
//
// Code that differs between releases compares with the first release that has the new behavior:
//
//     if (diagnostics->release >= RELEASE_V5_8_3) …
//
// To drop a release, search for its name to find everything that can go. To add one, follow
// docs/releases.md.
#pragma once

#include <stdbool.h>

#include "base/slice.h"

enum release {
    RELEASE_UNSET,
    RELEASE_V5_8_1,
    RELEASE_V5_8_3,
    RELEASE_COUNT,
    RELEASE_NEWEST = RELEASE_COUNT - 1,
    RELEASE_OF_KUBECTL = RELEASE_V5_8_1,  // used by `kubectl apply -k` in kubectl 1.36 and 1.37
};

// "v5.8.3"; for RELEASE_UNSET the empty string.
const char *release_text(enum release);
