// Decides articles as they arrive, one per line: id, source, title and text, separated by tabs.
#include <iostream>
#include <sstream>
#include <string>
#include <wirecopy/index.hpp>

int main() try {
  wirecopy::IndexSettings settings;
  settings.window = 14 * 86400;  // in seconds; older articles are forgotten
  wirecopy::Index index = wirecopy::Index::open("stories.index", settings);

  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream fields(line);
    std::string id, source, title, text;
    for (std::string* field : {&id, &source, &title, &text}) std::getline(fields, *field, '\t');
    const wirecopy::Index::Decision decision = index.add({.id = id, .title = title, .text = text, .source = source});
    if (decision.relation) {
      std::cout << id << ": " << name(*decision.relation) << " of " << decision.match << ", "
                << int(100 * decision.similarity.containment()) << " % of it there, story " << decision.cluster
                << std::endl;
    } else {
      std::cout << id << ": new" << std::endl;
    }
  }
} catch (const wirecopy::Error& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
