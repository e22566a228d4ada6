// check/page.h
//
// Texts about the rules, made from the table: the list, the page, and the explanation of one rule.
#pragma once

#include "base/buffer.h"
#include "check/levels.h"

// One line for each rule: level, ID, summary.
void rules_list(const struct levels *, struct buffer *);
void rules_list_json(const struct levels *, struct buffer *);
// The generated part of docs/check.md.
void rules_page(struct buffer *);
void rule_explain(const struct rule *, struct buffer *);
