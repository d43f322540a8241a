/// @file
/// MinHash or SimHash signatures of texts, identical to those that a Deduplicator uses to find candidates.
///
///     wirecopy::Options options;
///     options.method = wirecopy::Method::minhash;
///     const wirecopy::Signer signer(options);
///     std::vector<std::uint32_t> signatures(texts.size() * signer.words());
///     signer.sign(texts, signatures);
///
/// Each word of two MinHash signatures is equal with a probability that is the Jaccard similarity of the shingle sets
/// (Broder 1997). The fewer bits of two SimHashes differ, the more similar the texts are (Charikar 2002).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>
#include <wirecopy/error.hpp>
#include <wirecopy/export.hpp>
#include <wirecopy/options.hpp>

namespace wirecopy {

/// Computes signatures. Immutable, so any number of threads may share one object.
class WIRECOPY_API Signer {
 public:
  /// The method must be Method::minhash or Method::simhash. Only the options method, threshold, recall, shingle and
  /// seed affect signatures; signatures made with different options must not be compared. Throws Error(usage) for
  /// another method or an option out of range.
  explicit Signer(const Options& options, const Resources& resources = {});
  /// Frees all memory. Signatures belong to the caller.
  ~Signer();
  /// Moves the state. A moved-from object may only be destroyed or assigned to.
  Signer(Signer&&) noexcept;
  /// Moves the state. A moved-from object may only be destroyed or assigned to.
  Signer& operator=(Signer&&) noexcept;

  /// Number of 32-bit words per signature: bands() * rows() for MinHash; 2 for SimHash, the lower half first.
  [[nodiscard]] std::size_t words() const;
  /// Number of bands into which a MinHash signature is divided to find pairs at the threshold; 1 for SimHash.
  [[nodiscard]] unsigned bands() const;
  /// Number of words per band; 2 for SimHash.
  [[nodiscard]] unsigned rows() const;

  /// Writes the signature of texts[i] to `signatures`, starting at word i * words(), in parallel. Texts are UTF-8, with
  /// or without markup. A text without shingles has the signature of the empty set: all bits set for MinHash, no bits
  /// set for SimHash. Throws Error(usage) if `signatures` does not have texts.size() * words() elements or a text is
  /// longer than kMaxTextBytes (wirecopy/article.hpp), and Error(cancelled) soon after a stop is requested on `stop`.
  /// Time is linear in the total length of the texts.
  void sign(std::span<const std::string_view> texts, std::span<std::uint32_t> signatures,
            std::stop_token stop = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy
