#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <wirecopy/signature.hpp>

#include "base/cancellation.hpp"
#include "lsh/banding.hpp"
#include "pipeline/in_arena.hpp"
#include "pipeline/sketcher.hpp"
#include "pipeline/threads.hpp"

namespace wirecopy {
namespace {

Options checked(const Options& options) {
  validate(options);
  if (options.method != Method::minhash && options.method != Method::simhash) {
    throw Error(ErrorKind::usage, "signatures are made by the methods minhash and simhash");
  }
  Options of_texts = options;
  of_texts.title = false;
  return of_texts;
}

Banding banding_of(const Options& options) {
  if (options.method == Method::simhash) return {1, 2};
  return choose_banding(jaccard_at(options.threshold), options.recall);
}

/// What one thread sketches into.
struct Scratch {
  SketchBlock block;
  SourceTable sources;
  SketchScratch sketch;
};

}  // namespace

struct Signer::State {
  State(const Options& options, const Resources& resources)
      : sketcher(checked(options), chosen_kernel(resources)), banding(banding_of(options)) {
    context.threads = thread_count(resources);
  }

  Sketcher sketcher;
  Banding banding;
  RunContext context;
};

Signer::Signer(const Options& options, const Resources& resources)
    : state_(std::make_unique<State>(options, resources)) {}
Signer::~Signer() = default;
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;

std::size_t Signer::words() const { return state_->sketcher.signature_words(); }
unsigned Signer::bands() const { return state_->banding.bands; }
unsigned Signer::rows() const { return state_->banding.rows; }

void Signer::sign(std::span<const std::string_view> texts, std::span<std::uint32_t> signatures,
                  std::stop_token stop) const {
  if (signatures.size() != texts.size() * words()) {
    throw Error(ErrorKind::usage, "the room for signatures does not fit the number of texts");
  }
  oneapi::tbb::enumerable_thread_specific<Scratch> scratches;
  const auto sign_one = [&](std::size_t i) {
    Scratch& scratch = scratches.local();
    scratch.block.clear();
    Article article;
    article.text = texts[i];
    state_->sketcher.sketch(article, {}, {}, i, scratch.block, scratch.sources, scratch.sketch);
    std::copy(scratch.block.signatures.begin(), scratch.block.signatures.end(), signatures.begin() + i * words());
  };
  in_arena(state_->context, [&] {
    oneapi::tbb::parallel_for(oneapi::tbb::blocked_range<std::size_t>(0, texts.size(), 16), [&](const auto& range) {
      throw_if_stopped(stop);
      for (std::size_t i = range.begin(); i < range.end(); ++i) sign_one(i);
    });
  });
}

}  // namespace wirecopy
