// The page of the report, assembled by the build from the files of this folder.
#pragma once

#include <string_view>

namespace wirecopy {

/// HTML with the placeholder "@DATA@" for the data.
extern const std::string_view kReportPage;

}  // namespace wirecopy
