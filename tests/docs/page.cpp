// SPDX-License-Identifier: Apache-2.0
#include "page.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

namespace steppe::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFence = "```";

PageBlock block_from(const std::string& fence, std::size_t line) {
  PageBlock block;
  block.line = line;
  std::istringstream words(fence.substr(3));
  words >> block.language;
  for (std::string word; words >> word;) block.words.push_back(word);
  return block;
}

void collect_links(const std::string& text, std::size_t line, std::vector<PageLink>& links) {
  for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
    const auto end = text.find(')', at);
    if (end != std::string::npos) links.push_back({line, text.substr(at + 2, end - at - 2)});
  }
}

// "## Rows and dates" is #rows-and-dates.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading.substr(heading.find(' ') + 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '_' || c == '-') {
      anchor += static_cast<char>(std::tolower(byte));
    }
    if (c == ' ') anchor += '-';
  }
  return anchor;
}

}  // namespace

bool PageBlock::has(const std::string& word) const {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string PageBlock::value(const std::string& name) const {
  for (const std::string& word : words) {
    if (word.starts_with(name + "=")) return word.substr(name.size() + 1);
  }
  return "";
}

std::string file_content(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

Page read_page(const fs::path& path) {
  Page page;
  page.path = path;
  page.text = file_content(path);
  std::istringstream lines(page.text);
  bool inside = false;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with(kFence)) {
      if (!inside) page.blocks.push_back(block_from(line, number));
      inside = !inside;
    } else if (inside) {
      page.blocks.back().text += line + "\n";
    } else {
      if (line.starts_with("#")) page.anchors.push_back(anchor_of(line));
      collect_links(line, number, page.links);
    }
  }
  return page;
}

std::vector<std::string> all_pages() {
  const fs::path root(STEPPE_SOURCE_DIR);
  std::vector<std::string> pages = {"README.md"};
  for (const auto& entry : fs::recursive_directory_iterator(root / "docs")) {
    if (entry.path().extension() != ".md") continue;
    pages.push_back(fs::relative(entry.path(), root).string());
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

bool matches(const std::string& text, const std::string& pattern) {
  constexpr std::string_view kAny = "...";
  const auto gap = pattern.find(kAny);
  if (gap == std::string::npos) return text == pattern;
  if (!text.starts_with(pattern.substr(0, gap))) return false;
  const std::string rest = pattern.substr(gap + kAny.size());
  for (std::size_t at = gap; at <= text.size(); ++at) {
    if (matches(text.substr(at), rest)) return true;
  }
  return false;
}

}  // namespace steppe::testing
