// SPDX-License-Identifier: Apache-2.0
#pragma once

// Verdicts kept between runs, under the hash of the plugin's bytes; a file in a known state
// (device, inode, size, times) is not even hashed. One text file of lines, with a checksum as its
// last; a file that is not ours, is writable by others or does not add up is never believed, and is
// written anew (B18).

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "plugin_host/catalogue.hpp"

namespace steppe {

struct CachedVerdict {
  PluginVerdict verdict;  // without path, hash and identity
  int timeouts = 0;       // how often the probe ran out of time; the machine may have been busy
};

class CatalogueCache {
 public:
  // `stamp` names the judge: verdicts of another are left out. A file that is not believed gives a
  // notice.
  CatalogueCache(std::string file, std::string stamp, std::vector<std::string>& notices);

  // The hash of a file in this state; null when it is not known.
  const std::string* hash_of(const FileIdentity& identity) const;
  const CachedVerdict* verdict_of(const std::string& sha256) const;

  void remember_file(const std::string& path, const FileIdentity& identity,
                     const std::string& sha256);
  void remember_verdict(const std::string& sha256, CachedVerdict verdict);

  // Writes the file if anything was remembered: to a temporary file, then renamed. Of the files
  // known before, those in `directories` that were not seen again are forgotten. Not to be able to
  // write is a notice.
  void save(const std::vector<PluginDirectory>& directories, std::vector<std::string>& notices);

 private:
  struct KnownFile {
    std::string path;
    FileIdentity identity;
    std::string sha256;
    bool seen = false;
  };
  static constexpr std::size_t kMostFiles = 256;

  bool parse(std::string_view text);
  bool parse_file_line(std::string_view line);
  std::string to_text() const;
  void forget(const std::vector<PluginDirectory>& directories);

  std::string file_;
  std::string stamp_;
  mutable std::vector<KnownFile> files_;
  std::map<std::string, CachedVerdict> verdicts_;
  bool changed_ = false;
};

}  // namespace steppe
