// check/schemas.h
//
// Checks each object of a root against the schema of its kind. In a run over several roots, the kinds that one root
// defines are known in all others: roots with objects of such kinds are built again after all have been judged.
#pragma once

#include "check/judge.h"
#include "check/levels.h"
#include "check/schema_settings.h"

struct schemas;  // shared by a run; NULL: objects are not validated

// False: all rules about schemas are off.
bool schemas_are_needed(const struct levels *);
// The settings must outlive it.
struct schemas *schemas_new(struct check *, const struct schema_settings *);
void schemas_free(struct schemas *);

// Call at the end of a root that has been built.
void judge_schemas(struct judge *);
// Call when all roots have been judged: finds those with objects of kinds that other roots define. `numbers` has room
// for all.
size_t schemas_pending(struct check *, size_t *numbers);
// Call after such a root has been built again.
void judge_schemas_again(struct judge *, struct build *);
// Reports findings about schemas as a whole. Takes the judge of the run.
void schemas_end(struct judge *);
