// base/release.h
//
// The release of kustomize whose output a build reproduces.
//
// A difference between releases is decided where it acts, by the first release that has it:
//
//     if (diagnostics->release >= RELEASE_V5_8_3) …
//
// When a release is dropped, a search for its name finds everything that can go. A new release is one constant here,
// one line in release.c, and one case for each difference.
#pragma once

#include <stdbool.h>

#include "base/slice.h"

enum release {
    RELEASE_UNSET,
    RELEASE_V5_8_1,
    RELEASE_V5_8_3,
    RELEASE_COUNT,
    RELEASE_NEWEST = RELEASE_COUNT - 1,
    RELEASE_OF_KUBECTL = RELEASE_V5_8_1,  // what `kubectl apply -k` has, up to kubectl 1.37
};

// "v5.8.3"; of RELEASE_UNSET the empty text.
const char *release_text(enum release);
