// doc/template_marks.h
//
// Recognizes text that a template engine, such as Helm or Jinja, should have rendered first.
#pragma once

#include "base/diagnostics.h"

static inline bool text_is_template(struct slice text)
{
    return slice_find(text, slice_literal("{{")) != SLICE_NOT_FOUND ||
           slice_find(text, slice_literal("{%")) != SLICE_NOT_FOUND;
}

#define TEMPLATE_HINT "render the template first, or list its Helm chart under `helmCharts`"

// Adds a hint to the newest diagnostic. False: the text isn't a template.
static inline bool hint_template(struct diagnostics *diagnostics, struct slice text)
{
    if (!text_is_template(text))
        return false;
    diagnose_hint(diagnostics, TEMPLATE_HINT);
    return true;
}
