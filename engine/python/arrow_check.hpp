// Validates Arrow data from other libraries before it is read.
//
// Problem: the C data interface passes bare pointers. A defective library, or one that read a damaged file without
// checks, may pass children that are shorter than their struct, decreasing offsets, or indices beyond the end of a
// dictionary. Reading them would read out of bounds.
//
// All that the interface specifies about sizes is checked: lengths and offsets of arrays and their children, numbers of
// buffers, presence of validity bits, offsets of strings (not negative, not decreasing), views (within their buffers)
// and indices of dictionaries (within their dictionary). The sizes of buffers, except those of views, and the validity
// of pointers cannot be checked, because the interface does not provide them.
//
// Cost: one access to each offset, view or index of the columns that are read. The bytes of strings may be anything.
#pragma once

#include <string_view>

#include "python/arrow_abi.hpp"

namespace wirecopy::python {

/// Maximum nesting of structs and dictionaries.
inline constexpr int kMaxArrowDepth = 64;

/// Throws Error(usage) for a schema that lacks formats, children or dictionaries, or is nested too deep.
void check_schema(const ArrowSchema& schema);

/// Throws Error(usage) that names the column if the fields of an array contradict each other or its schema, or if it
/// has fewer than `length` values. Does not check children and values.
void check_array(const ArrowSchema& schema, const ArrowArray& array, std::int64_t length, std::string_view column);

/// Like check_array() for a struct; also checks that the array has the children of the schema.
void check_struct(const ArrowSchema& schema, const ArrowArray& array, std::int64_t length, std::string_view column);

/// Like check_array() for a column of strings, numbers or dates; also checks that all values can be read.
void check_values(const ArrowSchema& schema, const ArrowArray& array, std::int64_t length, std::string_view column);

}  // namespace wirecopy::python
