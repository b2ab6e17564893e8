// SPDX-License-Identifier: Apache-2.0
#include "input_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

namespace steppe::csv {
namespace {

// strerrordesc_np gives the text of the C locale whatever the locale in force.
std::string reason_of(int number) {
  const char* text = strerrordesc_np(number);
  return text == nullptr ? "error " + std::to_string(number) : text;
}

Error io_error(const std::string& path, const std::string& what) {
  return {ErrorKind::kIo, "cannot read \"" + path + "\": " + what,
          path.substr(path.rfind('/') + 1)};
}

const char* kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "it is a directory";
  if (S_ISFIFO(mode)) return "it is a named pipe";
  if (S_ISSOCK(mode)) return "it is a socket";
  return "it is a device";
}

bool same_time(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

}  // namespace

Result<InputFile> InputFile::open(const std::string& path) {
  // Asked before opening: to open a device may already do something.
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return io_error(path, reason_of(errno));
  if (!S_ISREG(status.st_mode)) {
    return io_error(path, std::string(kind_of(status.st_mode)) + "; path must name a regular file");
  }
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return io_error(path, reason_of(errno));
  InputFile file(path, descriptor, status);
  if (::fstat(descriptor, &file.opened_) != 0) return io_error(path, reason_of(errno));
  if (!S_ISREG(file.opened_.st_mode)) {
    return io_error(path,
                    std::string(kind_of(file.opened_.st_mode)) + "; path must name a regular file");
  }
  ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  return file;
}

InputFile::InputFile(std::string path, int descriptor, const struct stat& opened)
    : path_(std::move(path)),
      name_(path_.substr(path_.rfind('/') + 1)),
      descriptor_(descriptor),
      opened_(opened) {
  sha256_init(&hash_);
}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)),
      name_(std::move(other.name_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      opened_(other.opened_),
      bytes_read_(other.bytes_read_),
      at_end_(other.at_end_),
      hash_(other.hash_) {}

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::size_t> InputFile::read(char* out, std::size_t capacity) {
  ssize_t count = 0;
  do {
    count = ::read(descriptor_, out, capacity);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return io_error(path_, reason_of(errno));
  const auto size = static_cast<std::size_t>(count);
  sha256_update(&hash_, size, reinterpret_cast<const std::uint8_t*>(out));
  bytes_read_ += size;
  at_end_ = size == 0;
  return size;
}

Result<std::uint64_t> InputFile::offset_of_last_lines(std::uint64_t count) const {
  constexpr std::uint64_t kChunk = 64 * 1024;
  std::vector<char> chunk(kChunk);
  char next = 0;         // the byte after the one looked at
  bool content = false;  // passed a byte that is not a line break
  std::uint64_t breaks = 0;
  for (std::uint64_t end = size(); end > 0;) {
    const std::uint64_t start = end - std::min(end, kChunk);
    const ssize_t got = ::pread(descriptor_, chunk.data(), end - start, static_cast<off_t>(start));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error(path_, reason_of(errno));
    if (static_cast<std::uint64_t>(got) != end - start) break;  // shrunk: check_unchanged() says so
    for (std::uint64_t i = end - start; i-- > 0;) {
      const char byte = chunk[i];
      const bool line_break = byte == '\n' || (byte == '\r' && next != '\n');
      if (line_break && content && ++breaks == count) return start + i + 1;
      // The end of the line before the last n ends them; CRLF counts at its LF.
      content = content || (byte != '\n' && byte != '\r');
      next = byte;
    }
    end = start;
  }
  return std::uint64_t{0};
}

Result<void> InputFile::check_unchanged() const {
  struct stat now{};
  if (::fstat(descriptor_, &now) != 0) return io_error(path_, reason_of(errno));
  const auto refuse = [this](const std::string& what) {
    return Error{
        ErrorKind::kInvalidData,
        "the file changed while it was read: " + what + "; run again when nothing writes to it",
        name_, "C23"};
  };
  if (now.st_size != opened_.st_size) {
    return refuse(std::to_string(opened_.st_size) + " bytes when opened, " +
                  std::to_string(now.st_size) + " at the end");
  }
  if (at_end_ && bytes_read_ != size()) {
    return refuse(std::to_string(size()) + " bytes when opened, " + std::to_string(bytes_read_) +
                  " read");
  }
  if (!same_time(now.st_mtim, opened_.st_mtim)) return refuse("it was written to");
  struct stat named{};
  if (::stat(path_.c_str(), &named) != 0 || named.st_ino != opened_.st_ino ||
      named.st_dev != opened_.st_dev) {
    return refuse("another file stands in its place");
  }
  return {};
}

std::string InputFile::digest() const {
  sha256_ctx copy = hash_;  // taking the digest resets the context
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> bytes;
  sha256_digest(&copy, bytes.size(), bytes.data());
  constexpr const char* kHex = "0123456789abcdef";
  std::string out = "sha256:";
  for (const std::uint8_t byte : bytes) out += {kHex[byte >> 4], kHex[byte & 15]};
  return out;
}

}  // namespace steppe::csv
