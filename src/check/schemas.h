// check/schemas.h
//
// Each object of a root against what is known of its kind. In a run over several roots, the kinds that one root defines
// are known in all others: roots that have objects of such kinds are built once more when all have been judged.
#pragma once

#include "check/judge.h"
#include "check/levels.h"
#include "check/schema_settings.h"

struct schemas;  // shared by a run; NULL: objects are not validated

// False: no rule is on that asks for schemas.
bool schemas_are_wanted(const struct levels *);
// The settings outlive it.
struct schemas *schemas_new(struct check *, const struct schema_settings *);
void schemas_free(struct schemas *);

// At the end of a root that has been built.
void judge_schemas(struct judge *);
// When all roots have been judged: which of them have objects of kinds that others define. `numbers` has room for all.
size_t schemas_pending(struct check *, size_t *numbers);
// Once more for one of them.
void judge_schemas_again(struct judge *, struct build *);
// Reports about schemas as a whole at the end; takes the judge of the run.
void schemas_end(struct judge *);
