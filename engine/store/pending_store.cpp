#include "store/store.hpp"

namespace wirecopy {

void PendingStore::scan(const Key& from, const Key& to,
                        const std::function<bool(const Key&, std::string_view)>& use) const {
  auto pending = changes_.lower_bound(from);
  const auto end = changes_.lower_bound(to);
  bool goes_on = true;
  // The pending records before `key`, and the one at it.
  const auto use_pending = [&](const Key* key) {
    for (; goes_on && pending != end && (key == nullptr || pending->first <= *key); ++pending) {
      if (pending->second) goes_on = use(pending->first, *pending->second);
    }
  };
  store_.scan(from, to, [&](const Key& key, std::string_view value) {
    const bool is_changed = changes_.contains(key);
    use_pending(&key);
    if (goes_on && !is_changed) goes_on = use(key, value);
    return goes_on;
  });
  use_pending(nullptr);
}

}  // namespace wirecopy
