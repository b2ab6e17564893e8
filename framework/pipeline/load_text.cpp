// SPDX-License-Identifier: Apache-2.0
#include "pipeline/load_text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace steppe {
namespace {

const Where kWholeFile = {{0, 0, 0}, ""};

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }

 private:
  int value_;
};

std::nullopt_t refuse_error(int error, FaultList& faults) {
  // The GNU function that does not translate: messages do not depend on the locale.
  const char* text = ::strerrordesc_np(error);
  const std::string reason = text == nullptr ? "error " + std::to_string(error) : text;
  faults.add({"J14", ErrorKind::kIo, ExitCode::kPipelineRefused, faults.place(kWholeFile),
              "cannot be read: " + reason});
  return std::nullopt;
}

bool is_regular(const struct stat& status, FaultList& faults, const char* noun) {
  if (S_ISREG(status.st_mode)) return true;
  const char* kind = S_ISDIR(status.st_mode)    ? "a directory"
                     : S_ISFIFO(status.st_mode) ? "a FIFO"
                     : S_ISSOCK(status.st_mode) ? "a socket"
                                                : "a device";
  faults.refuse("J14", kWholeFile, std::string("this is ") + kind + "; expected " + noun);
  return false;
}

}  // namespace

bool within_limit(std::size_t size, std::size_t max_bytes, FaultList& faults) {
  if (size <= max_bytes) return true;
  faults.exceed("J9", kWholeFile,
                "larger than the limit of " + std::to_string(max_bytes) +
                    " bytes; split the pipeline into smaller ones");
  return false;
}

std::optional<std::string> load_text(const std::string& path, std::size_t max_bytes,
                                     FaultList& faults, const char* noun) {
  // Looked at before opening, because opening a device can already do something; O_NONBLOCK is for
  // a FIFO that takes the file's place in between.
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return refuse_error(errno, faults);
  if (!is_regular(status, faults, noun)) return std::nullopt;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return refuse_error(errno, faults);
  if (!is_regular(status, faults, noun)) return std::nullopt;
  std::string bytes;
  std::array<char, 65536> buffer;
  while (bytes.size() <= max_bytes) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return refuse_error(errno, faults);
    if (count == 0) break;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  if (!within_limit(bytes.size(), max_bytes, faults)) return std::nullopt;
  return bytes;
}

}  // namespace steppe
