// report/check_report.h
//
// The findings of `kiln check`, and where to print them. A format sees nothing else.
#pragma once

#include "base/buffer.h"
#include "check/findings.h"

struct check_report {
    struct arena *arena;
    struct buffer *out;
    struct diagnostics *diagnostics;  // for messages that aren't part of the report
    const char *version;              // of kiln
    const struct check *check;
    const struct finding_list *findings;
    size_t omitted;  // number of findings left out of the list because there are too many
    size_t built, failed, objects;
    struct slice releases;  // of Kubernetes that objects were checked against; empty: none
    double seconds;         // the duration of the run
    bool fails;             // the exit status is 1
    enum level fail_on;
    // True for a file that differs; the path is from the top of the repository. NULL: unknown.
    bool (*is_changed)(void *state, struct slice path);
    void *state;
    bool color;
    bool verbose;  // list every root that has a finding
};

struct check_format {
    const char *name;
    bool needs_objects;  // the judges must keep the built objects
    bool for_people;     // prints nothing if there was nothing to check
    void (*write)(const struct check_report *);
};

// In help order, terminated by NULL.
extern const struct check_format *const check_formats[];
// NULL: no such format.
const struct check_format *check_format_find(struct slice name);

// The path of a file as GitHub, SARIF, and GitLab need it: from the top of the repository, wherever kiln was called.
struct slice check_report_path(const struct check_report *, const struct finding *);
// "Deployment/shop/web", "ClusterRole/admin".
struct slice check_report_object(struct arena *, struct slice kind, struct slice namespace, struct slice name);
// "1 root", "2 roots" for "root".
void check_report_count(struct buffer *, size_t count, const char *what);
// "2 errors, 0 warnings", and notes if there are any.
void check_report_counts(struct buffer *, const size_t of_level[LEVEL_ERROR + 1]);

// One finding as text: `file:line:col: error: message [rule]`, the line, the hint, and what it is about.
void check_text_finding(const struct check_report *, const struct finding *);
