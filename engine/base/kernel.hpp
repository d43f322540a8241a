// The instruction set of the SIMD kernels, chosen once, at run time, in one place.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace wirecopy {

/// A SIMD level. `scalar` is the compiler's baseline for the target (SSE2 on x86-64, NEON on aarch64) and always
/// available. Every kernel gives the same bytes.
enum class Kernel { scalar, avx2, avx512, avx512vbmi };

/// The best level that this processor supports. Pure, thread-safe, cheap.
[[nodiscard]] Kernel best_kernel();
/// All levels that this processor supports, `scalar` first: tests run the same checks on each.
[[nodiscard]] std::vector<Kernel> available_kernels();
[[nodiscard]] std::string_view name(Kernel kernel);
/// The kernel with that name, if this processor supports it.
[[nodiscard]] std::optional<Kernel> kernel_by_name(std::string_view text);

}  // namespace wirecopy

// Function attributes for a kernel compiled for one level; empty if the target has no such level.
#if defined(__x86_64__)
#define WIRECOPY_X86 1
#define WIRECOPY_TARGET_AVX2 __attribute__((target("avx2,bmi,bmi2,fma")))
#define WIRECOPY_TARGET_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi,bmi2,fma")))
#else
#define WIRECOPY_X86 0
#endif
#define WIRECOPY_ALWAYS_INLINE inline __attribute__((always_inline))
