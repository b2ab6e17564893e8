// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include <string>
#include <vector>

#include "reference_files.hpp"
#include "steppe/numerics/subset_selection.hpp"

namespace steppe::numerics {
namespace {

struct StepData {
  std::vector<double> x;
  std::vector<double> y;
  std::size_t columns = 0;
  SubsetProblem problem(SubsetCriterion criterion) const {
    SubsetProblem out;
    out.design = {x.data(), y.size(), columns};
    out.response = {y.data(), y.size()};
    out.criterion = criterion;
    return out;
  }
};

StepData step_data(const std::string& name) {
  StepData out;
  for (const test::Cells& cells : test::read_reference("select/subsets_data.csv")) {
    if (cells[0] != name) continue;
    out.y.push_back(test::number(cells[1]));
    out.columns = cells.size() - 2;
    for (std::size_t j = 2; j < cells.size(); ++j) out.x.push_back(test::number(cells[j]));
  }
  return out;
}

// R step(): the value of the criterion and the change of every step.
TEST(StepwiseSelection, GoesTheWayOfStepInR) {
  std::string last;
  StepwisePath path;
  std::size_t compared = 0;
  for (const test::Cells& cells : test::read_reference("select/stepwise_r.csv")) {
    const std::string key = cells[0] + cells[1] + cells[2];
    const SubsetCriterion criterion =
        cells[2] == "bic" ? SubsetCriterion::kBic : SubsetCriterion::kAic;
    const StepDirection direction = cells[1] == "forward"    ? StepDirection::kForward
                                    : cells[1] == "backward" ? StepDirection::kBackward
                                                             : StepDirection::kBoth;
    if (key != last) {
      const StepData data = step_data(cells[0]);
      path = step_subsets(data.problem(criterion), direction).value();
    }
    last = key;
    const auto step = static_cast<std::size_t>(test::number(cells[3]));
    ASSERT_LT(step, path.steps.size()) << key;
    const Step& taken = path.steps[step];
    const Step::Candidate& made = taken.candidates.front();
    const double change = test::number(cells[4]);  // column + 1 put in, negative: taken out, 0: end
    const double own = made.column == kNoColumn ? 0.0 : static_cast<double>(made.column + 1);
    EXPECT_EQ(made.added ? own : -own, change) << key << " " << step;
    EXPECT_GE(test::correct_digits(made.value, test::number(cells[5])), 10.0) << key << " " << step;
    EXPECT_GE(test::correct_digits(made.residual_ss, test::number(cells[6])), 10.0) << key;
    ++compared;
  }
  EXPECT_GT(compared, 20U);
}

TEST(StepwiseSelection, GoesOnFromAnExactFitToASmallerOne) {
  StepData data = step_data("swiss");
  for (std::size_t i = 0; i < data.y.size(); ++i) data.y[i] = 4 + 2 * data.x[i * 5 + 1];
  const StepwisePath path =
      step_subsets(data.problem(SubsetCriterion::kAic), StepDirection::kBackward).value();
  EXPECT_EQ(path.columns, (std::vector<std::size_t>{1}));
}

TEST(StepwiseSelection, KeepsForcedColumnsIn) {
  const StepData data = step_data("mtcars");
  SubsetProblem problem = data.problem(SubsetCriterion::kBic);
  problem.forced = {1};
  for (const auto direction :
       {StepDirection::kBoth, StepDirection::kForward, StepDirection::kBackward}) {
    const StepwisePath path = step_subsets(problem, direction).value();
    EXPECT_EQ(std::count(path.columns.begin(), path.columns.end(), 1), 1);
  }
}

TEST(StepwiseSelection, RefusesToGoBackwardFromTooManyN1) {
  StepData data = step_data("mtcars");
  data.y.resize(8);
  data.x.resize(8 * data.columns);
  const auto path = step_subsets(data.problem(SubsetCriterion::kAicc), StepDirection::kBackward);
  ASSERT_FALSE(path.ok());
  EXPECT_EQ(path.error().kind, ErrorKind::kInsufficientData);
  EXPECT_NE(path.error().message.find("go forward instead"), std::string::npos);
  EXPECT_TRUE(step_subsets(data.problem(SubsetCriterion::kAicc), StepDirection::kBoth).ok());
}

}  // namespace
}  // namespace steppe::numerics
