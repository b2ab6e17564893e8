// SPDX-License-Identifier: Apache-2.0
#include "input_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <deque>
#include <utility>
#include <vector>

namespace steppe::csv {
namespace {

// strerrordesc_np gives the text of the C locale whatever the locale in force.
std::string reason_of(int number) {
  const char* text = strerrordesc_np(number);
  return text == nullptr ? "error " + std::to_string(number) : text;
}

Error io_error(const std::string& path, const std::string& what, const std::string& name) {
  return {ErrorKind::kIo, "cannot read \"" + path + "\": " + what, name};
}

const char* kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "it is a directory";
  if (S_ISFIFO(mode)) return "it is a named pipe";
  if (S_ISSOCK(mode)) return "it is a socket";
  return "it is a device";
}

// Where the last lines of a text begin that is seen byte by byte. A line break at the very end
// belongs to the last line, empty lines after it are passed over.
class LastLines {
 public:
  explicit LastLines(std::uint64_t count) : count_(count) {}

  void add(char byte) {
    ++offset_;
    if (byte == '\n' && last_ == '\r') {
      waiting_.back() = offset_;
    } else if (byte == '\n' || byte == '\r') {
      keep(waiting_, offset_);
    } else {
      for (const std::uint64_t start : waiting_) keep(starts_, start);
      waiting_.clear();
    }
    last_ = byte;
  }
  // 0 when there are no more lines than that.
  std::uint64_t start() const { return starts_.size() < count_ ? 0 : starts_.front(); }

 private:
  void keep(std::deque<std::uint64_t>& starts, std::uint64_t start) const {
    starts.push_back(start);
    if (starts.size() > count_) starts.pop_front();
  }

  std::uint64_t count_;
  std::uint64_t offset_ = 0;
  char last_ = 0;
  std::deque<std::uint64_t> waiting_;  // behind line breaks with nothing after them yet
  std::deque<std::uint64_t> starts_;
};

std::string hexadecimal_digest(sha256_ctx& hash) {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> bytes;
  sha256_digest(&hash, bytes.size(), bytes.data());
  constexpr const char* kHex = "0123456789abcdef";
  std::string out = "sha256:";
  for (const std::uint8_t byte : bytes) out += {kHex[byte >> 4], kHex[byte & 15]};
  return out;
}

bool same_time(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

}  // namespace

Result<InputFile> InputFile::open(const std::string& path, std::string name,
                                  const UnpackLimits& limits) {
  // Asked before opening: to open a device may already do something.
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return io_error(path, reason_of(errno), name);
  const auto refuse_kind = [&](mode_t mode) {
    return io_error(path, std::string(kind_of(mode)) + "; path must name a regular file", name);
  };
  if (!S_ISREG(status.st_mode)) return refuse_kind(status.st_mode);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return io_error(path, reason_of(errno), name);
  InputFile file(path, std::move(name), descriptor, limits);
  if (::fstat(descriptor, &file.opened_) != 0) {
    return io_error(path, reason_of(errno), file.name_);
  }
  if (!S_ISREG(file.opened_.st_mode)) {
    name = file.name_;
    return refuse_kind(file.opened_.st_mode);
  }
  ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  std::array<unsigned char, kGzipMagic.size()> start{};
  const ssize_t got = ::pread(descriptor, start.data(), start.size(), 0);
  if (got == static_cast<ssize_t>(start.size()) && start == kGzipMagic) {
    file.unpacking_ = std::make_unique<GzipReader>();
  }
  return file;
}

InputFile::InputFile(std::string path, std::string name, int descriptor, const UnpackLimits& limits)
    : path_(std::move(path)), name_(std::move(name)), descriptor_(descriptor), limits_(limits) {
  sha256_init(&hash_);
}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)),
      name_(std::move(other.name_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      opened_(other.opened_),
      limits_(other.limits_),
      unpacking_(std::move(other.unpacking_)),
      bytes_read_(other.bytes_read_),
      content_read_(other.content_read_),
      at_end_(other.at_end_),
      hash_(other.hash_) {}

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::size_t> InputFile::read(char* out, std::size_t capacity) {
  auto got = packed() ? read_unpacked(out, capacity) : read_stored(out, capacity);
  if (got) content_read_ += *got;
  return got;
}

Result<std::size_t> InputFile::read_stored(char* out, std::size_t capacity) {
  ssize_t count = 0;
  do {
    count = ::read(descriptor_, out, capacity);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return io_error(path_, reason_of(errno), name_);
  const auto size = static_cast<std::size_t>(count);
  sha256_update(&hash_, size, reinterpret_cast<const std::uint8_t*>(out));
  bytes_read_ += size;
  at_end_ = size == 0;
  return size;
}

Result<std::size_t> InputFile::read_unpacked(char* out, std::size_t capacity) {
  auto got = unpacking_->read(
      out, capacity, [this](char* packed, std::size_t room) { return read_stored(packed, room); });
  if (!got) {
    // Data that end too early may be those of a file that somebody cuts at this moment (C23).
    if (unpacking_->cut_short()) {
      if (auto same = check_unchanged(); !same) return std::move(same).error();
    }
    return named(std::move(got).error());
  }
  if (auto checked = check_unpacked(content_read_ + *got); !checked) {
    return std::move(checked).error();
  }
  return got;
}

Result<void> InputFile::check_unpacked(std::uint64_t bytes) const {
  const auto refuse = [this](const std::string& what) {
    return Error{ErrorKind::kResourceLimit, what, name_, "C24"};
  };
  if (bytes > limits_.bytes) {
    return refuse("the gzip data unfold to more than " + std::to_string(limits_.bytes) +
                  " bytes (max_unpacked)");
  }
  if (bytes > UnpackLimits::kFreeOfRatio && bytes / limits_.ratio >= size()) {
    return refuse("the gzip data unfold to more than " + std::to_string(limits_.ratio) +
                  " times the " + std::to_string(size()) +
                  " bytes of the file (max_ratio); raise that if the file is meant so");
  }
  return {};
}

Error InputFile::named(Error error) const {
  if (error.where.empty()) error.where = name_;
  return error;
}

Result<std::uint64_t> InputFile::offset_of_last_lines(std::uint64_t count, const Host& host) const {
  if (packed()) return offset_in_packed(count, host);
  constexpr std::uint64_t kChunk = 64 * 1024;
  std::vector<char> chunk(kChunk);
  char next = 0;         // the byte after the one looked at
  bool content = false;  // passed a byte that is not a line break
  std::uint64_t breaks = 0;
  for (std::uint64_t end = size(); end > 0;) {
    const std::uint64_t start = end - std::min(end, kChunk);
    const ssize_t got = ::pread(descriptor_, chunk.data(), end - start, static_cast<off_t>(start));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error(path_, reason_of(errno), name_);
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

// Forwards, since packed data cannot be read from their end: where each of the last lines so far
// begins, of those that have something behind them.
Result<std::uint64_t> InputFile::offset_in_packed(std::uint64_t count, const Host& host) const {
  GzipReader reader;
  std::uint64_t stored = 0;
  const auto more = [&](char* out, std::size_t room) -> Result<std::size_t> {
    const ssize_t got = ::pread(descriptor_, out, room, static_cast<off_t>(stored));
    if (got < 0) return io_error(path_, reason_of(errno), name_);
    stored += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  };
  LastLines lines(count);
  std::vector<char> chunk(64 * 1024);
  std::uint64_t unpacked = 0;
  while (!reader.at_end()) {
    if (host.cancelled()) return Error{ErrorKind::kCancelled, "cancelled"};
    auto got = reader.read(chunk.data(), chunk.size(), more);
    if (!got) return named(std::move(got).error());
    unpacked += *got;
    if (auto checked = check_unpacked(unpacked); !checked) return std::move(checked).error();
    for (std::size_t i = 0; i < *got; ++i) lines.add(chunk[i]);
  }
  return lines.start();
}

Result<void> InputFile::check_unchanged() const {
  struct stat now{};
  if (::fstat(descriptor_, &now) != 0) return io_error(path_, reason_of(errno), name_);
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
  return hexadecimal_digest(copy);
}

std::string digest_of(const std::string& text) {
  sha256_ctx hash;
  sha256_init(&hash);
  sha256_update(&hash, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  return hexadecimal_digest(hash);
}

}  // namespace steppe::csv
