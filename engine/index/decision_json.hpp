// What an index says, as JSON lines.
#pragma once

#include <string>
#include <wirecopy/index.hpp>

namespace wirecopy {

/// Each appends one line.
void append_json(std::string& out, const Index::Decision& decision);
void append_json(std::string& out, const Index::Event& event);
void append_json(std::string& out, const Index::Cluster& cluster);
void append_json(std::string& out, const Index::Statistics& statistics);

}  // namespace wirecopy
