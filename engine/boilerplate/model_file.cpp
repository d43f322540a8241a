#include "boilerplate/model_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <vector>
#include <wirecopy/error.hpp>

#include "base/file_descriptor.hpp"
#include "base/hash.hpp"
#include "text/normal_form.hpp"

namespace wirecopy {
namespace {

constexpr std::string_view kMagic = "wcboiler";
constexpr std::uint32_t kVersion = 2;
// Raised when texts give other tokens, or tokens other shingles, than before.
constexpr std::uint32_t kTokens = 1;
constexpr std::size_t kUnicodeBytes = 16;
constexpr std::size_t kHeaderBytes = 8 + 4 + 4 + 8 + 4 + kUnicodeBytes + 4 + 8;
constexpr std::size_t kChecksumBytes = 8;

std::uint64_t checksum(std::string_view bytes) { return Hasher(0).hash64(bytes); }

// Byte by byte, so that the format is little-endian on every machine.
template <typename Number>
void append(std::string& out, Number number) {
  for (std::size_t byte = 0; byte < sizeof number; ++byte) out += static_cast<char>(number >> 8 * byte & 0xff);
}

void append_shingles(std::string& out, const ShingleSet& set) {
  const std::vector<std::uint64_t> shingles = set.sorted();
  append(out, std::uint64_t{shingles.size()});
  for (const std::uint64_t shingle : shingles) append(out, shingle);
}

template <typename Number>
Number number_at(std::string_view bytes, std::size_t at) {
  Number number = 0;
  for (std::size_t byte = 0; byte < sizeof number; ++byte) {
    number |= static_cast<Number>(static_cast<unsigned char>(bytes[at + byte])) << 8 * byte;
  }
  return number;
}

std::string padded_unicode_version() {
  std::string version(unicode_version().substr(0, kUnicodeBytes));
  version.resize(kUnicodeBytes, '\0');
  return version;
}

/// Reads a model from its front to its end and trusts none of its numbers.
class ModelReader {
 public:
  ModelReader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {}

  BoilerplateModel read(const ShingleMeaning& meaning) {
    check_kind();
    check_checksum();
    check_meaning(meaning);
    BoilerplateModel model;
    model.set_shared(ShingleSet(read_shingles()));
    for (std::uint64_t left = take<std::uint64_t>(); left > 0; --left) read_source(model);
    if (!bytes_.empty()) refuse("is damaged: there are bytes after its end");
    return model;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(ErrorKind::state, fmt::format("{}: the boilerplate model {}", name_, why));
  }

  template <typename Value>
  void require_same(std::string_view what, const Value& theirs, const Value& ours) const {
    if (theirs != ours) refuse(fmt::format("was made with {} {}, and this run has {}", what, theirs, ours));
  }

  void check_kind() {
    if (!bytes_.starts_with(kMagic.substr(0, bytes_.size()))) {
      throw Error(ErrorKind::state, name_ + ": is not a boilerplate model");
    }
    if (bytes_.size() < kHeaderBytes + kChecksumBytes) refuse("is truncated");
    const auto version = number_at<std::uint32_t>(bytes_, kMagic.size());
    if (version != kVersion) refuse(fmt::format("has version {}, and this program reads {}", version, kVersion));
  }

  void check_checksum() {
    const std::size_t size = bytes_.size() - kChecksumBytes;
    if (number_at<std::uint64_t>(bytes_, size) != checksum(bytes_.substr(0, size))) {
      refuse("is damaged or truncated: its checksum does not match");
    }
    bytes_ = bytes_.substr(0, size);
  }

  void check_meaning(const ShingleMeaning& meaning) {
    take_bytes(kMagic.size() + sizeof kVersion);
    require_same("shingles of", take<std::uint32_t>(), static_cast<std::uint32_t>(meaning.words));
    require_same("seed", take<std::uint64_t>(), meaning.seed);
    require_same("tokens of version", take<std::uint32_t>(), kTokens);
    const std::string_view unicode = take_bytes(kUnicodeBytes);
    require_same("Unicode", shown(unicode), shown(padded_unicode_version()));
    if (unicode != padded_unicode_version()) refuse("is damaged: something follows the version of Unicode");
    if (take<std::uint32_t>() != 0) refuse("is damaged: a reserved field is not 0");
  }

  static std::string shown(std::string_view padded) {
    std::string version(padded.substr(0, padded.find('\0')));
    for (char& c : version) c = c >= '0' && c <= '9' ? c : '.';
    return version;
  }

  void read_source(BoilerplateModel& model) {
    const std::string source(take_bytes(take<std::uint32_t>()));
    if (!(last_ < source)) refuse("is damaged: its sources are out of order");
    const std::vector<std::uint64_t> shingles = read_shingles();
    if (shingles.empty()) refuse("is damaged: a source has nothing");
    model.set(source, ShingleSet(shingles));
    last_ = source;
  }

  std::vector<std::uint64_t> read_shingles() {
    const auto count = take<std::uint64_t>();
    if (count > bytes_.size() / sizeof count) refuse("is damaged: it counts more than there is");
    std::vector<std::uint64_t> shingles(static_cast<std::size_t>(count));
    std::uint64_t before = 0;  // a set has no shingle 0 (ShingleSet keeps it as 1)
    for (std::uint64_t& shingle : shingles) {
      shingle = take<std::uint64_t>();
      if (shingle <= before) refuse("is damaged: its shingles are out of order");
      before = shingle;
    }
    return shingles;
  }

  std::string_view take_bytes(std::size_t size) {
    if (size > bytes_.size()) refuse("is damaged: it ends too early");
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  template <typename Number>
  Number take() {
    return number_at<Number>(take_bytes(sizeof(Number)), 0);
  }

  std::string_view bytes_;
  const std::string& name_;
  std::string last_;  // sources have names, so the first is greater than this
};

}  // namespace

std::string encode_model(const BoilerplateModel& model, const ShingleMeaning& meaning) {
  std::string out(kMagic);
  append(out, kVersion);
  append(out, static_cast<std::uint32_t>(meaning.words));
  append(out, meaning.seed);
  append(out, kTokens);
  out += padded_unicode_version();
  append(out, std::uint32_t{0});
  append_shingles(out, model.shared());
  append(out, std::uint64_t{model.sources()});
  for (const std::string_view source : model.names()) {
    append(out, static_cast<std::uint32_t>(source.size()));
    out += source;
    append_shingles(out, model.of(std::string(source)));
  }
  append(out, checksum(out));
  return out;
}

BoilerplateModel decode_model(std::string_view bytes, const ShingleMeaning& meaning, const std::string& name) {
  return ModelReader(bytes, name).read(meaning);
}

BoilerplateModel load_model(const std::filesystem::path& path, const ShingleMeaning& meaning) {
  const FileDescriptor file = open_for_reading(path);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw_system_error(path.native(), "cannot read", errno);
  if (!S_ISREG(status.st_mode)) throw Error(ErrorKind::usage, path.native() + " is not a regular file");
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  read_exactly(file.get(), bytes, 0, path.native());
  return decode_model(bytes, meaning, path.native());
}

std::string checksum_of(std::string_view encoded) {
  return fmt::format("{:016x}", number_at<std::uint64_t>(encoded, encoded.size() - kChecksumBytes));
}

}  // namespace wirecopy
