// How characters behave on a terminal.
#pragma once

namespace wirecopy {

/// Columns that a terminal gives to a character: 2 for wide ones (Han, Hangul, most emoji), 0 for marks that sit on the
/// one before and for what is not shown, 1 otherwise. Controls count 0.
[[nodiscard]] unsigned columns_of(char32_t code_point);

/// Whether a character steers what displays it instead of being shown: controls, line and paragraph separators, what
/// turns the direction of text (marks, embeddings, overrides, isolates), the deprecated format controls, annotations,
/// byte order marks, and tags, which can carry hidden text. Joiners and soft hyphens are no such characters: ordinary
/// text needs them.
[[nodiscard]] bool is_steering(char32_t code_point);

}  // namespace wirecopy
