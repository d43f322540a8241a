#include "store/manifest_state.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace wirecopy {

namespace fs = std::filesystem;

ManifestState ManifestState::of(const fs::path& directory) {
  ManifestState moment;
  std::ifstream(directory / "CURRENT") >> moment.manifest;
  std::error_code failed;  // a missing file belongs to another state
  moment.manifest_bytes = fs::file_size(directory / moment.manifest, failed);
  for (fs::directory_iterator entry(directory, failed); !failed && entry != fs::directory_iterator();
       entry.increment(failed)) {
    if (entry->path().extension() == ".log") moment.logs.insert(entry->path().filename().native());
  }
  return moment;
}

bool ManifestState::lasts_until(const ManifestState& later) const {
  return manifest == later.manifest && manifest_bytes == later.manifest_bytes &&
         std::includes(later.logs.begin(), later.logs.end(), logs.begin(), logs.end());
}

}  // namespace wirecopy
