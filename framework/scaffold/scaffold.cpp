// SPDX-License-Identifier: Apache-2.0
#include "scaffold/scaffold.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "scaffold/template_files.hpp"
#include "steppe/sdk_version.hpp"

namespace steppe {
namespace {

constexpr std::size_t kLongestName = 60;
constexpr std::string_view kSuffix = ".in";

// Words of pipelines that choose a trend, and names that the C++ templates use inside the class.
constexpr std::string_view kReserved[] = {"auto", "best", "fit", "shape", "stream"};

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_snake_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || !is_small(name[0])) return false;
  if (name.back() == '_' || name.find("__") != std::string_view::npos) return false;
  return std::ranges::all_of(name, [](char c) { return is_small(c) || is_digit(c) || c == '_'; });
}

// "MyTrend" and "my-trend" as "my_trend"; empty when nothing good comes of it.
std::string snake_name_like(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool part = is_small(c) || is_digit(c) || is_capital(c);
    if ((!part || is_capital(c)) && !out.empty() && out.back() != '_') out += '_';
    if (part) out += is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return is_snake_name(out) ? out : "";
}

// "my_trend" as "MyTrend".
std::string class_name_of(std::string_view name) {
  std::string out;
  bool first = true;
  for (const char c : name) {
    if (c != '_') out += first && is_small(c) ? static_cast<char>(c - 'a' + 'A') : c;
    first = c == '_';
  }
  return out;
}

Fault refused(std::string message) {
  return {"", ErrorKind::kInvalidConfig, ExitCode::kUsage, {}, std::move(message)};
}

Outcome<bool> check(const ScaffoldRequest& request) {
  const std::string shown = "the name " + quoted(request.name);
  if (!is_snake_name(request.name)) {
    const std::string better = snake_name_like(request.name);
    return refused(shown +
                   " is not snake_case: a small letter, then small letters, digits and single "
                   "underscores, at most " +
                   std::to_string(kLongestName) + " characters" +
                   (better.empty() ? "" : "; try " + quoted(better)));
  }
  if (std::ranges::find(kReserved, request.name) != std::end(kReserved)) {
    return refused(shown + " is reserved; choose another, such as " + quoted("my_" + request.name));
  }
  return true;
}

std::string without(std::string_view path, std::string_view prefix) {
  path.remove_prefix(prefix.size());
  if (path.ends_with(kSuffix)) path.remove_suffix(kSuffix.size());
  return std::string(path);
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

// Version 0.1.0 asks for 0.1: before 1.0 another minor version is another contract.
std::string version_asked_for() {
  const std::string version = STEPPE_SDK_VERSION;
  return version.substr(0, version.rfind('.'));
}

std::string filled_in(std::string text, const ScaffoldRequest& request) {
  replace_all(text, "@NAME@", request.name);
  replace_all(text, "@CLASS@", class_name_of(request.name));
  replace_all(text, "@KIND@", request.kind);
  replace_all(text, "@STEPPE_VERSION@", version_asked_for());
  replace_all(text, "@SDK_VERSION@", STEPPE_SDK_VERSION);
  return text;
}

std::string file_name(std::string path, const ScaffoldRequest& request) {
  if (path == "gitignore") return ".gitignore";
  if (path.starts_with("plugin.")) return request.name + path.substr(path.find('.'));
  return path;
}

}  // namespace

Outcome<std::vector<ScaffoldFile>> scaffold_files(const ScaffoldRequest& request) {
  if (const auto checked = check(request); !checked) return checked.error();
  const std::string own = request.language + "/" + request.kind + "/";
  const std::array<std::string, 3> folders = {"shared/" + request.kind + "/",
                                              request.language + "/shared/", own};
  std::vector<ScaffoldFile> files;
  bool known = false;
  for (const TemplateFile& file : template_files()) {
    for (const std::string& folder : folders) {
      if (!file.path.starts_with(folder)) continue;
      known = known || folder == own;
      files.push_back({file_name(without(file.path, folder), request),
                       filled_in(std::string(file.text), request)});
    }
  }
  if (!known) {
    return refused("there is no template for a " + quoted(request.kind) + " in " +
                   quoted(request.language) +
                   "; kinds: trend, regression, source; languages: cpp, c, rust");
  }
  return files;
}

std::vector<std::string> next_commands(const ScaffoldRequest& request) {
  const std::string file = "steppe_" + request.kind + "_" + request.name + ".so";
  if (request.language == "rust") {
    return {"cd " + request.name, "cargo build --release",
            "steppe test-plugin target/release/lib" + file,
            "steppe run pipeline.json --plugin-dir $PWD/target/release"};
  }
  return {"cd " + request.name, "cmake -S . -B build", "cmake --build build",
          "steppe test-plugin build/plugins/" + file,
          "steppe run pipeline.json --plugin-dir $PWD/build/plugins"};
}

}  // namespace steppe
