// Finds the copies among texts, one per line.
#include <iostream>
#include <string>
#include <wirecopy/deduplicator.hpp>

int main() {
  wirecopy::Deduplicator deduplicator;
  std::uint64_t number = 0;
  for (std::string text; std::getline(std::cin, text);) deduplicator.add({.text = text}, ++number);

  for (const wirecopy::Cluster& cluster : deduplicator.finish().clusters) {
    std::cout << "story " << cluster.id << '\n';
    for (const wirecopy::Member& member : cluster.members) {
      std::cout << (member.kept ? "  keep line " : "  drop line ") << member.ordinal << '\n';
    }
  }
}
