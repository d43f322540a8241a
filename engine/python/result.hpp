// wirecopy.Result: what deduplicate() returns.
#pragma once

#include <memory>

#include "base/mutex.hpp"
#include "pipeline/collection.hpp"
#include "python/table.hpp"

namespace wirecopy::python {

/// Tables are made when they are asked for.
class Result {
 public:
  explicit Result(std::unique_ptr<Collection> collection) : collection_(std::move(collection)) {}

  [[nodiscard]] const Collection& collection() const { return *collection_; }
  using MakeTable = Table (*)(const Collection&);
  /// Makes a table where there is none yet.
  [[nodiscard]] std::shared_ptr<Table> table(std::shared_ptr<Table>& made, MakeTable make);
  [[nodiscard]] std::shared_ptr<Table> boilerplate();

  std::shared_ptr<Table> articles, clusters, matches, rejects;

 private:
  std::unique_ptr<Collection> collection_;
  Mutex mutex_;  // of all tables; never taken with the GIL held
  std::shared_ptr<Table> boilerplate_ WIRECOPY_GUARDED_BY(mutex_);
};

}  // namespace wirecopy::python
