// cli/root_report.h
//
// What is said on standard error of many roots.
#pragma once

#include "repository/root_builds.h"

// Prints the messages of all roots in the order of the roots, each text once with the other roots that it is said for:
// the first few, or all of them when `verbose`.
void root_report_messages(struct arena *, const struct root_list *, const struct root_result *, bool verbose);

// 1000 → "1,000"
void root_report_number(struct buffer *, size_t number);
void root_report_path(struct buffer *, struct slice path);
