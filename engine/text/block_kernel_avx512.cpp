#include "text/block_kernel.hpp"

#if WIRECOPY_X86
#include <immintrin.h>

#include <cstring>

#include "text/utf8.hpp"

#define WIRECOPY_KERNEL read_blocks_avx512
#define WIRECOPY_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi,bmi2,popcnt")))

namespace wirecopy {

#include "text/block_kernel_ascii_only.inc"
#include "text/block_kernel_avx512.inc"
#include "text/block_kernel_body.inc"

}  // namespace wirecopy
#endif
