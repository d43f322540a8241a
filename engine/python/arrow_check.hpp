// Arrow data of other libraries, checked before it is read.
//
// Problem: the C data interface hands over bare pointers. A library with a defect, or a file that it read without a
// check, can give children shorter than their struct, offsets that fall, indices beyond a dictionary; reading them
// would read memory of somebody else.
//
// What is checked is all that the interface says about sizes: lengths and offsets of arrays and of their children,
// numbers of buffers, bits of nulls that have to be there, offsets of strings (not negative, never falling), views (in
// their buffers), indices of dictionaries (in their dictionary). What it does not say cannot be checked: how long the
// buffers themselves are, those of views apart, and whether pointers are valid.
//
// Cost: a look at each offset, view or index of the columns that are read. Bytes of strings may be anything.
#pragma once

#include <string_view>

#include "python/arrow_abi.hpp"

namespace wirecopy::python {

/// Structs and dictionaries may be nested this deep.
inline constexpr int kMaxArrowDepth = 64;

/// Throws Error(usage) for a schema without formats, with children or dictionaries missing, or nested too deep.
void check_schema(const ArrowSchema& schema);

/// Throws Error(usage), naming the column, where the fields of an array contradict each other or its schema, or it has
/// fewer than `length` values. Children and values are not looked at.
void check_array(const ArrowSchema& schema, const ArrowArray& array, std::int64_t length, std::string_view column);

/// The same for a struct, and that the array has the schema's children.
void check_struct(const ArrowSchema& schema, const ArrowArray& array, std::int64_t length, std::string_view column);

/// The same for a column that is read: strings, numbers or dates; and that each of its values can be read.
void check_values(const ArrowSchema& schema, const ArrowArray& array, std::int64_t length, std::string_view column);

}  // namespace wirecopy::python
