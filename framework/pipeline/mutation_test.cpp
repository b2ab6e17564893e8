// SPDX-License-Identifier: Apache-2.0
// A good pipeline cut and changed at every byte: whatever comes out is a specification or a fault
// with a place, never a crash.

#include "pipeline/pipeline_testing.hpp"

namespace steppe {
namespace {

using namespace std::string_literals;
using testing::kGood;
using testing::parse;

// True when the text was accepted.
bool survives(const std::string& text) {
  const auto result = parse(text);
  if (result.ok()) {
    EXPECT_EQ(result->order.size(), result->steps.size());
    return true;
  }
  EXPECT_FALSE(result.error().empty());
  const Fault* previous = nullptr;
  for (const Fault& fault : result.error()) {
    EXPECT_FALSE(fault.message.empty());
    EXPECT_FALSE(fault.code.empty()) << to_text(fault);
    EXPECT_TRUE(fault.place.line > 0 || fault.code == "J14") << to_text(fault);
    EXPECT_EQ(fault.place.file, "run.json");
    EXPECT_EQ(to_text(fault).find('\n'), std::string::npos);
    if (previous != nullptr) {
      EXPECT_LE(previous->place.line, fault.place.line);  // sorted by position
    }
    previous = &fault;
  }
  return false;
}

TEST(PipelineMutation, SurvivesBeingCutAnywhere) {
  // Without the line feed at the end it is complete; anything shorter is not.
  for (std::size_t length = 0; length + 1 < kGood.size(); ++length) {
    EXPECT_FALSE(survives(kGood.substr(0, length))) << length;
  }
}

TEST(PipelineMutation, SurvivesBytesBeingReplaced) {
  const std::string replacements = "\0\"{}[],:0-e\\x\n\x80\xC3\xFF$"s;
  for (std::size_t at = 0; at < kGood.size(); ++at) {
    // A third of them at each byte, so that every neighbourhood meets all.
    for (std::size_t r = at % 3; r < replacements.size(); r += 3) {
      std::string text = kGood;
      text[at] = replacements[r];
      survives(text);
    }
  }
}

TEST(PipelineMutation, SurvivesBytesBeingRemovedDoubledAndSwapped) {
  for (std::size_t at = 0; at + 1 < kGood.size(); ++at) {
    std::string removed = kGood;
    removed.erase(at, 1);
    survives(removed);
    std::string doubled = kGood;
    doubled.insert(at, 1, kGood[at]);
    survives(doubled);
    std::string swapped = kGood;
    std::swap(swapped[at], swapped[at + 1]);
    survives(swapped);
  }
}

TEST(PipelineMutation, SurvivesPiecesBeingRemoved) {
  for (const std::size_t length : {7u, 40u}) {
    for (std::size_t at = 0; at + length < kGood.size(); at += 3) {
      std::string text = kGood;
      text.erase(at, length);
      survives(text);
    }
  }
}

}  // namespace
}  // namespace steppe
