/// @file
/// What the shared library shows: declarations with WIRECOPY_API; all else in it is hidden.
#pragma once

/// Before what the shared library exports.
#if defined(__GNUC__)
#define WIRECOPY_API __attribute__((visibility("default")))
#else
#define WIRECOPY_API
#endif
