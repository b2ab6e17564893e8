// SPDX-License-Identifier: Apache-2.0
#include "engine/domains.hpp"

#include <gtest/gtest.h>

namespace steppe {
namespace {

SourceStep source(const std::string& id, std::vector<std::string> key) {
  SourceStep step;
  step.id = id;
  step.key = std::move(key);
  return step;
}

TrendStep trend(const std::string& id, const std::string& source) {
  TrendStep step;
  step.id = id;
  step.series = {source, id, {}};
  return step;
}

RegressionStep regression(const std::string& target, const std::string& trend_step) {
  RegressionStep step;
  step.id = "target";
  step.target = {target, "y", {}};
  step.regressors.push_back({trend_step, trend_step, 0, trend_step, std::nullopt, {}});
  return step;
}

PipelineSpec spec_of(std::vector<StepSpec> steps) {
  PipelineSpec spec;
  spec.steps = std::move(steps);
  for (std::size_t i = 0; i < spec.steps.size(); ++i) spec.order.push_back(i);
  return spec;
}

Panel panel(std::vector<PanelMember> members) {
  Panel out;
  out.members = std::move(members);
  return out;
}

TEST(Domains, PutsStepsWithoutKeysFirst) {
  const auto spec = spec_of({source("regions", {"region"}), source("nation", {}),
                             trend("x", "nation"), regression("regions", "x")});
  const auto domains = make_domains(spec);
  ASSERT_EQ(domains.size(), 2u);
  EXPECT_TRUE(domains[0].key_columns.empty());
  EXPECT_EQ(domains[0].steps, std::vector<std::size_t>{2});
  EXPECT_EQ(domains[1].steps, std::vector<std::size_t>{3});
}

TEST(Domains, NamesTheColumnsThatStepsRead) {
  const auto spec =
      spec_of({source("a", {}), trend("x", "a"), trend("z", "a"), regression("a", "x")});
  EXPECT_EQ(columns_needed(spec)[0], (std::vector<std::string>{"x", "z", "y"}));
}

TEST(Domains, MergesTheKeysOfItsSources) {
  Domain domain;
  domain.sources = {0, 1};
  const std::vector<Panel> panels = {panel({{"A", 0, 1, 0}, {"C", 0, 1, 0}}),
                                     panel({{"B", 0, 1, 0}, {"C", 0, 1, 0}})};
  const DomainKeys keys = keys_of(domain, panels);
  EXPECT_EQ(keys.keys, (std::vector<std::string>{"A", "B", "C"}));
  EXPECT_EQ(keys.member[0], (std::vector<std::int64_t>{0, -1, 1}));
  EXPECT_EQ(keys.member[1], (std::vector<std::int64_t>{-1, 0, 1}));
}

TEST(Domains, GroupsKeysThatShareTheirDates) {
  Domain domain;
  domain.sources = {0};
  const std::vector<Panel> panels = {
      panel({{"A", 2010, 5, 0}, {"B", 2011, 4, 0}, {"C", 2010, 5, 0}, {"D", 2010, 5, 0}})};
  const auto blocks = make_blocks(domain, keys_of(domain, panels), panels, 2);
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(blocks[0], (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(blocks[1], std::vector<std::size_t>{1});
  EXPECT_EQ(blocks[2], std::vector<std::size_t>{3}) << "a full block is left";
}

}  // namespace
}  // namespace steppe
