// cli/check.h
//
// What `kiln check` and `kiln build --strict` share.
#pragma once

#include "check/run.h"
#include "check/schemas.h"
#include "cli/build.h"
#include "report/check_report.h"
#include "repository/affected.h"

// `kiln check` of the roots that a change touches. The exit status is that of `kiln check`.
enum status check_affected(struct invocation *, const struct build_settings *, const char *format,
                           const struct affected_request *);
