// signatures(): computes MinHash or SimHash signatures of texts.
#include <fmt/format.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string_view.h>

#include <wirecopy/signature.hpp>

#include "python/arrow_check.hpp"
#include "python/arrow_reader.hpp"
#include "python/arrow_values.hpp"
#include "python/bindings.hpp"
#include "python/dict_reader.hpp"
#include "python/numbers.hpp"
#include "python/running.hpp"
#include "python/settings.hpp"

namespace wirecopy::python {
namespace {

/// Signatures and the parameters needed to compare them.
struct Signatures : Numbers {
  Method method = Method::minhash;
  unsigned bands = 1, rows_per_band = 1;
};

/// Texts as views, with the owners of their memory.
struct Texts {
  std::vector<std::string_view> views;
  ArticleBlock block;  // owns Python strings
  std::vector<ArrowOwner<ArrowArray>> batches;
};

void read_arrow(nb::handle from, Texts& texts) {
  ArrowBatches batches(from);
  if (!is_string(batches.schema())) {
    throw Error(ErrorKind::usage, fmt::format("signatures() requires a column of strings, not of Arrow format {}",
                                              batches.schema().format));
  }
  while (ArrowOwner<ArrowArray> batch = without_gil([&] { return batches.next(); })) {
    check_values(batches.schema(), *batch, 0, "the texts");
    for (std::int64_t i = 0; i < (*batch).length; ++i) {
      texts.views.push_back(string_at(batches.schema(), *batch, i).value_or(""));
    }
    texts.batches.push_back(std::move(batch));
    check_signals();
  }
}

void read_strings(nb::handle from, Texts& texts) {
  for (const nb::handle each : nb::iter(from)) {
    if (each.is_none()) {
      texts.views.emplace_back();
    } else if (PyUnicode_Check(each.ptr())) {
      texts.views.push_back(utf8_of(each, texts.block));
    } else {
      throw nb::type_error(
          fmt::format("text {} must be a str or None, not {}", texts.views.size(), Py_TYPE(each.ptr())->tp_name)
              .c_str());
    }
  }
}

/// Joins pairs of words to SimHashes of 64 bits.
std::vector<std::uint64_t> joined(const std::vector<std::uint32_t>& words) {
  std::vector<std::uint64_t> numbers(words.size() / 2);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = words[2 * i] | static_cast<std::uint64_t>(words[2 * i + 1]) << 32;
  }
  return numbers;
}

std::shared_ptr<Signatures> signatures(nb::handle from, nb::dict keywords) {
  Settings settings = take_settings(keywords);
  refuse_others(keywords, "signatures");
  const Signer signer(settings.options, settings.resources);
  Texts texts;
  if (is_arrow(from)) {
    read_arrow(from, texts);
  } else {
    read_strings(from, texts);
  }
  std::vector<std::uint32_t> words(texts.views.size() * signer.words());
  run_interruptibly([&](const std::stop_token& stop) { signer.sign(texts.views, words, stop); });

  auto made = std::make_shared<Signatures>();
  made->method = settings.options.method;
  made->bands = signer.bands();
  made->rows_per_band = signer.rows();
  if (made->method == Method::simhash) {
    made->values = joined(words);
  } else {
    made->width = signer.words();
    made->values = std::move(words);
  }
  return made;
}

}  // namespace

void bind_signatures(nb::module_& module) {
  nb::class_<Signatures, Numbers> made(
      module, "Signatures", "Signatures of texts: an Array of rows of uint32 (MinHash), or of uint64 (SimHash).");
  made.attr("__module__") = "wirecopy";
  made.def_prop_ro(
          "method", [](const Signatures& self) { return name(self.method); }, "'minhash' or 'simhash'.")
      .def_ro("bands", &Signatures::bands, "Number of bands of a MinHash signature; 1 for SimHash.")
      .def_ro("rows", &Signatures::rows_per_band, "Number of 32-bit words per band; 2 for SimHash.");
  module.def("signatures", signatures);
}

}  // namespace wirecopy::python
