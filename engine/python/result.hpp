// wirecopy.Result, the return value of deduplicate().
#pragma once

#include <memory>

#include "base/mutex.hpp"
#include "pipeline/collection.hpp"
#include "python/table.hpp"

namespace wirecopy::python {

/// Builds tables on first access. Thread-safe.
class Result {
 public:
  explicit Result(std::unique_ptr<Collection> collection) : collection_(std::move(collection)) {}

  [[nodiscard]] const Collection& collection() const { return *collection_; }
  using MakeTable = Table (*)(const Collection&);
  /// Returns the table, building it on first access.
  [[nodiscard]] std::shared_ptr<Table> table(std::shared_ptr<Table>& made, MakeTable make);
  [[nodiscard]] std::shared_ptr<Table> boilerplate();

  std::shared_ptr<Table> articles, clusters, matches, rejects;

 private:
  std::unique_ptr<Collection> collection_;
  Mutex mutex_;  // guards the tables; never locked while the GIL is held
  std::shared_ptr<Table> boilerplate_ WIRECOPY_GUARDED_BY(mutex_);
};

}  // namespace wirecopy::python
