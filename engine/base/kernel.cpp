#include "base/kernel.hpp"

#include <algorithm>

namespace wirecopy {

Kernel best_kernel() {
#if WIRECOPY_X86
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    return __builtin_cpu_supports("avx512vbmi") ? Kernel::avx512vbmi : Kernel::avx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")) {
    return Kernel::avx2;
  }
#endif
  return Kernel::scalar;
}

std::vector<Kernel> available_kernels() {
  std::vector<Kernel> kernels{Kernel::scalar};
  if (best_kernel() >= Kernel::avx2) kernels.push_back(Kernel::avx2);
  if (best_kernel() >= Kernel::avx512) kernels.push_back(Kernel::avx512);
  if (best_kernel() >= Kernel::avx512vbmi) kernels.push_back(Kernel::avx512vbmi);
  return kernels;
}

std::string_view name(Kernel kernel) {
  switch (kernel) {
    case Kernel::avx2:
      return "avx2";
    case Kernel::avx512:
      return "avx512";
    case Kernel::avx512vbmi:
      return "avx512vbmi";
    default:
      return "scalar";
  }
}

std::optional<Kernel> kernel_by_name(std::string_view text) {
  for (const Kernel kernel : available_kernels()) {
    if (name(kernel) == text) return kernel;
  }
  return std::nullopt;
}

}  // namespace wirecopy
