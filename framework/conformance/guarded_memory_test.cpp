// SPDX-License-Identifier: Apache-2.0
#include "conformance/guarded_memory.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <limits>

#include "conformance/guarded_call.hpp"

namespace steppe::conformance {
namespace {

// Volatile, so that the compiler does not take the access away.
void write_at(void* memory, std::ptrdiff_t offset) {
  static_cast<volatile char*>(memory)[offset] = 1;
}

char read_at(const void* memory, std::ptrdiff_t offset) {
  return static_cast<const volatile char*>(memory)[offset];
}

using GuardedMemoryDeathTest = testing::Test;

TEST(GuardedMemoryDeathTest, NamesWhoWritesBehindTheEnd) {
  const GuardedBlock block("mean", 24, Placement::kAtEnd);
  write_at(block.data(), 23);
  EXPECT_EXIT(write_at(block.data(), 24), testing::ExitedWithCode(0),
              "rule R12\nverdict failed wrote 0 bytes behind the end of \"mean\"");
}

TEST(GuardedMemoryDeathTest, NamesWhoReadsBehindTheEnd) {
  const GuardedBlock block("values", 24, Placement::kAtEnd);
  EXPECT_EXIT(read_at(block.data(), 32), testing::ExitedWithCode(0),
              "rule R13\nverdict failed read 8 bytes behind the end of \"values\"");
}

TEST(GuardedMemoryDeathTest, NamesWhoWritesBeforeTheStart) {
  const GuardedBlock block("mean", 24, Placement::kAtStart);
  EXPECT_EXIT(write_at(block.data(), -1), testing::ExitedWithCode(0),
              "rule R12\nverdict failed wrote 1 bytes before the start of \"mean\"");
}

TEST(GuardedMemoryDeathTest, NamesWhoWritesAnInput) {
  GuardedBlock block("time", 24, Placement::kAtEnd);
  block.make_read_only();
  EXPECT_EQ(read_at(block.data(), 0), 0);
  EXPECT_EXIT(write_at(block.data(), 8), testing::ExitedWithCode(0),
              "rule R11\nverdict failed wrote an input: \"time\"");
}

TEST(GuardedMemoryDeathTest, LeavesOtherCrashesAlone) {
  const GuardedBlock block("mean", 24, Placement::kAtEnd);
  EXPECT_EXIT(raise(SIGSEGV), testing::KilledBySignal(SIGSEGV), "");
}

TEST(GuardedMatrix, HoldsItsCellsInAnyLayout) {
  const std::vector<double> numbers = {1, 2, 3, 4, 5, 6};
  for (const auto layout : {&row_major, &column_major, &reversed, &with_gaps, &columns_apart}) {
    for (const bool odd : {false, true}) {
      GuardedMatrix matrix("m", {3, 2, layout(3, 2), Placement::kAtEnd, odd});
      matrix.set(numbers);
      EXPECT_EQ(matrix.values(), numbers);
      const steppe_matrix view = matrix.as_matrix();
      EXPECT_EQ(view.data[2 * view.row_stride + 1 * view.column_stride], 6);
      EXPECT_EQ(matrix.problem_after_writing(), "");
      EXPECT_EQ(odd, odd && reinterpret_cast<std::uintptr_t>(&matrix.at(0, 0)) % 8 == 0);
    }
  }
}

TEST(GuardedMatrix, LiesAtAnOddAddressWhenAsked) {
  GuardedMatrix matrix("m", {4, 1, row_major(4, 1), Placement::kAtEnd, true});
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&matrix.at(0, 0)) % 16, 8U);
}

TEST(GuardedMatrix, FindsTheCellThatWasNotWritten) {
  GuardedMatrix matrix("mean", {2, 2, row_major(2, 2)});
  EXPECT_EQ(matrix.problem_after_writing(), "cell (0, 0) of \"mean\" was not written");
  matrix.set({1, 2, 3});
  EXPECT_EQ(matrix.problem_after_writing(), "cell (1, 1) of \"mean\" was not written");
  matrix.at(1, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(matrix.problem_after_writing(), "");
}

TEST(GuardedMatrix, FindsWhatWasWrittenBetweenTheCells) {
  GuardedMatrix matrix("mean", {2, 2, with_gaps(2, 2)});
  matrix.set({1, 2, 3, 4});
  matrix.as_output().data[1] = 7;
  EXPECT_EQ(matrix.problem_after_writing(), "the call wrote between the cells of \"mean\"");
}

TEST(GuardedMatrix, FindsWhatWasNotWanted) {
  GuardedMatrix matrix("mean", {2, 2, row_major(2, 2)});
  EXPECT_EQ(matrix.problem_if_touched(), "");
  matrix.at(1, 0) = 0;
  EXPECT_EQ(matrix.problem_if_touched(), "the call wrote to \"mean\", which was not wanted");
}

TEST(GuardedOutput, LeavesWithTheFunctionAndTheCell) {
  const GuardedOutput output("mean", {1, 2}, {});
  try {
    output.take("predict");
    FAIL() << "an empty output was taken";
  } catch (const Stopped& stopped) {
    EXPECT_EQ(stopped.verdict.text, "predict: cell (0, 0) of \"mean\" was not written");
  }
}

TEST(GuardedInput, SpoilsWhatWasLent) {
  const std::vector<double> numbers = {1, 2};
  GuardedInput input("time", numbers, 1, {.read_only = true});
  EXPECT_EQ(input.vector()->data[1], 2);
  input.spoil();
  EXPECT_EQ(input.vector()->data[1], -7.5e250);
}

}  // namespace
}  // namespace steppe::conformance
