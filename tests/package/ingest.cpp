// Decides articles as they arrive: a line each, its id, source, title and text with tabs between them.
#include <iostream>
#include <sstream>
#include <string>
#include <wirecopy/index.hpp>

int main() try {
  wirecopy::IndexSettings settings;
  settings.window = 14 * 86400;  // seconds; what is older is forgotten
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
