// A directory of an index in which files were damaged: it is refused, or it works.
//
// An input is a list of damages: which file, where, how many bytes are left out (or the rest, for 255), what stands
// there instead.
#include <filesystem>
#include <wirecopy/index.hpp>

#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "reference/planted_feed.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy::fuzz {
namespace {

namespace fs = std::filesystem;

struct NamedFile {
  std::string name;
  std::string bytes;
};

IndexSettings settings() {
  IndexSettings settings;
  settings.memory = std::size_t{16} << 20;
  settings.resources.threads = 1;
  settings.create = false;
  settings.clock = [](const Article& article) { return article.published.value_or(0); };
  return settings;
}

const test::PlantedFeed& feed() {
  static const test::PlantedFeed made = [] {
    test::PlantedFeed feed(5);
    feed.add_stories(8, 0.2);
    return feed;
  }();
  return made;
}

/// The files of an index of half the feed: one flushed table, and a log behind it.
std::vector<NamedFile> made_index() {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "index";
  IndexSettings creating = settings();
  creating.create = true;
  {
    Index index = Index::open(path, creating);
    const std::size_t half = feed().articles.size() / 2;
    for (std::size_t i = 0; i < half; ++i) {
      static_cast<void>(index.add(feed().articles[i].article()));
      if (i == half / 2) index.flush();
    }
  }
  std::vector<NamedFile> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
    const std::string name = entry.path().filename();
    if (name.starts_with("LOG") || name == "LOCK") continue;
    files.push_back({name, read_file(entry.path())});
  }
  std::sort(files.begin(), files.end(), [](const NamedFile& a, const NamedFile& b) { return a.name < b.name; });
  return files;
}

void damage(std::vector<NamedFile>& files, Choices& choices) {
  NamedFile& file = files[choices.byte() % files.size()];
  const std::size_t at = std::min<std::size_t>(choices.number(2), file.bytes.size());
  const std::uint8_t left_out = choices.byte();
  const std::string_view instead = choices.bytes(choices.byte() % 16);
  file.bytes.replace(at, left_out == 255 ? std::string::npos : left_out, instead);
}

void use(const fs::path& path) {
  Index index = Index::open(path, settings());
  const std::size_t half = feed().articles.size() / 2;
  accepts([&] { static_cast<void>(index.verify()); });
  accepts([&] { static_cast<void>(index.query(feed().articles[1].article())); });
  accepts([&] {
    for (std::size_t i = half; i < half + 3; ++i) static_cast<void>(index.add(feed().articles[i].article()));
  });
  accepts([&] { static_cast<void>(index.remove(feed().articles[0].id)); });
  accepts([&] { static_cast<void>(index.events()); });
  accepts([&] { index.flush(); });
  require(index.statistics().articles <= half + 3, "no article comes out of nothing");
}

}  // namespace

std::vector<std::string> seeds() {
  using std::string_literals::operator""s;
  std::vector<std::string> inputs{""};
  for (char file = 0; file < 8; ++file) {
    inputs.push_back(file + "\0\0\xff\0"s);            // emptied
    inputs.push_back(file + "\0\x40\xff\0"s);          // cut off
    inputs.push_back(file + "\0\x20\x04\4\1\2\3\4"s);  // four bytes changed
  }
  return inputs;
}

void check_laws(std::string_view input) {
  static const std::vector<NamedFile> original = made_index();
  std::vector<NamedFile> files = original;
  for (Choices choices(input); !choices.ended();) damage(files, choices);
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "index";
  fs::create_directory(path);
  for (const NamedFile& file : files) write_file(path / file.name, file.bytes);
  const bool is_usable = accepts([&] { use(path); });
  require(is_usable || !input.empty(), "an index without damage works");
}

}  // namespace wirecopy::fuzz
