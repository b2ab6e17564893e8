// SPDX-License-Identifier: Apache-2.0
#pragma once

// A page of the documentation as its tests see it: fenced blocks with what stands after the fence,
// headings and links. Markdown as the pages use it; not a Markdown parser.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace steppe::testing {

// ```json pipeline exit=10   is language "json", words {"pipeline", "exit=10"}.
struct PageBlock {
  std::size_t line = 0;  // of the fence, from 1
  std::string language;
  std::vector<std::string> words;
  std::string text;  // with its last line end

  bool has(const std::string& word) const;
  std::string value(const std::string& name) const;  // of name=value; empty when absent
};

struct PageLink {
  std::size_t line = 0;
  std::string target;  // "pipeline.md#rows"
};

struct Page {
  std::filesystem::path path;
  std::vector<PageBlock> blocks;
  std::vector<PageLink> links;
  std::vector<std::string> anchors;  // of the headings, as GitHub makes them
  std::string text;
};

Page read_page(const std::filesystem::path& path);

// README.md and every page under docs/, relative to the root, sorted.
std::vector<std::string> all_pages();

// Does `text` look like `pattern`, in which ... stands for any text?
bool matches(const std::string& text, const std::string& pattern);

std::string file_content(const std::filesystem::path& path);

}  // namespace steppe::testing
