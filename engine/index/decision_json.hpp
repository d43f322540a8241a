// What an index says, as JSON lines.
#pragma once

#include <string>
#include <string_view>
#include <wirecopy/index.hpp>

namespace wirecopy {

/// Each appends one line. A decision is about the article `id`.
void append_json(std::string& out, std::string_view id, const Index::Decision& decision);
void append_json(std::string& out, const Index::Event& event);
void append_json(std::string& out, const Index::Cluster& cluster);
void append_json(std::string& out, const Index::Statistics& statistics);

}  // namespace wirecopy
