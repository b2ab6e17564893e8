// SPDX-License-Identifier: Apache-2.0
#include "player.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/run_steppe.hpp"

namespace steppe::testing {
namespace {

namespace fs = std::filesystem;

struct ShellRun {
  int exit_code = -1;
  std::string output;
};

std::string quoted_for_shell(const std::string& text) { return "'" + text + "'"; }

// NAME='value' for every variable a page's commands see; nothing else is passed on.
std::string environment_of(const fs::path& home, const fs::path& prefix) {
  const std::string build = STEPPE_BINARY_DIR;
  std::vector<std::pair<std::string, std::string>> variables = {
      {"HOME", home.string()},
      {"PATH", build + "/bin:/usr/local/bin:/usr/bin:/bin"},
      {"LC_ALL", "C"},
      {"XDG_CACHE_HOME", build + "/test-cache"},
      {"CMAKE_PREFIX_PATH", prefix.string()},
      {"CMAKE_GENERATOR", "Ninja"},
      {"CMAKE_CXX_COMPILER_LAUNCHER", STEPPE_COMPILER_LAUNCHER},
      {"CC", STEPPE_C_COMPILER},
      {"CXX", STEPPE_CXX_COMPILER}};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) variables.emplace_back(name, value);
  }
  std::string text;
  for (const auto& [name, value] : variables) text += name + "=" + quoted_for_shell(value) + " ";
  return text;
}

class Player {
 public:
  explicit Player(const std::string& page)
      : page_(read_page(fs::path(STEPPE_SOURCE_DIR) / page)), root_(scratch_.path() / "steppe") {
    fs::create_directories(root_ / "docs");
    fs::copy(fs::path(STEPPE_SOURCE_DIR) / "docs", root_ / "docs", fs::copy_options::recursive);
    folder_ = (root_ / page).parent_path();
    if (page_.text.find("find_package(Steppe") != std::string::npos) install_sdk();
  }

  void play() {
    for (const PageBlock& block : page_.blocks) {
      SCOPED_TRACE(page_.path.filename().string() + ":" + std::to_string(block.line));
      play(block);
    }
  }

 private:
  void play(const PageBlock& block) {
    const std::string file = block.value("file");
    if (!file.empty()) return write(file, block.text);
    if (block.has("pipeline")) {
      write("pipeline.json", block.text);
      return run("steppe run pipeline.json\n", block.value("exit"));
    }
    if (block.has("run")) return run(block.text, block.value("exit"));
    if (block.has("output")) return compare(block.text);
    if (block.has("fragment")) return read_fragment(block);
    EXPECT_TRUE(block.words.empty()) << "unknown mark \"" << block.words.front() << "\"";
    EXPECT_TRUE(block.language == "sh" || block.language == "text")
        << "a block of " << (block.language.empty() ? "no language" : block.language)
        << " needs a mark: file=NAME, pipeline, run, output or fragment";
  }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  void run(const std::string& script, const std::string& exit_code) {
    last_ = shell(script);
    EXPECT_EQ(last_.exit_code, exit_code.empty() ? 0 : std::stoi(exit_code))
        << script << last_.output;
  }

  void compare(const std::string& pattern) {
    std::string text = last_.output;
    const std::string here = folder_.string();
    for (auto at = text.find(here); at != std::string::npos; at = text.find(here, at + 1)) {
      text.replace(at, here.size(), "~");
    }
    EXPECT_TRUE(matches(text, pattern)) << "printed:\n" << text << "the page says:\n" << pattern;
  }

  static void read_fragment(const PageBlock& block) {
    if (block.language != "json") return;
    using Json = nlohmann::json;
    EXPECT_TRUE(Json::accept(block.text) || Json::accept("{" + block.text + "}") ||
                Json::accept("[" + block.text + "]"))
        << block.text;
  }

  ShellRun shell(const std::string& script) {
    const fs::path file = scratch_.path() / "script";
    const fs::path output = scratch_.path() / "output";
    std::ofstream(file, std::ios::binary) << script;
    const std::string command = "cd " + quoted_for_shell(folder_.string()) + " && env -i " +
                                environment_of(folder_, prefix_) + "sh -eu " +
                                quoted_for_shell(file.string()) + " >" +
                                quoted_for_shell(output.string()) + " 2>&1 </dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, file_content(output)};
  }

  // The SDK in a folder of its own, for pages that build a plugin outside the tree.
  void install_sdk() {
    prefix_ = scratch_.path() / "prefix";
    const ShellRun done = shell("cmake --install " + quoted_for_shell(STEPPE_BINARY_DIR) +
                                " --component sdk --prefix " + quoted_for_shell(prefix_.string()));
    ASSERT_EQ(done.exit_code, 0) << done.output;
  }

  TemporaryFolder scratch_;
  Page page_;
  fs::path root_;
  fs::path folder_;
  fs::path prefix_;
  ShellRun last_;
};

}  // namespace

void play(const std::string& page) { Player(page).play(); }

}  // namespace steppe::testing
