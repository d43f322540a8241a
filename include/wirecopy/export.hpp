/// @file
/// Symbol visibility: the shared library exports declarations marked WIRECOPY_API and hides all others.
#pragma once

/// Marks a declaration that the shared library exports.
#if defined(__GNUC__)
#define WIRECOPY_API __attribute__((visibility("default")))
#else
#define WIRECOPY_API
#endif
