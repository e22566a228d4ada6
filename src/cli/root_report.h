// cli/root_report.h
//
// Prints the messages of many roots to standard error.
#pragma once

#include <time.h>

#include "repository/root_builds.h"

// Prints the messages of all roots in root order, each text once, with the other roots that it applies to: the first
// few, or all of them if `verbose`.
void root_report_messages(struct arena *, const struct root_list *, const struct root_result *, bool verbose);

// By the monotonic clock.
double root_report_seconds(struct timespec start);
// 1000 → "1,000"
void root_report_number(struct buffer *, size_t number);
void root_report_path(struct buffer *, struct slice path);
