// SPDX-License-Identifier: Apache-2.0

// `steppe plugins doctor`: what it says of files that are refused, each for another reason.
#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "support/run_steppe.hpp"
#include "support/torture_table.hpp"

namespace steppe::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string bytes_of(const std::string& module) {
  const TemporaryFolder folder;
  std::filesystem::copy_file(torture_module(module), folder.path() / "x.so");
  return folder.read("x.so");
}

// A folder with one plugin, "x.so", and what the doctor says of it.
class Doctor : public ::testing::Test {
 protected:
  std::string path() const { return folder_.path() / "x.so"; }

  ProgramRun examine(const std::string& bytes, mode_t mode = 0644) const {
    folder_.write("x.so", bytes);
    chmod(path().c_str(), mode);
    return run_steppe({"plugins", "doctor", path()});
  }
  ProgramRun examine_module(const std::string& module) const { return examine(bytes_of(module)); }

  TemporaryFolder folder_;
};

TEST_F(Doctor, FindsNothingWrongWithASoundPlugin) {
  const ProgramRun run = examine_module("sound");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr(path() + "\n  accepted: nothing is wrong: offers trend.sound\n"),
                    HasSubstr("  file            ELF, 64-bit, "), HasSubstr("shared library, "),
                    HasSubstr("  sha256          "),
                    HasSubstr("  components      trend.sound 1.0.0  Repeats the average"),
                    HasSubstr("  abi             1.0, built with SDK "),
                    HasSubstr("  checked         owner and permissions of file and directory"),
                    HasSubstr("its directory is not searched: give --plugin-dir " +
                              folder_.path().string() + ", or put"),
                    Not(HasSubstr("what to do"))));
}

TEST_F(Doctor, NamesTheLibraryThatIsNotThereB6) {
  const ProgramRun run = examine_module("missing_library");
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(
      run.out,
      AllOf(HasSubstr("refused [B6, rule R1]: it needs libsteppe_not_installed.so, which is "
                      "not found on this system"),
            HasSubstr("  dynamic loader  libsteppe_not_installed.so: cannot open shared "
                      "object file: No such file or directory\n"),
            HasSubstr("  needs           lib"),  // a sanitizer's own library may come first
            HasSubstr(" libsteppe_not_installed.so: not found\n"), HasSubstr("libc.so.6: /"),
            HasSubstr("  what to do      install libsteppe_not_installed.so\n"),
            HasSubstr("or link it statically")));
}

TEST_F(Doctor, GuessesThePackageOfALibraryB6) {
  std::string bytes = bytes_of("missing_library");
  const std::string name = "libsteppe_not_installed.so";
  for (auto at = bytes.find(name); at != std::string::npos; at = bytes.find(name, at + 1)) {
    bytes.replace(at, name.size(), "libsteppe_not_instal.so.27");
  }
  EXPECT_THAT(examine(bytes).out,
              HasSubstr("install it; on Debian and Ubuntu the package is probably "
                        "libsteppe-not-instal27 (apt-file search libsteppe_not_instal.so.27)"));
}

TEST_F(Doctor, NamesTheSymbolThatNobodyDefinesB5) {
  const ProgramRun run = examine_module("unresolved_symbol");
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("refused [B5, rule R1]: it uses function_of_another_library, which "
                              "neither it nor a library it needs defines"),
                    HasSubstr("  symbol          function_of_another_library\n"),
                    HasSubstr("link the library that defines function_of_another_library")));
}

TEST_F(Doctor, DemanglesTheSymbolB5) {
  std::string bytes = bytes_of("unresolved_symbol");
  const std::string name = "function_of_another_library";
  for (auto at = bytes.find(name); at != std::string::npos; at = bytes.find(name, at + 1)) {
    bytes.replace(at, name.size(), "_ZN3abc15function_of_cppEid");
  }
  EXPECT_THAT(examine(bytes).out, HasSubstr("it uses abc::function_of_cpp(int, double), which"));
}

TEST_F(Doctor, NamesTheSignalAndWhatItMeansB7) {
  EXPECT_THAT(examine_module("constructor_crashes").out,
              AllOf(HasSubstr("refused [B7, rule R4]: crashed with SIGSEGV while it was loaded: it "
                              "used memory that is not its own"),
                    HasSubstr("  signal          SIGSEGV\n"),
                    HasSubstr("look at constructors of static objects"),
                    HasSubstr("gdb --args steppe --probe-plugin " + path())));
  EXPECT_THAT(examine_module("constructor_aborts").out,
              HasSubstr("SIGABRT while it was loaded: it gave up: a failed assertion"));
}

TEST_F(Doctor, NamesTheExitCodeP5) {
  EXPECT_THAT(
      examine_module("constructor_exits").out,
      AllOf(HasSubstr("refused [P5, rule R4]: called exit(0) while it was loaded; treated as "
                      "a crash"),
            HasSubstr("  exit code       0\n")));
}

TEST_F(Doctor, NamesTheTimeLimitB7) {
  EXPECT_THAT(
      examine_module("constructor_hangs").out,
      AllOf(HasSubstr("refused [B7, rule R4]: did not finish while it was loaded within 2000 "
                      "ms; stopped"),
            HasSubstr("  time limit      2000 ms\n"),
            HasSubstr("do no work while the library is loaded")));
}

TEST_F(Doctor, ShowsWhatWasPrinted) {
  EXPECT_THAT(
      examine_module("constructor_prints").out,
      AllOf(HasSubstr("offers trend.constructor_prints, but see what was noted"),
            HasSubstr("  noted           printed when it was loaded (rule R3)\n"),
            HasSubstr("  printed         ready\n"), HasSubstr("link it with steppe_add_plugin()")));
}

TEST_F(Doctor, NamesTheVersionsThatDoNotMeetB4) {
  EXPECT_THAT(
      examine_module("newer_revisions").out,
      AllOf(HasSubstr("refused [B4, rule R5]: built for SDK ABI 1.3 to 1.7, host offers 1.0 "
                      "to 1.0"),
            HasSubstr("build it again with the SDK of this program, version "),
            HasSubstr(": find_package(Steppe ")));
  EXPECT_THAT(examine_module("entry_of_epoch_2").out,
              HasSubstr("built for SDK ABI epoch 2, host offers epoch 1"));
}

TEST_F(Doctor, SaysHowToWriteAnEntryB2) {
  EXPECT_THAT(examine_module("no_entry").out,
              AllOf(HasSubstr("refused [B2, rule R2]: exports no symbol steppe_plugin_entry_v1"),
                    HasSubstr("end one source file with STEPPE_PLUGIN(YourComponent)"),
                    HasSubstr("nm -D --defined-only " + path())));
}

TEST_F(Doctor, SaysHowToMendATableB3) {
  EXPECT_THAT(
      examine_module("trend_too_small").out,
      AllOf(HasSubstr("refused [B3, rule R6]: component trend.trend_too_small: struct_size "),
            HasSubstr("try every rule: steppe test-plugin " + path())));
}

TEST_F(Doctor, SaysWhatAFileLooksLikeB1) {
  const std::pair<std::string, std::string> kinds[] = {
      {"", "an empty file"},
      {"#!/bin/sh\nexit 1\n", "a script for /bin/sh"},
      {"\n<!DOCTYPE html><html>404</html>", "an HTML page"},
      {"<?xml version=\"1.0\"?>", "an XML text"},
      {"{\"message\": \"Not Found\"}", "a JSON text"},
      {"hello\n", "a text"},
      {"PK\x03\x04zip", "a zip archive"},
      {"\x1f\x8b\x08gz", "a gzip archive"},
      {"MZ\x90 windows", "a Windows library or program"},
      {"\xcf\xfa\xed\xfe mac", "a macOS library"},
      {"!<arch>\nx.o/", "a static library"},
      {"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"},
      {"/* GNU ld script */", "a linker script"},
      {"\x01\x02\x03\x04", "data of an unknown kind"},
  };
  for (const auto& [bytes, name] : kinds) {
    const ProgramRun run = examine(bytes);
    EXPECT_EQ(run.exit_code, 5);
    EXPECT_THAT(run.out, AllOf(HasSubstr("refused [B1, rule R1]: "),
                               HasSubstr("  file            looks like " + name + ", "),
                               HasSubstr("  what to do      ")));
  }
  EXPECT_THAT(examine("<html>").out, HasSubstr("download the plugin again"));
  EXPECT_THAT(examine("PK\x03\x04").out, HasSubstr("unpack it and give the .so file inside"));
}

TEST_F(Doctor, NamesAnotherMachineB1) {
  std::string bytes = bytes_of("sound");
  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  header.e_machine = EM_RISCV;
  std::memcpy(bytes.data(), &header, sizeof(header));
  EXPECT_THAT(examine(bytes).out,
              AllOf(HasSubstr("refused [B1, rule R1]: built for RISC-V; this host is "),
                    HasSubstr("  file            ELF, 64-bit, RISC-V, shared library, "),
                    HasSubstr("  what to do      build it again for this machine\n")));
  bytes[EI_CLASS] = ELFCLASS32;
  EXPECT_THAT(examine(bytes).out, AllOf(HasSubstr("built for a 32-bit machine"),
                                        HasSubstr("  file            ELF, 32-bit, RISC-V")));
}

TEST_F(Doctor, NamesATruncatedFileB1) {
  EXPECT_THAT(
      examine(bytes_of("sound").substr(0, 5000)).out,
      AllOf(HasSubstr("refused [B1, rule R1]: truncated: its segments end at byte "),
            HasSubstr("copy or build it again; sha256sum tells whether two copies are alike")));
}

TEST_F(Doctor, GivesTheCommandForPermissionsB15) {
  EXPECT_THAT(
      examine(bytes_of("sound"), 0666).out,
      AllOf(HasSubstr("refused [B15]: is writable by others (mode 0666); run chmod go-w on it"),
            HasSubstr("  owner           user " + std::to_string(geteuid()) + ", mode 0666\n"),
            HasSubstr("  what to do      take the right to write from others: chmod go-w " +
                      path() + "\n")));
}

TEST_F(Doctor, NamesADirectoryThatOthersMayWriteB15) {
  folder_.write("plugins/x.so", bytes_of("sound"));
  const std::string directory = folder_.path() / "plugins";
  chmod(directory.c_str(), 0777);
  EXPECT_THAT(run_steppe({"plugins", "doctor", directory + "/x.so"}).out,
              AllOf(HasSubstr("refused [B15]: its directory " + directory +
                              " is writable by others "
                              "(mode 0777)"),
                    HasSubstr("chmod go-w " + directory + "\n")));
}

TEST_F(Doctor, GivesTheCommandForAForeignOwnerB15) {
  if (geteuid() != 0) GTEST_SKIP() << "only root may give a file away";
  folder_.write("x.so", bytes_of("sound"));
  ASSERT_EQ(chown(path().c_str(), 12345, 12345), 0);
  EXPECT_THAT(run_steppe({"plugins", "doctor", path()}).out,
              AllOf(HasSubstr("belongs to user 12345"),
                    HasSubstr("make it yours: sudo chown 0 " + path())));
}

TEST_F(Doctor, NamesTheFileBehindALinkB15) {
  folder_.write("y.so", bytes_of("sound"));
  std::filesystem::create_symlink(folder_.path() / "y.so", path());
  EXPECT_THAT(run_steppe({"plugins", "doctor", path()}).out,
              AllOf(HasSubstr("refused [B15]: is a symbolic link"),
                    HasSubstr("give the file itself: "), HasSubstr("/y.so\n")));
}

TEST_F(Doctor, SaysWhenThereIsNoFileB1) {
  const ProgramRun run = run_steppe({"plugins", "doctor", "no/such/plugin.so"});
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(run.out, AllOf(HasSubstr("refused [B1, rule R1]: cannot be read: No such file"),
                             HasSubstr("  what to do      give the path of a file\n")));
}

TEST_F(Doctor, SendsToTheFilesOfADirectory) {
  EXPECT_THAT(run_steppe({"plugins", "doctor", folder_.path()}).out,
              HasSubstr("look at all files in it: steppe plugins doctor --plugin-dir " +
                        folder_.path().string()));
}

TEST_F(Doctor, SendsAwayFromADirectoryForEverybodyB15) {
  folder_.write("shared/x.so", bytes_of("sound"));
  const std::string directory = folder_.path() / "shared";
  chmod(directory.c_str(), 01777);
  EXPECT_THAT(run_steppe({"plugins", "doctor", directory + "/x.so"}).out,
              HasSubstr("copy the plugin into a directory of your own: " + directory +
                        " is for everybody\n"));
}

TEST_F(Doctor, SaysThatANameIsPassedBy) {
  folder_.write("x.so.1", bytes_of("sound"));
  EXPECT_THAT(run_steppe({"plugins", "doctor", path() + ".1"}).out,
              HasSubstr("the name does not end in .so: it is passed by"));
}

TEST_F(Doctor, NamesBothFilesOfAClashB8) {
  folder_.write("a.so", bytes_of("clash_a"));
  folder_.write("b.so", bytes_of("clash_b"));
  chmod(folder_.path().c_str(), 0755);
  const std::string a = folder_.path() / "a.so";
  const std::string b = folder_.path() / "b.so";
  const ProgramRun run =
      run_steppe({"plugins", "doctor", "--plugin-dir", folder_.path(), "--format", "json"});
  EXPECT_EQ(run.exit_code, 5) << run.err;
  const auto json = nlohmann::json::parse(run.out);
  std::size_t found = 0;
  for (const auto& plugin : json.at("plugins")) {
    if (plugin.at("fault") != "B8") continue;
    ++found;
    const std::string other = plugin.at("path") == a ? b : a;
    EXPECT_EQ(plugin.at("rule"), "R8");
    EXPECT_EQ(plugin.at("finding"),
              "trend.clash is also in " + other + ": neither is used until one is gone");
    EXPECT_EQ(plugin.at("facts").at("also_offered_by").at(0), "trend.clash: " + other);
    EXPECT_EQ(plugin.at("what_to_do").at(0),
              "remove one of the files, or take its directory off the search path");
  }
  EXPECT_EQ(found, 2u);
}

TEST_F(Doctor, GoesThroughTheSearchPath) {
  folder_.write("a.so", bytes_of("sound"));
  folder_.write("b.so", "hello\n");
  chmod(folder_.path().c_str(), 0755);
  const ProgramRun run = run_steppe({"plugins", "doctor", "--plugin-dir", folder_.path()});
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(run.out, AllOf(HasSubstr("Directories searched, in order:\n  " +
                                       folder_.path().string() + "  (--plugin-dir)\n"),
                             HasSubstr("accepted: nothing is wrong: offers trend.sound"),
                             HasSubstr("looks like a text"), HasSubstr(" 1 refused\n")));
}

TEST_F(Doctor, SpeaksJson) {
  folder_.write("x.so", bytes_of("missing_library"));
  const ProgramRun run = run_steppe({"plugins", "doctor", path(), "--format", "json"});
  EXPECT_EQ(run.exit_code, 5);
  const auto json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json.at("path"), path());
  EXPECT_EQ(json.at("usable"), false);
  EXPECT_EQ(json.at("fault"), "B6");
  EXPECT_THAT(json.at("facts").at("needs").get<std::vector<std::string>>(),
              ::testing::Contains("libsteppe_not_installed.so: not found"));
}

}  // namespace
}  // namespace steppe::testing
