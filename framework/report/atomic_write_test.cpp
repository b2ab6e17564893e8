// SPDX-License-Identifier: Apache-2.0
// Faults D1-D9 of outputs. System calls are made to fail through their table, because the tests may
// run as root and on any file system.

#include "report/atomic_write.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "report/system_calls.hpp"
#include "support/temporary_folder.hpp"
#include "support/without_root.hpp"

namespace steppe {
namespace {

namespace fs = std::filesystem;

class AtomicWrite : public ::testing::Test {
 protected:
  std::string at(const std::string& name) const { return folder_.at(name); }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }
  // Writes "new" to out.csv with these calls; the fault, or "written".
  std::string write(const SystemCalls& calls) const {
    const auto done = write_outputs({{"out.csv", at("out.csv"), "new!"}}, calls);
    if (done) return "written";
    EXPECT_EQ(done.error().exit, ExitCode::kOutputNotWritten);
    return to_text(done.error());
  }
  // The same over an old file, which must stay as it was, with nothing left beside it.
  std::string write_over_old(const SystemCalls& calls) const {
    folder_.write("out.csv", "old");
    const std::string text = write(calls);
    EXPECT_EQ(folder_.read("out.csv"), "old");
    EXPECT_EQ(files(), 1u);
    return text;
  }

  testing::TemporaryFolder folder_;
};

SystemCalls failing_write(int number, std::size_t after) {
  SystemCalls calls = real_system_calls();
  calls.write = [number, after, written = std::size_t{0}](int descriptor, const void* data,
                                                          std::size_t size) mutable -> ssize_t {
    if (written >= after) {
      errno = number;
      return -1;
    }
    const ssize_t count = ::write(descriptor, data, std::min(size, after - written));
    written += static_cast<std::size_t>(count);
    return count;
  };
  calls.free_bytes = [](const char*) { return std::optional<std::uint64_t>(12); };
  return calls;
}

TEST_F(AtomicWrite, WritesNewFilesAndReplacesOldOnes) {
  folder_.write("b.csv", "old");
  ASSERT_EQ(::chmod(at("b.csv").c_str(), 0640), 0);
  const std::string large(300000, 'x');
  ASSERT_TRUE(write_outputs({{"a.csv", at("a.csv"), large}, {"b.csv", at("b.csv"), ""}}).ok());
  EXPECT_EQ(folder_.read("a.csv"), large);
  EXPECT_EQ(folder_.read("b.csv"), "");
  EXPECT_EQ(files(), 2u);
  struct stat status{};
  ASSERT_EQ(::stat(at("b.csv").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777u, 0640u);
}

TEST_F(AtomicWrite, KeepsTheOldFileWhenTheDeviceIsFullD1) {
  EXPECT_EQ(write_over_old(failing_write(ENOSPC, 3)),
            "error[D1] out.csv: no space left on device after 3 of 4 bytes; previous out.csv "
            "unchanged; 12 bytes free");
  fs::remove(at("out.csv"));
  EXPECT_EQ(write(failing_write(ENOSPC, 0)),
            "error[D1] out.csv: no space left on device after 0 of 4 bytes; no out.csv was "
            "written; 12 bytes free");
  EXPECT_EQ(files(), 0u);
}

TEST_F(AtomicWrite, KeepsTheOldFileOnInputOutputErrorsAndQuotasD2D3) {
  EXPECT_EQ(write_over_old(failing_write(EIO, 1)),
            "error[D2] out.csv: input/output error after 1 of 4 bytes; previous out.csv unchanged");
  EXPECT_EQ(
      write_over_old(failing_write(EDQUOT, 1)),
      "error[D3] out.csv: disk quota exceeded after 1 of 4 bytes; previous out.csv unchanged");
}

TEST_F(AtomicWrite, GoesOnAfterShortWritesAndInterruptionsD4D5) {
  SystemCalls calls = real_system_calls();
  calls.write = [turn = 0](int descriptor, const void* data, std::size_t) mutable -> ssize_t {
    if (++turn % 2 == 1) {
      errno = EINTR;
      return -1;
    }
    return ::write(descriptor, data, 1);
  };
  EXPECT_EQ(write(calls), "written");
  EXPECT_EQ(folder_.read("out.csv"), "new!");
}

TEST_F(AtomicWrite, TreatsAFailedFlushAsFinalD6) {
  SystemCalls calls = real_system_calls();
  int flushes = 0;
  calls.fsync = [&flushes](int) {
    ++flushes;
    errno = EIO;
    return -1;
  };
  EXPECT_EQ(write_over_old(calls),
            "error[D6] out.csv: flushing failed: input/output error; previous out.csv unchanged");
  EXPECT_EQ(flushes, 1);
}

TEST_F(AtomicWrite, ReportsADirectoryThatCannotBeFlushedD6) {
  SystemCalls calls = real_system_calls();
  calls.fsync = [turn = 0](int descriptor) mutable {
    if (++turn == 1) return ::fsync(descriptor);
    errno = EIO;
    return -1;
  };
  EXPECT_EQ(write(calls),
            "error[D6] out.csv: written, but flushing its directory failed: input/output error; it "
            "may be lost in a power cut");
  EXPECT_EQ(folder_.read("out.csv"), "new!");
}

TEST_F(AtomicWrite, KeepsTheOldFileWhenRenamingFailsD7) {
  SystemCalls calls = real_system_calls();
  calls.rename = [](const char*, const char*) {
    errno = EXDEV;
    return -1;
  };
  EXPECT_EQ(write_over_old(calls),
            "error[D7] out.csv: renaming the finished file failed: the target lies on another file "
            "system; previous out.csv unchanged");
}

TEST_F(AtomicWrite, KeepsTheOldFileWhenClosingFails) {
  SystemCalls calls = real_system_calls();
  calls.close = [](int descriptor) {
    ::close(descriptor);
    errno = EIO;
    return -1;
  };
  EXPECT_EQ(write_over_old(calls),
            "error[D2] out.csv: closing failed: input/output error; previous out.csv unchanged");
}

TEST_F(AtomicWrite, ReplacesNothingUnlessEveryFileIsComplete) {
  folder_.write("a.csv", "old");
  const auto done =
      write_outputs({{"a.csv", at("a.csv"), "new"}, {"b.csv", at("missing/b.csv"), "new"}});
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(to_text(done.error()),
            "error[D8] b.csv: cannot be created: the directory does not exist; no b.csv was "
            "written");
  EXPECT_EQ(folder_.read("a.csv"), "old");
  EXPECT_EQ(files(), 1u);
}

TEST_F(AtomicWrite, SaysWhatWasAlreadyReplacedWhenALaterRenameFailsD7) {
  SystemCalls calls = real_system_calls();
  calls.rename = [turn = 0](const char* from, const char* to) mutable {
    if (++turn == 1) return ::rename(from, to);
    errno = EIO;
    return -1;
  };
  const auto done =
      write_outputs({{"a.csv", at("a.csv"), "1"}, {"b.csv", at("b.csv"), "2"}}, calls);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(to_text(done.error()),
            "error[D7] b.csv: renaming the finished file failed: input/output error; no b.csv was "
            "written; already replaced: a.csv");
  EXPECT_EQ(files(), 1u);
}

TEST_F(AtomicWrite, StopsAtAFullDeviceOfTheSystemD1) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  SystemCalls calls = real_system_calls();
  calls.open = [&](const char* path, int flags, mode_t mode) {
    if ((flags & O_CREAT) == 0) return ::open(path, flags, mode);
    return ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  };
  calls.fchmod = [](int, mode_t) { return 0; };
  calls.free_bytes = [](const char*) { return std::optional<std::uint64_t>(0); };
  EXPECT_EQ(write(calls),
            "error[D1] out.csv: no space left on device after 0 of 4 bytes; no out.csv was "
            "written; 0 bytes free");
}

TEST_F(AtomicWrite, KeepsTheOldFileAtTheLimitOnFileSizeD1) {
  struct rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  struct rlimit small = old;
  small.rlim_cur = 2;
  folder_.write("out.csv", "old");
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string text = write(real_system_calls());
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &old), 0);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(text,
            "error[D1] out.csv: the limit on file size is reached after 2 of 4 bytes; previous "
            "out.csv unchanged");
  EXPECT_EQ(folder_.read("out.csv"), "old");
  EXPECT_EQ(files(), 1u);
}

TEST_F(AtomicWrite, ChecksDirectoriesBeforeComputingD8) {
  folder_.write("file", "");
  const Faults faults = check_outputs({{"x/out.csv", at("x/out.csv")},
                                       {"file/out.csv", at("file/out.csv")},
                                       {"good.csv", at("good.csv")}});
  EXPECT_EQ(faults.size(), 2u);
  ASSERT_GE(faults.size(), 2u);
  EXPECT_EQ(to_text(faults[0]),
            "error[D8] x/out.csv: the directory does not exist; create it first");
  EXPECT_EQ(to_text(faults[1]), "error[D8] file/out.csv: a part of the path is not a directory");
}

TEST_F(AtomicWrite, RefusesADirectoryItMayNotWriteToD8) {
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0555), 0);
  const Faults faults = [&] {
    const testing::WithoutRoot as_nobody;
    return check_outputs({{"out.csv", at("out.csv")}});
  }();
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0700), 0);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(to_text(faults[0]),
            "error[D8] out.csv: its directory cannot be written to: permission denied");
}

TEST_F(AtomicWrite, RefusesTargetsThatAreNoRegularFilesD9) {
  fs::create_directory(at("directory"));
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  fs::create_symlink("nowhere", at("link"));
  const Faults faults =
      check_outputs({{"directory", at("directory")}, {"pipe", at("pipe")}, {"link", at("link")}});
  ASSERT_EQ(faults.size(), 3u);
  EXPECT_EQ(to_text(faults[0]),
            "error[D9] directory: is a directory; an output must be a regular file or new");
  EXPECT_EQ(to_text(faults[1]),
            "error[D9] pipe: is a named pipe; an output must be a regular file or new");
  EXPECT_EQ(to_text(faults[2]),
            "error[D9] link: is a symbolic link; an output must be a regular file or new");
}

}  // namespace
}  // namespace steppe
