// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "report/io_fault.hpp"
#include "scaffold/scaffold.hpp"

namespace steppe {
namespace {

namespace fs = std::filesystem;

Fault fault_of(int number, const std::string& path) {
  return output_fault(error_code(number), path, error_text(number) + "; nothing was written");
}

Fault there_already(const std::string& path) {
  return output_fault("D17", path,
                      "is there already; choose another name, or remove it first; nothing was "
                      "written");
}

// A folder beside the new one, removed with all that is in it unless it was moved away.
class WorkFolder {
 public:
  WorkFolder(const fs::path& parent, const std::string& name)
      : path_((parent / ("." + name + ".XXXXXX")).string()) {
    if (mkdtemp(path_.data()) == nullptr) {
      error_ = errno;
      path_.clear();
    }
  }
  ~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  int error() const { return error_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int error_ = 0;
};

// The number of the error, or 0.
int write_file(const fs::path& path, const std::string& content) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) return errno;
  int error = 0;
  std::size_t done = 0;
  while (error == 0 && done < content.size()) {
    const ssize_t written = write(descriptor, content.data() + done, content.size() - done);
    if (written >= 0) {
      done += static_cast<std::size_t>(written);
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (close(descriptor) != 0 && error == 0) error = errno;
  return error;
}

// As rename(), but never over something that is there. Where the file system cannot promise that,
// an empty folder made in the meantime would be replaced.
int move_to(const std::string& from, const std::string& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  return rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

Outcome<bool> write_folder(const std::string& parent, const std::string& name,
                           const std::vector<ScaffoldFile>& files) {
  const std::string target = (fs::path(parent) / name).string();
  struct stat status{};
  if (lstat(target.c_str(), &status) == 0) return there_already(target);
  const WorkFolder work(parent.empty() ? "." : parent, name);
  if (work.error() != 0) return fault_of(work.error(), parent);
  const fs::path made = fs::path(work.path()) / name;
  std::error_code error;
  fs::create_directory(made, error);
  for (const ScaffoldFile& file : files) {
    const fs::path path = made / file.path;
    if (!error) fs::create_directories(path.parent_path(), error);
    if (error) break;
    if (const int failed = write_file(path, file.content); failed != 0) {
      return fault_of(failed, (fs::path(target) / file.path).string());
    }
  }
  if (error) return fault_of(error.value(), target);
  const int moved = move_to(made.string(), target);
  if (moved == EEXIST || moved == ENOTEMPTY) return there_already(target);
  if (moved != 0) return fault_of(moved, target);
  return true;
}

}  // namespace steppe
