// check/page.h
//
// Texts about the rules themselves: the list, the page, and the explanation of one rule, all from the table.
#pragma once

#include "base/buffer.h"
#include "check/levels.h"

// One line a rule: level, id, summary.
void rules_list(const struct levels *, struct buffer *);
void rules_list_json(const struct levels *, struct buffer *);
// The part of docs/check.md that is made.
void rules_page(struct buffer *);
void rule_explain(const struct rule *, struct buffer *);
