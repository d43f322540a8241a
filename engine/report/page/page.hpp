// The page of the report, put together by the build out of the files of this folder.
#pragma once

#include <string_view>

namespace wirecopy {

/// HTML with "@DATA@" in the place of the data.
extern const std::string_view kReportPage;

}  // namespace wirecopy
