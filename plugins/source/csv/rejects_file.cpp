// SPDX-License-Identifier: Apache-2.0
#include "rejects_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace steppe::csv {
namespace {

constexpr std::size_t kFlushAt = 64 * 1024;

std::string cell(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

}  // namespace

RejectsFile::~RejectsFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary().c_str());
}

Result<void> RejectsFile::open() {
  if (path_.empty()) return {};
  constexpr mode_t kMode = 0644;
  descriptor_ =
      ::open(temporary().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kMode);
  if (descriptor_ < 0) {
    return Error{ErrorKind::kIo, "cannot write \"" + temporary() + "\": " + strerrordesc_np(errno),
                 "option rejects"};
  }
  waiting_ = several_files_ ? "file," : "";
  waiting_ += "line,column,fault,reason,row\n";
  return {};
}

Result<void> RejectsFile::add(const RowProblem& problem, const std::string& file,
                              std::string_view row) {
  if (descriptor_ < 0) return {};
  if (several_files_) waiting_ += cell(file) + ',';
  waiting_ += std::to_string(problem.line) + ',';
  if (problem.column > 0) waiting_ += std::to_string(problem.column);
  waiting_ += ',' + problem.fault + ',' + cell(problem.message) + ',' + cell(row) + '\n';
  return waiting_.size() < kFlushAt ? Result<void>() : flush();
}

Result<void> RejectsFile::flush() {
  std::string_view left = waiting_;
  while (!left.empty()) {
    const ssize_t count = ::write(descriptor_, left.data(), left.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return Error{ErrorKind::kIo,
                   "cannot write \"" + temporary() + "\": " + strerrordesc_np(errno),
                   "option rejects"};
    }
    left.remove_prefix(static_cast<std::size_t>(count));
  }
  waiting_.clear();
  return {};
}

Result<void> RejectsFile::finish() {
  if (descriptor_ < 0) return {};
  if (auto flushed = flush(); !flushed) return flushed;
  const bool synced = ::fsync(descriptor_) == 0;
  if (!synced || std::rename(temporary().c_str(), path_.c_str()) != 0) {
    return Error{ErrorKind::kIo, "cannot write \"" + path_ + "\": " + strerrordesc_np(errno),
                 "option rejects"};
  }
  ::close(descriptor_);
  descriptor_ = -1;
  return {};
}

}  // namespace steppe::csv
