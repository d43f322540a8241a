// Files taken from a directory where somebody deletes them meanwhile.
#include "store/snapshot_copier.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "store/manifest_state.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

class TakenFiles : public testing::Test {
 protected:
  TakenFiles() {
    fs::create_directory(from());
    fs::create_directory(to());
  }

  [[nodiscard]] fs::path from() const { return directory_.path() / "from"; }
  [[nodiscard]] fs::path to() const { return directory_.path() / "to"; }

  TemporaryDirectory directory_;
};

TEST_F(TakenFiles, StayWhateverBecomesOfTheirNames) {
  const std::string large(3'000'000, 'x');
  write_file(from() / "final", "never changes");
  write_file(from() / "growing", large);
  SnapshotCopier files(to());
  EXPECT_TRUE(files.take(from() / "final", 13, true));
  EXPECT_TRUE(files.take(from() / "growing", large.size() - 1, false));
  files.write("small", "bytes");
  fs::remove(from() / "final");
  fs::remove(from() / "growing");
  files.copy({});
  EXPECT_EQ(read_file(to() / "final"), "never changes");
  EXPECT_EQ(read_file(to() / "growing"), large.substr(1));
  EXPECT_EQ(read_file(to() / "small"), "bytes");
}

TEST_F(TakenFiles, AreToldWhenTheyAreGone) {
  SnapshotCopier files(to());
  EXPECT_FALSE(files.take(from() / "gone", 1, true));
  EXPECT_FALSE(files.take(from() / "gone", 1, false));
  write_file(from() / "short", "abc");
  EXPECT_TRUE(files.take(from() / "short", 4, false));
  EXPECT_THROW(files.copy({}), Error) << "it has fewer bytes than are asked for";
}

TEST_F(TakenFiles, AreNotCopiedToTheEndWhenItIsStopped) {
  write_file(from() / "large", std::string(3'000'000, 'x'));
  SnapshotCopier files(to());
  EXPECT_TRUE(files.take(from() / "large", 3'000'000, false));
  std::stop_source stop;
  stop.request_stop();
  try {
    files.copy(stop.get_token());
    ADD_FAILURE() << "it went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::cancelled);
  }
}

TEST_F(TakenFiles, BelongToOneMomentUntilAWriterMovesRecords) {
  write_file(from() / "CURRENT", "MANIFEST-1\n");
  write_file(from() / "MANIFEST-1", "list");
  write_file(from() / "1.log", "records");
  const ManifestState before = ManifestState::of(from());
  EXPECT_TRUE(before.lasts_until(ManifestState::of(from())));
  write_file(from() / "2.log", "");
  EXPECT_TRUE(before.lasts_until(ManifestState::of(from()))) << "records that came later";
  fs::remove(from() / "1.log");
  EXPECT_FALSE(before.lasts_until(ManifestState::of(from()))) << "its records are in a file now";
  write_file(from() / "1.log", "records");
  write_file(from() / "MANIFEST-1", "list, and a new file");
  EXPECT_FALSE(before.lasts_until(ManifestState::of(from())));
  EXPECT_FALSE(before.lasts_until(ManifestState::of(directory_.path())));
}

}  // namespace
}  // namespace wirecopy
