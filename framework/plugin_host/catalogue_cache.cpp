// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/catalogue_cache.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string_view>

#include "plugin_host/environment.hpp"
#include "plugin_host/line_text.hpp"
#include "plugin_host/plugin_file.hpp"
#include "plugin_host/sha256.hpp"
#include "plugin_host/verdict_text.hpp"
#include "steppe/abi/version.h"

namespace steppe {

namespace {

constexpr std::string_view kHeader = "steppe-plugin-cache 1 ";
constexpr std::string_view kChecksum = "checksum ";
constexpr std::size_t kHashLength = 64;
constexpr std::size_t kNameLength = 16;  // of the part of a file's name that stands for a program
constexpr off_t kMostBytes = off_t{16} << 20;

// The next word of a line; moves the line behind it.
std::string_view next_word(std::string_view& line) {
  const auto space = line.find(' ');
  const std::string_view word = line.substr(0, space);
  line.remove_prefix(space == std::string_view::npos ? line.size() : space + 1);
  return word;
}

template <typename Number>
bool next_number(std::string_view& line, Number& out) {
  const std::string_view word = next_word(line);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), out);
  return error == std::errc{} && end == word.data() + word.size();
}

bool read_whole(int descriptor, std::size_t size, std::string& out) {
  out.resize(size);
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = read(descriptor, out.data() + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

bool write_whole(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = write(descriptor, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

void make_directories(const std::string& path) {
  for (auto slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    mkdir(path.substr(0, slash).c_str(), 0700);
  }
}

// Empty when it was written; else why not.
std::string replace_file(const std::string& path, std::string_view text) {
  make_directories(path);
  std::string temporary = path + ".XXXXXX";
  const Descriptor file(mkostemp(temporary.data(), O_CLOEXEC));
  if (!file.open()) return strerror(errno);
  // Not synced: a cache that a power loss spoils is found by its checksum and rebuilt.
  if (write_whole(file.get(), text) && rename(temporary.c_str(), path.c_str()) == 0) return {};
  const std::string problem = strerror(errno);
  unlink(temporary.c_str());
  return problem;
}

std::string directory_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

CatalogueCache::CatalogueCache(std::string file, std::string stamp,
                               std::vector<std::string>& notices)
    : file_(std::move(file)), stamp_(std::move(stamp)) {
  if (file_.empty()) return;
  const Descriptor cache(open(file_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!cache.open() && errno == ENOENT) return;
  std::string problem;
  struct stat status{};
  std::string text;
  if (!cache.open() || fstat(cache.get(), &status) != 0) {
    problem = "cannot be read";
  } else if (const auto distrusted = distrust(status, false)) {
    problem = distrusted->message;
  } else if (status.st_size > kMostBytes ||
             !read_whole(cache.get(), static_cast<std::size_t>(status.st_size), text) ||
             !parse(text)) {
    problem = "is corrupt";
  }
  if (problem.empty()) return;
  notices.push_back("plugin cache " + file_ + " " + problem + "; rebuilt");
  files_.clear();
  verdicts_.clear();
  changed_ = true;
}

bool CatalogueCache::parse(std::string_view text) {
  const std::size_t tail = kChecksum.size() + kHashLength + 1;
  if (text.size() < tail) return false;
  std::string_view body = text.substr(0, text.size() - tail);
  const std::string_view check = text.substr(body.size());
  if (check.substr(0, kChecksum.size()) != kChecksum || check.back() != '\n' ||
      check.substr(kChecksum.size(), kHashLength) != sha256_of(body)) {
    return false;
  }
  const auto header = next_line(body);
  if (!header || header->substr(0, kHeader.size()) != kHeader) return false;
  if (header->substr(kHeader.size()) != stamp_) return true;  // another judge: nothing to keep
  while (auto line = next_line(body)) {
    const std::string_view kind = next_word(*line);
    if (kind == "file") {
      if (!parse_file_line(*line)) return false;
      continue;
    }
    CachedVerdict cached;
    const std::string sha256(next_word(*line));
    if (kind != "verdict" || !next_number(*line, cached.timeouts)) return false;
    std::size_t used = 0;
    auto verdict = verdict_from_text(body, used);
    if (!verdict) return false;
    body.remove_prefix(used);
    cached.verdict = *std::move(verdict);
    verdicts_.emplace(sha256, std::move(cached));
  }
  return body.empty();
}

bool CatalogueCache::parse_file_line(std::string_view line) {
  KnownFile file;
  FileIdentity& id = file.identity;
  if (!next_number(line, id.device) || !next_number(line, id.inode) ||
      !next_number(line, id.size) || !next_number(line, id.modified_ns) ||
      !next_number(line, id.changed_ns)) {
    return false;
  }
  file.sha256 = next_word(line);
  auto path = unescape_value(line);
  if (!path || file.sha256.size() != kHashLength) return false;
  file.path = *std::move(path);
  files_.push_back(std::move(file));
  return true;
}

const std::string* CatalogueCache::hash_of(const FileIdentity& identity) const {
  const auto found = std::ranges::find(files_, identity, &KnownFile::identity);
  if (found == files_.end()) return nullptr;
  found->seen = true;
  return &found->sha256;
}

const CachedVerdict* CatalogueCache::verdict_of(const std::string& sha256) const {
  const auto found = verdicts_.find(sha256);
  return found == verdicts_.end() ? nullptr : &found->second;
}

void CatalogueCache::remember_file(const std::string& path, const FileIdentity& identity,
                                   const std::string& sha256) {
  std::erase_if(files_, [&](const KnownFile& file) { return file.identity == identity; });
  files_.insert(files_.begin(), KnownFile{path, identity, sha256, true});
  changed_ = true;
}

void CatalogueCache::remember_verdict(const std::string& sha256, CachedVerdict verdict) {
  verdicts_.insert_or_assign(sha256, std::move(verdict));
  changed_ = true;
}

void CatalogueCache::forget(const std::vector<PluginDirectory>& directories) {
  std::erase_if(files_, [&](const KnownFile& file) {
    return !file.seen && std::ranges::find(directories, directory_of(file.path),
                                           &PluginDirectory::path) != directories.end();
  });
  if (files_.size() > kMostFiles) files_.resize(kMostFiles);
  std::set<std::string> used;
  for (const KnownFile& file : files_) used.insert(file.sha256);
  std::erase_if(verdicts_, [&](const auto& entry) { return !used.contains(entry.first); });
}

std::string CatalogueCache::to_text() const {
  std::string out = std::string(kHeader) + stamp_ + "\n";
  for (const KnownFile& file : files_) {
    const FileIdentity& id = file.identity;
    out += "file " + std::to_string(id.device) + " " + std::to_string(id.inode) + " " +
           std::to_string(id.size) + " " + std::to_string(id.modified_ns) + " " +
           std::to_string(id.changed_ns) + " " + file.sha256 + " " + escape_value(file.path) + "\n";
  }
  for (const auto& [sha256, cached] : verdicts_) {
    out += "verdict " + sha256 + " " + std::to_string(cached.timeouts) + "\n" +
           verdict_to_text(cached.verdict);
  }
  return out + std::string(kChecksum) + sha256_of(out) + "\n";
}

void CatalogueCache::save(const std::vector<PluginDirectory>& directories,
                          std::vector<std::string>& notices) {
  if (file_.empty() || !changed_) return;
  forget(directories);
  const std::string problem = replace_file(file_, to_text());
  if (!problem.empty()) {
    notices.push_back("plugin cache " + file_ + " cannot be written: " + problem);
  }
  changed_ = false;
}

std::string default_cache_file(const std::string& program) {
  const std::string cache = user_directory("XDG_CACHE_HOME", ".cache");
  if (cache.empty()) return {};
  return cache + "/steppe/plugins-" + std::to_string(STEPPE_ABI_EPOCH) + "." +
         std::to_string(STEPPE_ABI_REVISION) + "-" + sha256_of(program).substr(0, kNameLength) +
         ".cache";
}

}  // namespace steppe
