#include "feed/byte_source.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>
#include <wirecopy/error.hpp>

#include "feed/decoder.hpp"
#include "feed/foreign_format.hpp"

namespace wirecopy {
namespace {

// A look-ahead over decoded bytes, in order to recognise the layout.
class Head {
 public:
  explicit Head(Decoder& decoder) : decoder_(decoder) {}

  [[nodiscard]] std::string_view bytes() const { return std::string_view(bytes_).substr(begin_); }
  [[nodiscard]] bool ended() const { return ended_; }
  /// Decodes once more.
  void grow() {
    constexpr std::size_t kStep = 4096;
    const std::size_t size = bytes_.size();
    bytes_.resize(size + kStep);
    const std::size_t got = decoder_.decode(bytes_.data() + size, kStep);
    bytes_.resize(size + got);
    ended_ = got == 0;
  }
  std::size_t take(char* to, std::size_t capacity) {
    const std::size_t count = bytes().copy(to, capacity);
    begin_ += count;
    if (begin_ == bytes_.size()) bytes_ = {}, begin_ = 0;
    return count;
  }

 private:
  Decoder& decoder_;
  std::string bytes_;
  std::size_t begin_ = 0;
  bool ended_ = false;
};

class DecodedSource : public ByteSource {
 public:
  DecodedSource(std::unique_ptr<Decoder> decoder, Compression compression, const std::string& name,
                const std::string& records)
      : decoder_(std::move(decoder)), compression_(compression), head_(*decoder_) {
    recognise(name, records);
  }

  std::size_t read(char* to, std::size_t capacity) override {
    const std::size_t got = read_decoded(to, capacity);
    if (document_) document_->filter({to, got});
    if (got == 0 && !damage_) note_damage();
    return got;
  }
  const std::optional<std::string>& damage() const override { return damage_; }
  std::uint64_t raw_bytes_read() const override { return decoder_->raw().bytes_read() - decoder_->raw().size(); }
  Compression compression() const override { return compression_; }
  Layout layout() const override { return document_ ? Layout::document : Layout::lines; }
  FileIdentity identity() const override { return decoder_->raw().identity(); }
  bool has_grown() const override { return decoder_->raw().has_grown(); }

 private:
  /// Waits for no more of a pipe than the decision needs.
  void recognise(const std::string& name, const std::string& records) {
    std::optional<Layout> layout;
    while (!(layout = layout_of(head_.bytes(), records, head_.ended()))) head_.grow();
    if (const auto foreign = foreign_format(head_.bytes())) throw Error(ErrorKind::io, refusal(*foreign, name));
    if (layout == Layout::document) document_.emplace(records);
  }

  std::size_t read_decoded(char* to, std::size_t capacity) {
    if (!head_.bytes().empty()) return head_.take(to, capacity);
    return head_.ended() ? 0 : decoder_->decode(to, capacity);
  }

  void note_damage() {
    damage_ = decoder_->damage();
    if (!damage_ && document_) damage_ = document_->damage();
  }

  std::unique_ptr<Decoder> decoder_;
  Compression compression_;
  Head head_;
  std::optional<DocumentLines> document_;
  std::optional<std::string> damage_;
};

/// Whether a compressed stream may begin with this byte.
bool may_begin_stream(char c) { return c != '{' && c != '[' && c != '\n'; }

}  // namespace

std::unique_ptr<ByteSource> ByteSource::open(const Input& input, const SourceOptions& options) {
  return decode(open_raw(input, options.cancelled, options.limit), input.is_stdin() ? "stdin" : input.name, options);
}

std::unique_ptr<ByteSource> ByteSource::decode(std::unique_ptr<RawSource> raw, const std::string& name,
                                               const SourceOptions& options) {
  RawBuffer buffer(std::move(raw));
  buffer.want(1);
  if (!buffer.ended() && may_begin_stream(*buffer.data())) buffer.want(kMagicBytes);
  const Compression compression = compression_of(buffer.view());
  return std::make_unique<DecodedSource>(make_decoder(compression, std::move(buffer), {name, options.max_window}),
                                         compression, name, options.records);
}

}  // namespace wirecopy
