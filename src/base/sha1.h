// base/sha1.h
//
// SHA-1, by which Git names content. It is broken, but nothing here relies on it against an attacker: whoever can make
// two files with the same hash can also just put either of them in the repository.
#pragma once

#include <stdint.h>

#include "base/slice.h"

enum { SHA1_BYTES = 20 };

// The digest of two byte strings, one after the other.
void sha1(struct slice first, struct slice second, uint8_t digest[SHA1_BYTES]);
