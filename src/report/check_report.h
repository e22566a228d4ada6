// report/check_report.h
//
// What `kiln check` has found, and where it is printed. A format sees this and nothing else.
#pragma once

#include "base/buffer.h"
#include "check/findings.h"

struct check_report {
    struct buffer *out;
    const struct check *check;
    const struct finding_list *findings;
    size_t built, failed, objects;
    bool color;
    bool verbose;  // each root that has a finding is named
};

struct check_format {
    const char *name;
    void (*write)(const struct check_report *);
};

// In the order of the help, ended by NULL.
extern const struct check_format *const check_formats[];
// NULL: there is none.
const struct check_format *check_format_find(struct slice name);

// One finding as text: `file:line:col: error: message [rule]`, the line, the hint, and what it is about.
void check_text_finding(const struct check_report *, const struct finding *);
