// base/sha1.h
//
// SHA-1, as Git names contents by it. It is broken, and nothing here relies on it against an attacker: who can make a
// file with the name of another can as well put it in the repository.
#pragma once

#include <stdint.h>

#include "base/slice.h"

enum { SHA1_BYTES = 20 };

// Of two texts, one after the other.
void sha1(struct slice first, struct slice second, uint8_t digest[SHA1_BYTES]);
