/// @file
/// Signatures of texts by themselves: MinHash or SimHash, the same that a Deduplicator looks for candidates with.
///
///     wirecopy::Options options;
///     options.method = wirecopy::Method::minhash;
///     const wirecopy::Signer signer(options);
///     std::vector<std::uint32_t> signatures(texts.size() * signer.words());
///     signer.sign(texts, signatures);
///
/// Two MinHash signatures agree in each word with the probability of the Jaccard similarity of their shingle sets
/// (Broder 1997); of two SimHashes, the fewer bits differ the more alike the texts are (Charikar 2002).
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

/// Signs texts. Immutable: any number of threads may share one.
class WIRECOPY_API Signer {
 public:
  /// Method::minhash and Method::simhash only; of the options only method, threshold, recall, shingle and seed matter.
  /// Signatures of different options must not be compared. Throws Error(usage).
  explicit Signer(const Options& options, const Resources& resources = {});
  /// Frees all; signatures are the caller's.
  ~Signer();
  /// Takes the state of another, which may only be destroyed or assigned to afterwards.
  Signer(Signer&&) noexcept;
  /// Takes the state of another, which may only be destroyed or assigned to afterwards.
  Signer& operator=(Signer&&) noexcept;

  /// Words of 32 bits a signature: bands() * rows() for MinHash; 2 for SimHash, the lower half first.
  [[nodiscard]] std::size_t words() const;
  /// How MinHash signatures are cut into bands to find pairs at the threshold: the number of bands; 1 for SimHash.
  [[nodiscard]] unsigned bands() const;
  /// Words of a band; 2 for SimHash.
  [[nodiscard]] unsigned rows() const;

  /// Writes the signature of texts[i] to the words from i * words() on, in parallel. Texts are UTF-8, with or without
  /// markup; one without a shingle has the signature of the empty set: all bits set in MinHash, none in SimHash.
  /// `signatures` has texts.size() * words() elements and no text has more than kMaxTextBytes (wirecopy/article.hpp),
  /// else Error(usage). Throws Error(cancelled) soon after `stop` is requested. Linear in the texts.
  void sign(std::span<const std::string_view> texts, std::span<std::uint32_t> signatures,
            std::stop_token stop = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy
