// SPDX-License-Identifier: Apache-2.0

// Faults B1 to B7 and B10 of the fault catalogue, P5 and P9 at load: what a scan says of bad
// plugins.
#include "plugin_host/catalogue.hpp"

#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "support/plugin_directory.hpp"

namespace steppe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string reason_of_bytes(const std::string& bytes) {
  PluginDirectoryFixture directory;
  directory.write("x.so", bytes);
  return reason_of(directory.scan().plugins().at(0));
}

std::string reason_of_module(const std::string& module) { return reason_of(judge_module(module)); }

TEST(PluginCatalogue, DescribesAPluginWrittenInC) {
  const PluginVerdict verdict = judge_module("c_mean");
  ASSERT_EQ(reason_of(verdict), "accepted");
  EXPECT_EQ(verdict.name, "trend.c_mean");
  EXPECT_EQ(verdict.vendor, "tests");
  EXPECT_EQ(verdict.licence, "Apache-2.0");
  EXPECT_EQ(verdict.revision, "1.0");
  EXPECT_EQ(verdict.sha256.size(), 64u);
  EXPECT_THAT(verdict.notices, IsEmpty());
  ASSERT_EQ(verdict.components.size(), 1u);
  const ComponentDescription& component = verdict.components[0];
  EXPECT_EQ(component.id, "trend.c_mean");
  EXPECT_EQ(component.summary, "Forecasts the mean");
  EXPECT_THAT(component.capabilities, ElementsAre("steppe.trend_model/1"));
  ASSERT_EQ(component.tags.size(), 1u);
  EXPECT_EQ(component.tags[0].name, "deterministic");
  ASSERT_EQ(component.options.size(), 1u);
  const OptionDescription& option = component.options[0];
  EXPECT_EQ(option.name, "window");
  EXPECT_EQ(option.unit, "observations");
  EXPECT_EQ(option.default_value, OptionValue(std::int64_t{0}));
  EXPECT_EQ(option.minimum, 0);
  EXPECT_EQ(option.maximum, 10);
}

TEST(PluginCatalogue, NamesAFileThatIsNoLibraryB1) {
  EXPECT_EQ(reason_of_bytes("#!/bin/sh\n"),
            "B1: not a shared library: it begins with the bytes 23 21 2f 62, not with 7f 45 4c 46");
  EXPECT_EQ(reason_of_bytes("#!"),
            "B1: not a shared library: it begins with the bytes 23 21, not with 7f 45 4c 46");
}

TEST(PluginCatalogue, NamesAnEmptyFileB1) {
  EXPECT_EQ(reason_of_bytes(""), "B1: the file is empty");
}

TEST(PluginCatalogue, NamesATruncatedLibraryB1) {
  const std::string whole = read_file(module_path("c_mean"));
  EXPECT_EQ(reason_of_bytes(whole.substr(0, 40)),
            "B1: truncated: its first headers end at byte 64, the file has 40; copy it again");
  EXPECT_THAT(reason_of_bytes(whole.substr(0, 100)),
              HasSubstr("B1: truncated: its program headers end at byte "));
  EXPECT_THAT(reason_of_bytes(whole.substr(0, 4096)), HasSubstr("B1: truncated: its segments end"));
  EXPECT_EQ(reason_of_bytes(whole.substr(0, whole.size() - 1)),
            "B1: truncated: its section headers end at byte " + std::to_string(whole.size()) +
                ", the file has " + std::to_string(whole.size() - 1) + "; copy it again");
}

TEST(PluginCatalogue, NamesTheMachineALibraryWasBuiltForB1) {
  std::string bytes = read_file(module_path("c_mean"));
  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const std::string host = header.e_machine == EM_X86_64 ? "x86-64" : "AArch64";
  header.e_machine = EM_RISCV;
  std::memcpy(bytes.data(), &header, sizeof(header));
  EXPECT_EQ(reason_of_bytes(bytes), "B1: built for RISC-V; this host is " + host);
  bytes[EI_CLASS] = ELFCLASS32;
  EXPECT_EQ(reason_of_bytes(bytes), "B1: built for a 32-bit machine; this host is " + host);
}

TEST(PluginCatalogue, NamesAnObjectFileB1) {
  std::string bytes = read_file(module_path("c_mean"));
  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  header.e_type = ET_REL;
  std::memcpy(bytes.data(), &header, sizeof(header));
  EXPECT_EQ(reason_of_bytes(bytes), "B1: an object file, not a shared library");
}

// The loader asserts, and ends the process, when the dynamic section is nonsense.
TEST(PluginCatalogue, SurvivesALibraryTheDynamicLoaderGivesUpOnB1) {
  std::string bytes = read_file(module_path("c_mean"));
  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  for (int i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment;
    std::memcpy(&segment, bytes.data() + header.e_phoff + i * sizeof(segment), sizeof(segment));
    if (segment.p_type == PT_DYNAMIC) {
      for (std::size_t k = 0; k < segment.p_filesz; ++k) {
        bytes[segment.p_offset + k] = static_cast<char>(37 * k + 11);
      }
    }
  }
  const std::string reason = reason_of_bytes(bytes);
  EXPECT_THAT(reason, ::testing::AnyOf(HasSubstr("B1: "), HasSubstr("B7: crashed with SIG")));
}

TEST(PluginCatalogue, NamesALoaderThatGivesUpB1) {
  EXPECT_EQ(reason_of_module("constructor_gives_up"), "B1: corrupt: the dynamic loader gave up");
}

TEST(PluginCatalogue, TakesABusErrorWhileLoadingForATruncatedFileB1) {
  EXPECT_EQ(reason_of_module("constructor_bus_error"),
            "B1: truncated or corrupt: SIGBUS while it was loaded");
}

TEST(PluginCatalogue, NamesAMissingEntryB2) {
  EXPECT_EQ(reason_of_module("no_entry"),
            "B2: exports no symbol steppe_plugin_entry_v1: not a Steppe plugin, or built without "
            "STEPPE_PLUGIN(...)");
}

TEST(PluginCatalogue, NamesAWrongMagicOrSizeB3) {
  EXPECT_EQ(reason_of_module("bad_magic"),
            "B3: the magic of steppe_plugin is wrong: not a Steppe plugin");
  EXPECT_EQ(reason_of_module("bad_size"),
            "B3: struct_size of steppe_plugin is 8; at least 72 is needed");
}

TEST(PluginCatalogue, NamesTheBrokenTableB3) {
  EXPECT_EQ(reason_of_module("bad_used"), "B3: agreed on revision 5 where the rule gives 0");
  EXPECT_EQ(reason_of_module("bad_id"),
            "B3: component mean: the id is not kind.name with kind trend, regression or source "
            "and a snake_case name");
  EXPECT_EQ(reason_of_module("bad_default"),
            "B3: component trend.c_mean: option window: the default is outside the range");
  EXPECT_EQ(reason_of_module("null_function"),
            "B3: component trend.c_mean: a function of steppe_trend_model is null");
}

TEST(PluginCatalogue, NamesAnEntryThatFailsB3) {
  EXPECT_EQ(reason_of_module("entry_null"), "B3: its entry succeeded but gave no table");
  EXPECT_EQ(reason_of_module("entry_fails"), "B3: its entry failed with status 14: no licence");
}

TEST(PluginCatalogue, NamesBothRevisionRangesB4) {
  EXPECT_EQ(reason_of_module("newer"),
            "B4: built for SDK ABI 1.3 to 1.7, host offers 1.0 to 1.0; rebuild the plugin or "
            "change the host");
  EXPECT_EQ(reason_of_module("epoch_3"),
            "B4: built for SDK ABI epoch 3, host offers epoch 1; rebuild the plugin or change the "
            "host");
}

TEST(PluginCatalogue, WantsAnExactMatchOfADraftB4) {
  EXPECT_EQ(reason_of_module("draft"),
            "B4: built for SDK ABI 1.0 to 1.7, host offers 1.0 to 1.0; rebuild the plugin or "
            "change the host");
}

TEST(PluginCatalogue, NamesAnUnresolvedSymbolB5) {
  EXPECT_EQ(reason_of_module("unresolved"),
            "B5: unresolved symbol: x.so: undefined symbol: function_of_another_library; link the "
            "library that defines it");
}

TEST(PluginCatalogue, NamesAMissingLibraryB6) {
  EXPECT_EQ(reason_of_module("missing_library"),
            "B6: missing library: libsteppe_not_installed.so: cannot open shared object file: No "
            "such file or directory; install it or link it statically");
}

TEST(PluginCatalogue, SurvivesAConstructorThatCrashesB7) {
  EXPECT_EQ(reason_of_module("constructor_aborts"), "B7: crashed with SIGABRT while it was loaded");
  EXPECT_EQ(reason_of_module("constructor_crashes"),
            "B7: crashed with SIGSEGV while it was loaded");
}

TEST(PluginCatalogue, SurvivesAnEntryThatCrashesB7) {
  EXPECT_EQ(reason_of_module("entry_crashes"), "B7: crashed with SIGSEGV in its entry");
  EXPECT_EQ(reason_of_module("entry_wild"), "B7: crashed with SIGSEGV while its tables were read");
}

TEST(PluginCatalogue, StopsAConstructorThatHangsB7) {
  EXPECT_EQ(reason_of(judge_module("constructor_hangs", 1000)),
            "B7: did not finish while it was loaded within 1000 ms; stopped");
}

TEST(PluginCatalogue, StopsAConstructorThatPrintsForEverB7) {
  const PluginVerdict verdict = judge_module("constructor_floods", 1000);
  EXPECT_EQ(reason_of(verdict), "B7: did not finish while it was loaded within 1000 ms; stopped");
  EXPECT_LE(verdict.log.size(), 10000u);
}

TEST(PluginCatalogue, TakesNothingThatIsPrintedForAVerdictB7) {
  const PluginVerdict verdict = judge_module("constructor_prints");
  ASSERT_EQ(reason_of(verdict), "accepted");
  EXPECT_THAT(verdict.notices, ElementsAre("printed when it was loaded (rule R3)"));
  EXPECT_EQ(verdict.log, "phase load\nphase entry\nphase tables\naccepted 0\nfault B99\nend");
}

TEST(PluginCatalogue, IsNotHeldUpByAGrandchildB7) {
  EXPECT_EQ(reason_of_module("constructor_forks"), "accepted");
}

TEST(PluginCatalogue, ListsTheOtherPluginsBesideABadOneB7) {
  PluginDirectoryFixture directory;
  directory.add("constructor_aborts", "a.so");
  directory.add("c_mean", "b.so");
  directory.write("c.so", "");
  const PluginCatalogue catalogue = directory.scan();
  EXPECT_EQ(catalogue.plugins().size(), 3u);
  EXPECT_TRUE(catalogue.find("trend.c_mean").ok());
}

TEST(PluginCatalogue, TakesAnExitForACrashP5) {
  EXPECT_EQ(reason_of_module("constructor_exits"),
            "P5: called exit(0) while it was loaded; treated as a crash");
  EXPECT_EQ(reason_of_module("constructor_leaves"),
            "P5: called exit(3) while it was loaded; treated as a crash");
}

TEST(PluginCatalogue, ReportsWhatAConstructorChangedP9) {
  const PluginVerdict verdict = judge_module("constructor_changes");
  ASSERT_EQ(reason_of(verdict), "accepted");
  EXPECT_THAT(verdict.notices,
              ElementsAre("changed the working directory when it was loaded (rule R3)",
                          "changed the umask when it was loaded (rule R3)",
                          "changed file descriptor 0 when it was loaded (rule R3)",
                          "changed the signal handlers when it was loaded (rule R3)",
                          "changed the time zone when it was loaded (rule R3)"));
}

TEST(PluginCatalogue, ReportsFastMathB10) {
  const PluginVerdict verdict = judge_module("fast_math");
  ASSERT_EQ(reason_of(verdict), "accepted");
  EXPECT_THAT(verdict.notices,
              ElementsAre("changed flush-to-zero when it was loaded (rule R3)",
                          "changed denormals-are-zero when it was loaded (rule R3)"));
}

}  // namespace
}  // namespace steppe::testing
