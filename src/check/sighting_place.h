// check/sighting_place.h
//
// Where a finding is: from a position to the end of what is written there, with its line for the reports and for the
// fingerprint.
#pragma once

#include "check/judge.h"

// Sets only the file, and the line and column at which the finding starts. False: the file or the line is unknown.
bool sighting_set_start(struct judge *, struct sighting *, struct position);

// Sets these, the end, the snippet, and the source line, as far as they are known.
void sighting_set_place(struct judge *, struct sighting *, struct position);

// The text of a scalar as written in its file, before prefixes, suffixes, and hashes were added.
struct slice written_text(struct judge *, const struct node *);
