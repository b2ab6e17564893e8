// SPDX-License-Identifier: Apache-2.0
#include "report/io_fault.hpp"

#include <cerrno>

namespace steppe {
namespace {

struct ErrorName {
  int number;
  const char* code;  // in the fault catalogue
  const char* text;  // strerror() depends on the locale
};

constexpr ErrorName kErrors[] = {
    {ENOSPC, "D1", "no space left on device"},
    {EFBIG, "D1", "the limit on file size is reached"},
    {EIO, "D2", "input/output error"},
    {EDQUOT, "D3", "disk quota exceeded"},
    {EXDEV, "D7", "the target lies on another file system"},
    {EACCES, "D8", "permission denied"},
    {EPERM, "D8", "operation not permitted"},
    {EROFS, "D8", "the file system is read-only"},
    {ENOENT, "D8", "the directory does not exist"},
    {ENOTDIR, "D8", "a part of the path is not a directory"},
    {ENAMETOOLONG, "D8", "the name is too long"},
    {ELOOP, "D9", "the target is a symbolic link"},
    {EISDIR, "D9", "the target is a directory"},
    {EMFILE, "D15", "too many open files"},
    {ENFILE, "D15", "too many open files on this machine"},
};

}  // namespace

std::string error_text(int number) {
  for (const ErrorName& error : kErrors) {
    if (error.number == number) return error.text;
  }
  return "system error " + std::to_string(number);
}

std::string error_code(int number) {
  for (const ErrorName& error : kErrors) {
    if (error.number == number) return error.code;
  }
  return "D2";
}

Fault output_fault(std::string code, const std::string& path, std::string message) {
  Fault fault{std::move(code), ErrorKind::kIo, ExitCode::kOutputNotWritten, {}, std::move(message)};
  fault.place.file = path;
  return fault;
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string file_name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace steppe
