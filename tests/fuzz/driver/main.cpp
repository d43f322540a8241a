// Runs a target: under libFuzzer, or over files and damaged copies of them.
//
//   fuzz_feed_date tests/fuzz/corpus/feed_date     every file, every seed, and damaged copies of each
//   fuzz_feed_date --write-seeds DIR               writes the seeds as files, for libFuzzer to start with
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/driver/target.hpp"

namespace {

namespace fs = std::filesystem;

int write_seeds(const fs::path& directory) {
  fs::create_directories(directory);
  const std::vector<std::string> seeds = wirecopy::fuzz::seeds();
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    std::ofstream(directory / ("seed-" + std::to_string(i)), std::ios::binary) << seeds[i];
  }
  return 0;
}

}  // namespace

#ifdef WIRECOPY_LIBFUZZER

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  if (*count == 3 && std::string_view((*arguments)[1]) == "--write-seeds") std::exit(write_seeds((*arguments)[2]));
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wirecopy::fuzz::check_laws({reinterpret_cast<const char*>(data), size});
  return 0;
}

#else

#include "base/hash.hpp"

namespace {

struct NamedInput {
  std::string name;
  std::string bytes;
};

std::vector<NamedInput> inputs_of(const std::vector<std::string>& paths) {
  std::vector<NamedInput> inputs{{"nothing", ""}};
  const auto add_file = [&inputs](const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    inputs.push_back({file, {std::istreambuf_iterator<char>(in), {}}});
  };
  for (const std::string& path : paths) {
    if (fs::is_directory(path)) {
      for (const fs::directory_entry& entry : fs::directory_iterator(path)) add_file(entry.path());
    } else if (fs::exists(path)) {  // a target may have only seeds
      add_file(path);
    }
  }
  for (std::string& seed : wirecopy::fuzz::seeds()) {
    inputs.push_back({"seed " + std::to_string(inputs.size()), std::move(seed)});
  }
  return inputs;
}

/// Changes a byte, removes or doubles a stretch, or truncates the input.
std::string damaged(std::string bytes, wirecopy::RandomStream& random) {
  if (bytes.empty()) return bytes;
  const auto place = [&] { return random.below(static_cast<std::uint32_t>(bytes.size())); };
  const std::size_t at = place(), count = 1 + random.below(16);
  switch (random.below(4)) {
    case 0:
      bytes[at] = static_cast<char>(random());
      break;
    case 1:
      bytes.erase(at, count);
      break;
    case 2:
      bytes.insert(at, bytes.substr(place(), count));
      break;
    default:
      bytes.resize(at);
  }
  return bytes;
}

bool holds(const std::string& name, std::string_view bytes) {
  try {
    wirecopy::fuzz::check_laws(bytes);
    return true;
  } catch (const std::exception& broken) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), broken.what());
    std::ofstream("broken-input", std::ios::binary) << bytes;
    return false;
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 3 && std::string_view(arguments[1]) == "--write-seeds") return write_seeds(arguments[2]);
  constexpr int kDamagedCopies = 10;
  wirecopy::RandomStream random(1);
  bool all_hold = true;
  std::size_t runs = 0;
  for (const NamedInput& input : inputs_of({arguments + 1, arguments + count})) {
    all_hold = holds(input.name, input.bytes) && all_hold;
    for (int copy = 0; copy < kDamagedCopies && all_hold; ++copy) {
      all_hold = holds(input.name + ", damaged", damaged(input.bytes, random));
    }
    runs += 1 + kDamagedCopies;
  }
  std::printf("%zu inputs, %s\n", runs, all_hold ? "all laws hold" : "a law is broken: see broken-input");
  return all_hold ? 0 : 1;
}

#endif
