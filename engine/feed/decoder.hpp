// One decoder per compression format: the part of a ByteSource that depends on the format.
//
// Every decoder returns all bytes that can be decoded before damage. Where that is possible they depend only on the
// input, not on how it arrives or on the caller's buffer size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "feed/compression.hpp"
#include "feed/raw_buffer.hpp"

namespace wirecopy {

class Decoder {
 public:
  explicit Decoder(RawBuffer raw) : raw_(std::move(raw)) {}
  virtual ~Decoder() = default;

  /// Decodes 1 to `capacity` bytes; 0 means the end, or damage if damage() is set. Throws as RawSource::read().
  virtual std::size_t decode(char* to, std::size_t capacity) = 0;
  /// What is wrong with the input: "the gzip stream is truncated".
  [[nodiscard]] const std::optional<std::string>& damage() const { return damage_; }
  [[nodiscard]] const RawBuffer& raw() const { return raw_; }

 protected:
  void break_off(std::string message) { damage_ = std::move(message); }

  RawBuffer raw_;

 private:
  std::optional<std::string> damage_;
};

/// The format by the first bytes, of which there must be kMagicBytes unless the input is shorter.
[[nodiscard]] Compression compression_of(std::string_view head);
inline constexpr std::size_t kMagicBytes = 6;

/// How much memory a stream may make its decoder allocate; `name` is used in messages. A stream that needs more is an
/// Error(resources) from decode().
struct DecoderLimit {
  std::string name;
  std::uint64_t max_window = UINT64_MAX;

  /// Throws Error(resources) if `needed` bytes are more: "NAME: its FORMAT stream needs ...; REMEDY".
  void check(std::uint64_t needed, std::string_view format, std::string_view remedy) const;
};

[[nodiscard]] std::unique_ptr<Decoder> make_decoder(Compression compression, RawBuffer raw, DecoderLimit limit);

// Those of the formats, each in a file of its own: the only users of the libraries.
[[nodiscard]] std::unique_ptr<Decoder> gzip_decoder(RawBuffer raw);
[[nodiscard]] std::unique_ptr<Decoder> zstd_decoder(RawBuffer raw, DecoderLimit limit);
[[nodiscard]] std::unique_ptr<Decoder> bzip2_decoder(RawBuffer raw);
[[nodiscard]] std::unique_ptr<Decoder> xz_decoder(RawBuffer raw, DecoderLimit limit);
[[nodiscard]] std::unique_ptr<Decoder> lz4_decoder(RawBuffer raw);

}  // namespace wirecopy
