// SPDX-License-Identifier: Apache-2.0
#include "input_list.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>

#include "message.hpp"

namespace steppe::csv {
namespace {

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

bool is_pattern(const std::string& path) {
  struct stat status{};
  return file_name(path).find_first_of("*?") != std::string::npos &&
         ::lstat(path.c_str(), &status) != 0;
}

Error list_error(const std::string& pattern, const std::string& what) {
  return {ErrorKind::kIo, "cannot read \"" + pattern + "\": " + what, file_name(pattern), "C25"};
}

bool is_folder(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

Result<std::vector<std::string>> matches_of(const std::string& pattern) {
  const std::string start = folder_of(pattern);
  const std::string name = file_name(pattern);
  const std::unique_ptr<DIR, CloseFolder> folder(::opendir(start.empty() ? "." : start.c_str()));
  if (folder == nullptr) {
    return list_error(pattern, std::string("its folder: ") + strerrordesc_np(errno));
  }
  std::vector<std::string> paths;
  errno = 0;
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string found = entry->d_name;
    if (found[0] == '.' && name[0] != '.') continue;
    if (matches_pattern(found, name) && !is_folder(start + found)) paths.push_back(start + found);
    errno = 0;
  }
  if (errno != 0) return list_error(pattern, std::string("its folder: ") + strerrordesc_np(errno));
  if (paths.empty()) return list_error(pattern, "no file there has such a name");
  std::sort(paths.begin(), paths.end());
  return paths;
}

// How much of the beginning is folders that all paths share.
std::size_t common_folders(const std::vector<InputName>& inputs) {
  std::string common = folder_of(inputs.front().path);
  for (const InputName& input : inputs) {
    while (!input.path.starts_with(common)) {
      common.pop_back();
      common = folder_of(common);
    }
  }
  return common.size();
}

}  // namespace

std::uint64_t bytes_of(const std::vector<InputName>& inputs) {
  std::uint64_t bytes = 0;
  for (const InputName& input : inputs) {
    struct stat status{};
    if (::stat(input.path.c_str(), &status) == 0) {
      bytes += static_cast<std::uint64_t>(status.st_size);
    }
  }
  return bytes;
}

// Only the last * ever has to take more: what earlier ones took can stay.
bool matches_pattern(const std::string& name, const std::string& pattern) {
  std::size_t at = 0;
  std::size_t p = 0;
  std::size_t star = std::string::npos;
  std::size_t taken = 0;
  while (at < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = at;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[at])) {
      ++p;
      ++at;
    } else if (star != std::string::npos) {
      p = star + 1;
      at = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string::npos;
}

Result<std::vector<InputName>> list_inputs(const std::string& path,
                                           const std::vector<std::string>& more_paths) {
  std::vector<std::string> written = {path};
  written.insert(written.end(), more_paths.begin(), more_paths.end());
  std::vector<InputName> inputs;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < written.size(); ++i) {
    std::vector<std::string> paths = {written[i]};
    if (is_pattern(written[i])) {
      auto matches = matches_of(written[i]);
      if (!matches) return std::move(matches).error();
      paths = std::move(*matches);
    }
    for (std::string& found : paths) {
      if (!seen.insert(found).second) {
        return Error{ErrorKind::kInvalidConfig,
                     "the file " + quoted(file_name(found)) +
                         " is named twice by path and more_paths; leave one out",
                     "option more_paths", "C25"};
      }
      inputs.push_back({found, file_name(found)});
    }
  }
  const std::size_t common = common_folders(inputs);
  for (InputName& input : inputs) input.name = input.path.substr(common);
  return inputs;
}

}  // namespace steppe::csv
