// cli/version.h
//
// The versions, said once: kiln's own, and that of the kustomize whose output it prints.
#pragma once

#define KILN_VERSION "0.1.0"
#define KUSTOMIZE_VERSION "v5.8.1"
