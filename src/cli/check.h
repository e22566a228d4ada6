// cli/check.h
//
// What `kiln check` and `kiln build --strict` share.
#pragma once

#include "check/run.h"
#include "check/schema_settings.h"
#include "cli/build.h"
#include "report/check_report.h"
