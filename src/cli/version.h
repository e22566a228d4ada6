// cli/version.h
//
// kiln's own version. The release of kustomize that it reproduces is in base/release.h.
#pragma once

#define KILN_VERSION "0.2.0"
