// SPDX-License-Identifier: Apache-2.0

// Faults B8 and B15 to B18 of the fault catalogue: what a scan says of files and directories, which
// plugin serves an id, and when a kept verdict is believed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "plugin_host/catalogue.hpp"
#include "support/plugin_directory.hpp"

namespace steppe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PluginCatalogue, ShowsBothFilesWithOneIdB8) {
  PluginDirectoryFixture directory;
  const std::string a = directory.add("c_mean", "a.so");
  const std::string b = directory.add("c_mean", "b.so");
  const PluginCatalogue catalogue = directory.scan();
  EXPECT_EQ(catalogue.components().size(), 2u);
  const auto found = catalogue.find("trend.c_mean");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(to_text(found.error()), "error[B8] plugin=trend.c_mean: two plugins have this id: " +
                                        a + " and " + b + "; remove one (rule R8)");
  EXPECT_EQ(found.error().exit, ExitCode::kPluginRefused);
}

TEST(PluginCatalogue, RefusesALinkB15) {
  PluginDirectoryFixture directory;
  std::filesystem::create_symlink(module_path("c_mean"), directory.path("x.so"));
  const PluginVerdict verdict = directory.scan().plugins().at(0);
  EXPECT_EQ(verdict.path, directory.path("x.so"));
  EXPECT_EQ(reason_of(verdict), "B15: is a symbolic link (mode 0777); give the file it points to");
}

TEST(PluginCatalogue, RefusesAFileOthersMayWriteB15) {
  for (const mode_t mode : {0664, 0646}) {
    PluginDirectoryFixture directory;
    chmod(directory.add("c_mean").c_str(), mode);
    EXPECT_EQ(reason_of(directory.scan().plugins().at(0)),
              std::string("B15: is writable by others (mode 0") + (mode == 0664 ? "664" : "646") +
                  "); run chmod go-w on it");
  }
}

TEST(PluginCatalogue, RefusesADirectoryOthersMayWriteB15) {
  PluginDirectoryFixture directory;
  directory.add("c_mean");
  chmod(directory.path().c_str(), 01777);
  const PluginCatalogue catalogue = directory.scan();
  ASSERT_EQ(catalogue.plugins().size(), 1u);
  EXPECT_EQ(catalogue.plugins()[0].path, directory.path());
  EXPECT_EQ(reason_of(catalogue.plugins()[0]),
            "B15: is writable by others (mode 1777); run chmod go-w on it");
  EXPECT_EQ(to_text(catalogue.find("trend.c_mean").error()),
            "error[B16] plugin=trend.c_mean: there are no plugins; directories searched: " +
                directory.path() + " (--plugin-dir); refused: " + directory.path() +
                " is writable by others (mode 1777); run chmod go-w on it");
}

TEST(PluginCatalogue, RefusesADirectoryThatIsALinkB15) {
  PluginDirectoryFixture directory;
  directory.add("c_mean");
  const std::string link = directory.path() + "_link";
  std::filesystem::create_symlink(directory.path(), link);
  CatalogueOptions options = directory.options();
  options.directories = {{link, "--plugin-dir"}};
  const PluginCatalogue catalogue = PluginCatalogue::scan(options);
  EXPECT_EQ(catalogue.plugins().at(0).path, link);
  EXPECT_EQ(catalogue.plugins().at(0).fault, "B15");
}

TEST(PluginCatalogue, RefusesADirectoryWithDotsB15) {
  PluginDirectoryFixture directory;
  CatalogueOptions options = directory.options();
  options.directories = {{directory.path() + "/../plugins", "--plugin-dir"}};
  EXPECT_EQ(reason_of(PluginCatalogue::scan(options).plugins().at(0)),
            "B15: holds \"..\"; give its plain path");
}

TEST(PluginCatalogue, RefusesAForeignOwnerB15) {
  if (geteuid() != 0) GTEST_SKIP() << "only root may give a file away";
  PluginDirectoryFixture directory;
  ASSERT_EQ(chown(directory.add("c_mean").c_str(), 12345, 12345), 0);
  EXPECT_EQ(reason_of(directory.scan().plugins().at(0)),
            "B15: belongs to user 12345 (mode 0644); only root and user 0 are trusted");
}

TEST(PluginCatalogue, IsNotHeldUpByAFifoB15) {
  PluginDirectoryFixture directory;
  ASSERT_EQ(mkfifo(directory.path("x.so").c_str(), 0600), 0);
  EXPECT_EQ(reason_of(directory.scan().plugins().at(0)), "B15: is not a regular file (mode 0600)");
}

TEST(PluginCatalogue, NoticesAMissingOrEmptyDirectoryB16) {
  PluginDirectoryFixture directory;
  CatalogueOptions options = directory.options();
  options.directories = {{directory.path("none"), "--plugin-dir"},
                         {directory.path(), "STEPPE_PLUGIN_PATH"},
                         {directory.path("mine"), "user"}};
  const PluginCatalogue catalogue = PluginCatalogue::scan(options);
  EXPECT_THAT(catalogue.notices(), ElementsAre("plugin directory " + directory.path("none") +
                                                   " (--plugin-dir) does not exist",
                                               "plugin directory " + directory.path() +
                                                   " (STEPPE_PLUGIN_PATH) holds no plugin"));
  const auto found = catalogue.find("trend.linear");
  EXPECT_EQ(to_text(found.error()),
            "error[B16] plugin=trend.linear: there are no plugins; directories searched: " +
                directory.path("none") + " (--plugin-dir), " + directory.path() +
                " (STEPPE_PLUGIN_PATH), " + directory.path("mine") + " (user)");
  EXPECT_EQ(found.error().exit, ExitCode::kPluginRefused);
}

TEST(PluginCatalogue, NeverSearchesTheWorkingDirectoryB17) {
  PluginDirectoryFixture directory;
  directory.add("c_mean");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(directory.path());
  CatalogueOptions options = directory.options();
  options.directories = {{".", "--plugin-dir"}, {"", "installed"}};
  const PluginCatalogue catalogue = PluginCatalogue::scan(options);
  std::filesystem::current_path(before);
  EXPECT_THAT(catalogue.plugins(), IsEmpty());
  EXPECT_EQ(catalogue.notices().at(0),
            "plugin directory \".\" (--plugin-dir) is not absolute and is left out");
}

TEST(PluginCatalogue, SuggestsTheNearestId) {
  PluginDirectoryFixture directory;
  directory.add("c_mean");
  const auto found = directory.scan().find("trend.c_maen");
  EXPECT_EQ(to_text(found.error()),
            "error: plugin=trend.c_maen: no plugin has this id; did you mean trend.c_mean?; "
            "directories searched: " +
                directory.path() + " (--plugin-dir)");
  EXPECT_EQ(found.error().exit, ExitCode::kPipelineRefused);
}

TEST(PluginCatalogue, SaysWhyThePluginOfThatNameWasRefused) {
  PluginDirectoryFixture directory;
  const std::string path = directory.add("newer", "steppe_trend_holt.so");
  const PluginCatalogue catalogue = directory.scan();
  const std::string hash = catalogue.plugins().at(0).sha256.substr(0, 8);
  const auto found = catalogue.find("trend.holt");
  EXPECT_EQ(to_text(found.error()),
            "error[B4] plugin=steppe_trend_holt.so (" + path + ", sha256 " + hash +
                "..): built for SDK ABI 1.3 to 1.7, host offers 1.0 to 1.0; rebuild the plugin or "
                "change the host (rule R5)");
  EXPECT_EQ(found.error().exit, ExitCode::kPluginRefused);
  EXPECT_EQ(found.error().kind, ErrorKind::kIncompatibleAbi);
}

// The cache. A probe that cannot run shows whether one was wanted.
PluginCatalogue scan_without_probe(const PluginDirectoryFixture& directory) {
  // The judge must stay the same for the cache, so the helper itself is only made unusable.
  CatalogueOptions options = directory.options();
  options.probe_timeout_ms = 0;
  return PluginCatalogue::scan(options);
}

TEST(PluginCatalogueCache, KeepsVerdictsOfUnchangedFiles) {
  PluginDirectoryFixture directory;
  directory.add("c_mean", "a.so");
  directory.add("constructor_aborts", "b.so");
  directory.scan();
  const PluginCatalogue again = scan_without_probe(directory);
  EXPECT_EQ(reason_of(again.plugins().at(0)), "accepted");
  EXPECT_EQ(again.plugins()[0].components.size(), 1u);
  EXPECT_EQ(reason_of(again.plugins().at(1)), "B7: crashed with SIGABRT while it was loaded");
  EXPECT_THAT(again.notices(), IsEmpty());
}

TEST(PluginCatalogueCache, KnowsTheSameBytesUnderAnotherName) {
  PluginDirectoryFixture directory;
  directory.add("c_mean", "a.so");
  directory.scan();
  std::filesystem::remove(directory.path("a.so"));
  directory.add("c_mean", "b.so");
  EXPECT_EQ(reason_of(scan_without_probe(directory).plugins().at(0)), "accepted");
}

TEST(PluginCatalogueCache, JudgesChangedBytesAnew) {
  PluginDirectoryFixture directory;
  directory.add("c_mean", "a.so");
  directory.scan();
  directory.add("bad_magic", "a.so");
  EXPECT_EQ(directory.scan().plugins().at(0).fault, "B3");
}

TEST(PluginCatalogueCache, AsksAgainAboutLibrariesThatMayBeInstalledMeanwhile) {
  PluginDirectoryFixture directory;
  directory.add("missing_library", "a.so");
  EXPECT_EQ(directory.scan().plugins().at(0).fault, "B6");
  EXPECT_EQ(scan_without_probe(directory).plugins().at(0).fault, "B7");
}

TEST(PluginCatalogueCache, BelievesATimeoutOnlyTheSecondTime) {
  PluginDirectoryFixture directory;
  directory.add("c_mean", "a.so");
  EXPECT_EQ(scan_without_probe(directory).plugins().at(0).fault, "B7");
  EXPECT_EQ(reason_of(directory.scan().plugins().at(0)), "accepted");

  PluginDirectoryFixture slow;
  slow.add("c_mean", "a.so");
  scan_without_probe(slow);
  scan_without_probe(slow);
  // How far it came in no time at all is for the machine to say.
  EXPECT_THAT(reason_of(slow.scan().plugins().at(0)),
              ::testing::AllOf(::testing::StartsWith("B7: did not finish while it"),
                               ::testing::EndsWith(" within 0 ms; stopped")));
}

TEST(PluginCatalogueCache, IsRebuiltWhenCorruptB18) {
  PluginDirectoryFixture directory;
  directory.add("constructor_aborts", "a.so");
  const CatalogueOptions options = directory.options();
  directory.scan();
  std::string bytes = read_file(options.cache_file);
  const auto flag = bytes.find("accepted 0");
  ASSERT_NE(flag, std::string::npos);
  bytes[flag + 9] = '1';  // a forged acceptance
  std::ofstream(options.cache_file, std::ios::binary) << bytes;
  const PluginCatalogue catalogue = directory.scan();
  EXPECT_THAT(catalogue.notices(),
              ElementsAre("plugin cache " + options.cache_file + " is corrupt; rebuilt"));
  EXPECT_EQ(catalogue.plugins().at(0).fault, "B7");
  EXPECT_THAT(directory.scan().notices(), IsEmpty());
}

TEST(PluginCatalogueCache, IsRebuiltWhenCutOrEmptyB18) {
  PluginDirectoryFixture directory;
  directory.add("c_mean", "a.so");
  const CatalogueOptions options = directory.options();
  directory.scan();
  const std::string whole = read_file(options.cache_file);
  for (const std::size_t length : {std::size_t{0}, std::size_t{10}, whole.size() / 2}) {
    std::ofstream(options.cache_file, std::ios::binary) << whole.substr(0, length);
    const PluginCatalogue catalogue = directory.scan();
    EXPECT_EQ(catalogue.notices().size(), 1u);
    EXPECT_EQ(reason_of(catalogue.plugins().at(0)), "accepted");
  }
}

TEST(PluginCatalogueCache, IsNotBelievedWhenOthersMayWriteItB18) {
  PluginDirectoryFixture directory;
  directory.add("c_mean", "a.so");
  const CatalogueOptions options = directory.options();
  directory.scan();
  chmod(options.cache_file.c_str(), 0666);
  EXPECT_THAT(directory.scan().notices(),
              ElementsAre("plugin cache " + options.cache_file +
                          " is writable by others (mode 0666); run chmod go-w on it; rebuilt"));
}

TEST(PluginCatalogueCache, IsNotNeeded) {
  PluginDirectoryFixture directory;
  directory.add("c_mean", "a.so");
  CatalogueOptions options = directory.options();
  options.cache_file = "/proc/no/such/cache";
  const PluginCatalogue catalogue = PluginCatalogue::scan(options);
  EXPECT_EQ(reason_of(catalogue.plugins().at(0)), "accepted");
  ASSERT_EQ(catalogue.notices().size(), 1u);
  EXPECT_THAT(catalogue.notices()[0],
              HasSubstr("plugin cache /proc/no/such/cache cannot be written: "));
}

TEST(PluginCatalogue, SaysWhenTheProbeItselfDoesNotRun) {
  PluginDirectoryFixture directory;
  directory.add("c_mean", "a.so");
  CatalogueOptions options = directory.options();
  options.probe_program = "/no/such/program";
  const PluginCatalogue catalogue = PluginCatalogue::scan(options);
  EXPECT_EQ(reason_of(catalogue.plugins().at(0)),
            ": could not be judged: the probe /no/such/program did not run: No such file or "
            "directory");
  EXPECT_EQ(reason_of(directory.scan().plugins().at(0)), "accepted");  // and nothing was kept
}

}  // namespace
}  // namespace steppe::testing
