// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/catalogue_scan.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>
#include <thread>

#include "plugin_host/catalogue_cache.hpp"
#include "plugin_host/elf_header.hpp"
#include "plugin_host/plugin_file.hpp"
#include "plugin_host/probe_child.hpp"
#include "plugin_host/rules.hpp"
#include "plugin_host/sha256.hpp"
#include "steppe/sdk_version.hpp"

namespace steppe {

namespace {

constexpr int kFinalTimeout = 2;  // a second timeout is believed
constexpr unsigned kMostProbesAtOnce = 8;

struct Candidate {
  std::string path;
  FileIdentity identity;
};

// A verdict on one candidate, and what may be kept of it.
struct Judgement {
  PluginVerdict verdict;
  bool known = false;    // the bytes were judged before
  bool lasting = false;  // depends on the bytes alone
  bool timed_out = false;
};

void refuse(PluginVerdict& verdict, const LoadError& error) {
  verdict.fault = error.fault;
  verdict.rule = rule_or_default(error.rule, error.fault);
  verdict.reason = error.message;
}

PluginVerdict refusal(const std::string& path, const LoadError& error) {
  PluginVerdict out;
  out.path = path;
  refuse(out, error);
  return out;
}

// Verdicts of another version of this host, or of another build of it, are not this one's.
std::string judge_stamp(const std::string& probe_program) {
  struct stat status{};
  if (stat(probe_program.c_str(), &status) != 0) return STEPPE_SDK_VERSION;
  const FileIdentity id = identity_of(status);
  return std::string(STEPPE_SDK_VERSION) + " " + std::to_string(id.inode) + " " +
         std::to_string(id.size) + " " + std::to_string(id.modified_ns);
}

class Scan {
 public:
  explicit Scan(const CatalogueOptions& options)
      : options_(options),
        cache_(options.cache_file, judge_stamp(options.probe_program), result_.notices) {}

  ScanResult run() {
    for (const PluginDirectory& directory : options_.directories) read_directory(directory);
    std::vector<Candidate> unknown;
    for (const Candidate& candidate : candidates_) {
      if (!answer_from_cache(candidate)) unknown.push_back(candidate);
    }
    judge_all(unknown);
    cache_.save(options_.directories, result_.notices);
    std::ranges::sort(result_.plugins, {}, &PluginVerdict::path);
    return std::move(result_);
  }

  PluginVerdict run_one(const std::string& path) const {
    struct stat status{};
    if (lstat(path.c_str(), &status) != 0) {
      return refusal(path, {"B1", std::string("cannot be read: ") + strerror(errno)});
    }
    if (S_ISDIR(status.st_mode)) return refusal(path, *distrust(status, false));
    const std::string folder = path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
    struct stat around{};
    if (lstat(folder.c_str(), &around) == 0) {
      if (auto problem = distrust(around, true)) {
        problem->message = "its directory " + folder + " " + problem->message;
        return refusal(path, *problem);
      }
    }
    if (const auto problem = distrust(status, false)) return refusal(path, *problem);
    const Candidate candidate{path, identity_of(status)};
    PluginVerdict out = judge(candidate).verdict;
    out.path = path;
    out.identity = candidate.identity;
    return out;
  }

 private:
  struct SeenDirectory {
    dev_t device;
    ino_t inode;
  };

  void missing(const PluginDirectory& directory, const std::string& what) {
    // A user without plugins of their own is the usual case.
    if (directory.origin == "user") return;
    result_.notices.push_back("plugin directory " + directory.path + " (" + directory.origin +
                              ") " + what);
  }

  void read_directory(const PluginDirectory& directory) {
    if (directory.path.empty() || directory.path[0] != '/') {
      result_.notices.push_back("plugin directory \"" + directory.path + "\" (" + directory.origin +
                                ") is not absolute and is left out");
      return;
    }
    if ((directory.path + "/").find("/../") != std::string::npos) {
      result_.plugins.push_back(
          refusal(directory.path, {"B15", "holds \"..\"; give its plain path"}));
      return;
    }
    struct stat status{};
    if (lstat(directory.path.c_str(), &status) != 0) {
      return missing(directory, errno == ENOENT
                                    ? "does not exist"
                                    : std::string("cannot be read: ") + strerror(errno));
    }
    const bool seen = std::ranges::any_of(seen_, [&](const SeenDirectory& other) {
      return other.device == status.st_dev && other.inode == status.st_ino;
    });
    if (seen) return;
    seen_.push_back({status.st_dev, status.st_ino});
    if (const auto problem = distrust(status, true)) {
      result_.plugins.push_back(refusal(directory.path, *problem));
      return;
    }
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(directory.path.c_str()), &closedir);
    if (entries == nullptr) {
      return missing(directory, std::string("cannot be read: ") + strerror(errno));
    }
    if (!read_entries(directory, entries.get())) missing(directory, "holds no plugin");
  }

  bool read_entries(const PluginDirectory& directory, DIR* entries) {
    constexpr std::string_view kSuffix = ".so";
    bool any = false;
    while (const dirent* entry = readdir(entries)) {
      const std::string_view name(entry->d_name);
      if (name[0] == '.' || name.size() <= kSuffix.size() ||
          name.substr(name.size() - kSuffix.size()) != kSuffix) {
        continue;
      }
      any = true;
      const std::string path = directory.path + "/" + entry->d_name;
      struct stat status{};
      if (fstatat(dirfd(entries), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
      if (const auto problem = distrust(status, false)) {
        result_.plugins.push_back(refusal(path, *problem));
      } else {
        candidates_.push_back({path, identity_of(status)});
      }
    }
    return any;
  }

  bool answer_from_cache(const Candidate& candidate) {
    const std::string* sha256 = cache_.hash_of(candidate.identity);
    const CachedVerdict* cached = sha256 == nullptr ? nullptr : cache_.verdict_of(*sha256);
    if (cached == nullptr || !is_final(*cached)) return false;
    add(candidate, *sha256, cached->verdict);
    return true;
  }

  static bool is_final(const CachedVerdict& cached) {
    return cached.timeouts == 0 || cached.timeouts >= kFinalTimeout;
  }

  void add(const Candidate& candidate, const std::string& sha256, PluginVerdict verdict) {
    verdict.path = candidate.path;
    verdict.sha256 = sha256;
    verdict.identity = candidate.identity;
    result_.plugins.push_back(std::move(verdict));
  }

  // The cache is only read while the judges work, and only changed after them.
  void judge_all(const std::vector<Candidate>& unknown) {
    if (unknown.empty()) return;
    std::vector<Judgement> judgements(unknown.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < unknown.size(); i = next++) {
        judgements[i] = judge(unknown[i]);
      }
    };
    // A probe mostly waits for its child: twice as many as there are processors.
    const unsigned wanted = std::min({2 * std::max(1u, std::thread::hardware_concurrency()),
                                      kMostProbesAtOnce, static_cast<unsigned>(unknown.size())});
    std::vector<std::jthread> workers;
    for (unsigned i = 1; i < wanted; ++i) workers.emplace_back(work);
    work();
    workers.clear();
    for (std::size_t i = 0; i < unknown.size(); ++i) keep(unknown[i], std::move(judgements[i]));
  }

  void keep(const Candidate& candidate, Judgement judgement) {
    const std::string sha256 = judgement.verdict.sha256;
    if (judgement.known || judgement.lasting) {
      cache_.remember_file(candidate.path, candidate.identity, sha256);
    }
    if (judgement.lasting) {
      const CachedVerdict* before = cache_.verdict_of(sha256);
      const int timeouts = judgement.timed_out ? 1 + (before ? before->timeouts : 0) : 0;
      cache_.remember_verdict(sha256, {judgement.verdict, timeouts});
    }
    add(candidate, sha256, std::move(judgement.verdict));
  }

  Judgement judge(const Candidate& candidate) const {
    Judgement out;
    const auto refused = [&](const LoadError& error) {
      refuse(out.verdict, error);
      return out;
    };
    const auto file = open_plugin(candidate.path);
    if (!file) return refused(file.error());
    if (!unchanged(file->get(), candidate)) return refused(changed());
    const auto sha256 = sha256_of_file(file->get(), candidate.identity.size);
    if (!sha256) return refused(changed());
    const CachedVerdict* cached = cache_.verdict_of(*sha256);
    if (cached != nullptr && is_final(*cached)) {
      out.verdict = cached->verdict;
      out.known = true;
    } else if (const auto problem = check_elf(file->get(), candidate.identity.size)) {
      out.lasting = true;
      refuse(out.verdict, *problem);
    } else {
      ProbeResult probed = probe_in_child(
          {options_.probe_program, candidate.path, file->get(), options_.probe_timeout_ms});
      out.verdict = std::move(probed.verdict);
      out.timed_out = probed.timed_out;
      // What other files decide (B5, B6) may change without the plugin changing.
      out.lasting = probed.judged && out.verdict.fault != "B5" && out.verdict.fault != "B6";
    }
    if (!unchanged(file->get(), candidate)) {
      out = {};
      return refused(changed());
    }
    out.verdict.sha256 = *sha256;
    return out;
  }

  static LoadError changed() {
    return {"B14", "the file changed while it was judged; run the command again"};
  }

  static bool unchanged(int descriptor, const Candidate& candidate) {
    struct stat status{};
    return fstat(descriptor, &status) == 0 && identity_of(status) == candidate.identity;
  }

  const CatalogueOptions& options_;
  ScanResult result_;
  CatalogueCache cache_;
  std::vector<SeenDirectory> seen_;
  std::vector<Candidate> candidates_;
};

}  // namespace

ScanResult scan_plugins(const CatalogueOptions& options) { return Scan(options).run(); }

PluginVerdict judge_plugin(const std::string& path, const CatalogueOptions& options) {
  CatalogueOptions uncached = options;
  uncached.cache_file.clear();
  return Scan(uncached).run_one(path);
}

}  // namespace steppe
