// cli/check.h
//
// Shared by `kiln check` and `kiln build --strict`.
#pragma once

#include "check/run.h"
#include "check/schemas.h"
#include "cli/build.h"
#include "report/check_report.h"
#include "repository/affected.h"

// Runs `kiln check` on the roots that a change affects. Returns the exit status of `kiln check`.
enum status check_affected(struct invocation *, const struct build_settings *, const char *format,
                           const struct affected_request *);
