// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/catalogue_cache.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/temporary_folder.hpp"

namespace steppe {
namespace {

using ::testing::IsEmpty;

class CatalogueCacheFile : public ::testing::Test {
 protected:
  CatalogueCache open(const std::string& stamp = "judge 1") {
    return CatalogueCache(file_, stamp, notices_);
  }

  const testing::TemporaryFolder folder_;
  const std::string file_ = folder_.at("deep/x.cache");
  std::vector<std::string> notices_;
  const std::string hash_ = std::string(64, 'a');
  const FileIdentity identity_{1, 2, 3, -4, 5};
};

TEST_F(CatalogueCacheFile, RemembersWhatItWasTold) {
  CatalogueCache cache = open();
  cache.remember_file("/p/a b.so", identity_, hash_);
  PluginVerdict verdict;
  verdict.reason = "because";
  cache.remember_verdict(hash_, {verdict, 1});
  cache.save({}, notices_);
  const CatalogueCache again = open();
  ASSERT_NE(again.hash_of(identity_), nullptr);
  EXPECT_EQ(*again.hash_of(identity_), hash_);
  ASSERT_NE(again.verdict_of(hash_), nullptr);
  EXPECT_EQ(again.verdict_of(hash_)->verdict.reason, "because");
  EXPECT_EQ(again.verdict_of(hash_)->timeouts, 1);
  EXPECT_EQ(again.hash_of({1, 2, 3, -4, 6}), nullptr);
  EXPECT_THAT(notices_, IsEmpty());
}

TEST_F(CatalogueCacheFile, KeepsNothingOfAnotherJudge) {
  CatalogueCache cache = open();
  cache.remember_file("/p/a.so", identity_, hash_);
  cache.remember_verdict(hash_, {});
  cache.save({}, notices_);
  EXPECT_EQ(open("judge 2").hash_of(identity_), nullptr);
  EXPECT_THAT(notices_, IsEmpty());
}

TEST_F(CatalogueCacheFile, ForgetsFilesThatAreGoneFromASearchedDirectory) {
  CatalogueCache first = open();
  first.remember_file("/p/old.so", identity_, hash_);
  first.remember_file("/q/elsewhere.so", {9, 9, 9, 9, 9}, hash_);
  first.save({}, notices_);
  CatalogueCache second = open();
  second.remember_file("/p/new.so", {7, 7, 7, 7, 7}, hash_);
  second.save({{"/p", "user"}}, notices_);
  const CatalogueCache third = open();
  EXPECT_EQ(third.hash_of(identity_), nullptr);
  EXPECT_NE(third.hash_of({9, 9, 9, 9, 9}), nullptr);
  EXPECT_NE(third.hash_of({7, 7, 7, 7, 7}), nullptr);
}

TEST_F(CatalogueCacheFile, WritesNothingWhenNothingIsNew) {
  open().save({}, notices_);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

}  // namespace
}  // namespace steppe
