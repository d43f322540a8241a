#include "base/cancellation.hpp"

#include <gtest/gtest.h>

namespace wirecopy {
namespace {

TEST(Cancellation, ThrowsOnlyAfterARequest) {
  std::stop_source source;
  EXPECT_NO_THROW(throw_if_stopped(source.get_token()));
  source.request_stop();
  try {
    throw_if_stopped(source.get_token());
    FAIL() << "did not stop";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::cancelled);
  }
}

TEST(Cancellation, DefaultTokenNeverStops) { EXPECT_NO_THROW(throw_if_stopped(std::stop_token())); }

}  // namespace
}  // namespace wirecopy
