// The display width and effect of characters on a terminal.
#pragma once

namespace wirecopy {

/// The columns that a character takes on a terminal: 2 for wide ones (Han, Hangul, most emoji), 0 for combining marks,
/// invisible characters and controls, otherwise 1.
[[nodiscard]] unsigned columns_of(char32_t code_point);

/// Whether a character controls the display instead of being shown: controls, line and paragraph separators, everything
/// that changes the text direction (marks, embeddings, overrides, isolates), the deprecated format controls,
/// annotations, byte order marks, and tags, which can hide text. Joiners and soft hyphens are not included, because
/// ordinary text needs them.
[[nodiscard]] bool is_display_control(char32_t code_point);

}  // namespace wirecopy
