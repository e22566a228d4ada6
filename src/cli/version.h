// cli/version.h
//
// The version, said once.
#pragma once

#define KILN_VERSION "0.1.0"
