#include "base/kernel.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace wirecopy {
namespace {

TEST(Kernel, ScalarIsFirstAndBestIsLast) {
  const auto kernels = available_kernels();
  ASSERT_FALSE(kernels.empty());
  EXPECT_EQ(kernels.front(), Kernel::scalar);
  EXPECT_EQ(kernels.back(), best_kernel());
  EXPECT_TRUE(std::is_sorted(kernels.begin(), kernels.end()));
}

TEST(Kernel, RoundTripsNames) {
  for (const Kernel kernel : available_kernels()) EXPECT_EQ(kernel_by_name(name(kernel)), kernel);
  EXPECT_EQ(name(Kernel::scalar), "scalar");
  EXPECT_EQ(kernel_by_name("sse9"), std::nullopt);
  EXPECT_EQ(kernel_by_name(""), std::nullopt);
}

TEST(Kernel, DoesNotFindKernelsThatTheProcessorLacks) {
  const auto kernels = available_kernels();
  for (const Kernel kernel : {Kernel::avx2, Kernel::avx512}) {
    const bool available = std::find(kernels.begin(), kernels.end(), kernel) != kernels.end();
    EXPECT_EQ(kernel_by_name(name(kernel)).has_value(), available);
  }
}

}  // namespace
}  // namespace wirecopy
