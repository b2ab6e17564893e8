// SPDX-License-Identifier: Apache-2.0

// The cases for data sources, driven in this process with fakes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/case.hpp"
#include "conformance/fake_sources.hpp"

namespace steppe::conformance {
namespace {

using fakes::FakeSource;
using Flaw = fakes::SourceFlaw;
using testing::HasSubstr;

Verdict run(const std::string& id, const steppe_component* component) {
  CaseContext context;
  context.component = component;
  context.options = {{"path", "memory"}};
  for (const Case& one : source_cases()) {
    if (id == one.id) return one.run(context);
  }
  return Verdict::failed("no case " + id);
}

template <Flaw kFlaw>
const steppe_component* fake() {
  return detail::ComponentTable<FakeSource<kFlaw>>::get();
}

struct Broken {
  const char* id;
  const steppe_component* (*component)();
  const char* text;
};

class BrokenSource : public testing::TestWithParam<Broken> {};

TEST_P(BrokenSource, FailsTheCaseForItsFlaw) {
  const Verdict verdict = run(GetParam().id, GetParam().component());
  EXPECT_EQ(verdict.outcome, Outcome::kFailed) << verdict.text;
  EXPECT_THAT(verdict.text, HasSubstr(GetParam().text));
}

const Broken kBroken[] = {
    {"semantics.source_reads_to_the_end", &fake<Flaw::kWrongCount>,
     "rows_used is 13, but 12 rows were delivered"},
    {"semantics.source_reads_to_the_end", &fake<Flaw::kNoSnapshot>,
     "the report has no text \"snapshot\""},
    {"semantics.source_streams_are_independent", &fake<Flaw::kSharedPosition>, "row"},
    {"semantics.source_released_early", &fake<Flaw::kKeepsPosition>, "released early"},
    {"semantics.source_arrays_outlive_the_stream", &fake<Flaw::kDataCount>,
     "in arrays that outlive their stream"},
    {"semantics.source_columns", &fake<Flaw::kAllColumns>,
     "asked for column year alone, delivers 3 columns"},
    {"semantics.source_columns", &fake<Flaw::kWrongColumn>,
     "column town, row 1: \"Karaganda\", but \"2000\" when it is asked for alone"},
    {"semantics.source_columns", &fake<Flaw::kWrongOrder>,
     "the columns are not delivered in the order in which they were asked for"},
    {"semantics.source_row_limit", &fake<Flaw::kNoLimit>, "a limit of 1 rows delivers 12 of 12"},
    {"semantics.source_row_limit", &fake<Flaw::kShortLimit>, "a limit of 6 rows delivers 5 of 12"},
    {"semantics.source_time_range", &fake<Flaw::kTimeCutsShort>,
     "column year has 7 rows, but 6 from 2003 to 2009"},
    {"semantics.source_unknown_column", &fake<Flaw::kTakesAnyColumn>,
     "open answers ok to a column that is not there"},
    {"semantics.source_unknown_column", &fake<Flaw::kNamelessColumn>,
     "the error for an unknown column does not name it: invalid_data (unknown)"},
    {"semantics.source_unreadable_cell", &fake<Flaw::kSilentCell>,
     "last_error does not say where the cell stands"},
    {"semantics.source_missing_file", &fake<Flaw::kMissingFileIsEmpty>,
     "opens a file that is not there"},
    {"semantics.source_no_rows", &fake<Flaw::kRefusesNoRows>,
     "a time range without rows: open answers insufficient_data (there are no rows)"},
    {"semantics.source_no_rows", &fake<Flaw::kFailsAtNoRows>,
     "a time range without rows: the stream ends with an error: there are no rows"},
    {"semantics.source_no_rows", &fake<Flaw::kNoColumns>,
     "a time range without rows has other columns than those asked for"},
    {"semantics.source_snapshot", &fake<Flaw::kSnapshotCounts>, "the same data have the snapshot"},
    {"semantics.source_snapshot", &fake<Flaw::kDataCount>, "when it is opened again"},
};

std::string name_of_test(const testing::TestParamInfo<Broken>& info) {
  std::string name = info.param.id;
  std::ranges::replace(name, '.', '_');
  return name + "_" + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(Suite, BrokenSource, testing::ValuesIn(kBroken), name_of_test);

TEST(HonestSource, PassesEveryCase) {
  for (const Case& one : source_cases()) {
    const Verdict verdict = run(one.id, fake<Flaw::kNone>());
    EXPECT_EQ(verdict.outcome, Outcome::kPassed) << one.id << ": " << verdict.text;
  }
}

TEST(HonestSource, MayHaveNoRowsAtAllOrRefuseThem) {
  for (const steppe_component* component : {fake<Flaw::kEmpty>(), fake<Flaw::kEmptyRefused>()}) {
    const Verdict verdict = run("semantics.source_no_rows", component);
    EXPECT_EQ(verdict.outcome, Outcome::kPassed) << verdict.text;
  }
}

TEST(HonestSource, IsSkippedWithoutAnOptionItNeeds) {
  static steppe_option option = *fake<Flaw::kNone>()->options[0];
  option.flags |= STEPPE_OPTION_REQUIRED;
  option.default_value = nullptr;
  static const steppe_option* const options[] = {&option};
  steppe_component component = *fake<Flaw::kNone>();
  component.options = options;
  CaseContext context;
  context.component = &component;
  const Verdict verdict = source_cases()[0].run(context);
  EXPECT_EQ(verdict.outcome, Outcome::kSkipped);
  EXPECT_EQ(verdict.text, "needs the option path, which was not given");
}

}  // namespace
}  // namespace steppe::conformance
