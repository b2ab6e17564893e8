// SPDX-License-Identifier: Apache-2.0
// Hostile Arrow arrays: each breaks one rule of the C data interface and must be refused before a
// byte behind it is read. Run under AddressSanitizer these tests prove it.

#include <gtest/gtest.h>

#include <cstring>

#include "data/fake_source.hpp"

namespace steppe::testing {
namespace {

const PanelRequest kRequest{"region", "year", Frequency::kYearly, {"k"}, {"y"}};
const std::string kBroken = "error: plugin=source.fake@1.0.0 step=region: ";

FakeTable honest() {
  return {{"year", "k", "y"}, {{int32s({2010, 2011}), texts({"a", "a"}), float64s({1, 2})}}};
}

std::string refused(std::function<void(ArrowArray&)> tamper) {
  FakeTable table = honest();
  table.tamper = std::move(tamper);
  return refusal(table, kRequest);
}

std::string refused_schema(std::function<void(ArrowSchema&)> tamper) {
  FakeTable table = honest();
  table.tamper_schema = std::move(tamper);
  return refusal(table, kRequest);
}

std::string in_column(const std::string& column, const std::string& message) {
  return "error: column \"" + column + "\" plugin=source.fake@1.0.0 step=region: " + message +
         " (rule R50) exit 6";
}

template <typename T>
void set(const void* buffer, std::size_t index, T value) {
  std::memcpy(static_cast<char*>(const_cast<void*>(buffer)) + index * sizeof(T), &value, sizeof(T));
}

TEST(HostileArrow, TheUntouchedTableIsAccepted) {
  EXPECT_EQ(refused([](ArrowArray&) {}), "accepted");
}

TEST(HostileArrow, RefusesWrongCountsOfTheBatch) {
  EXPECT_EQ(refused([](ArrowArray& a) { a.length = -1; }),
            kBroken + "a batch has length -1 and offset 0 (rule R50) exit 6");
  EXPECT_EQ(refused([](ArrowArray& a) { a.offset = -7; }),
            kBroken + "a batch has length 2 and offset -7 (rule R50) exit 6");
  EXPECT_EQ(refused([](ArrowArray& a) { a.offset = INT64_MAX; }),
            kBroken + "a batch has length 2 and offset 9223372036854775807 (rule R50) exit 6");
  EXPECT_EQ(refused([](ArrowArray& a) { a.n_children = 2; }),
            kBroken + "a batch has 2 columns, its schema has 3 (rule R50) exit 6");
  EXPECT_EQ(refused([](ArrowArray& a) { a.children = nullptr; }),
            kBroken + "a batch has 3 columns, its schema has 3 (rule R50) exit 6");
  EXPECT_EQ(refused([](ArrowArray& a) { a.n_buffers = 0; }),
            kBroken + "a batch has 0 buffers, expected 1 (rule R50) exit 6");
}

TEST(HostileArrow, RefusesRowsThatAreNullAsAWhole) {
  static const std::uint8_t one_row = 1;
  EXPECT_EQ(refused([](ArrowArray& a) {
              a.buffers[0] = &one_row;
              a.null_count = -1;
            }),
            kBroken + "a batch has rows that are null as a whole (rule R50) exit 6");
}

TEST(HostileArrow, RefusesColumnsShorterThanTheBatch) {
  EXPECT_EQ(
      refused([](ArrowArray& a) { a.length = 3; }),
      in_column("year", "the array has length 2 and offset 0; the batch needs 3 rows from 0"));
  EXPECT_EQ(
      refused([](ArrowArray& a) { a.offset = 1; }),
      in_column("year", "the array has length 2 and offset 0; the batch needs 2 rows from 1"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[2]->length = -2; }),
            in_column("y", "the array has length -2 and offset 0; the batch needs 2 rows from 0"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[2]->offset = -1; }),
            in_column("y", "the array has length 2 and offset -1; the batch needs 2 rows from 0"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[2]->offset = INT64_MAX / 4; }),
            in_column("y",
                      "the array has length 2 and offset 2305843009213693951; the batch needs 2 "
                      "rows from 0"));
}

TEST(HostileArrow, RefusesMissingArraysAndBuffers) {
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[0] = nullptr; }),
            in_column("year", "an array is missing"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[0]->release = nullptr; }),
            in_column("year", "an array is missing"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[0]->n_buffers = 3; }),
            in_column("year", "the array has 3 buffers, its type has 2"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[0]->n_children = 1; }),
            in_column("year", "the array has 1 children, its type has 0"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[0]->buffers = nullptr; }),
            in_column("year", "the array's list of buffers is null"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[0]->buffers[1] = nullptr; }),
            in_column("year", "the array's values are null"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[1]->buffers[1] = nullptr; }),
            in_column("k", "the array's offsets are null"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[1]->buffers[2] = nullptr; }),
            in_column("k", "the array's text is null"));
}

TEST(HostileArrow, RefusesImpossibleNullCounts) {
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[2]->null_count = 3; }),
            in_column("y", "the array counts 3 nulls in 2 rows"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[2]->null_count = -2; }),
            in_column("y", "the array counts -2 nulls in 2 rows"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[2]->null_count = 1; }),
            in_column("y", "the array counts 1 nulls but has no validity bitmap"));
}

TEST(HostileArrow, RefusesOffsetsThatFallOrAreNegative) {
  EXPECT_EQ(refused([](ArrowArray& a) { set<std::int32_t>(a.children[1]->buffers[1], 1, 9); }),
            in_column("k", "offset 2 of cell 2 lies before the previous one, 9"));
  EXPECT_EQ(refused([](ArrowArray& a) { set<std::int32_t>(a.children[1]->buffers[1], 0, -1); }),
            in_column("k", "offset -1 is negative"));
}

TEST(HostileArrow, RefusesBrokenDictionaries) {
  FakeTable table = honest();
  table.batches[0][1] = dictionary({0, 5}, {"a"});
  EXPECT_EQ(refusal(table, kRequest),
            in_column("k", "cell 1 has the dictionary index 5; the dictionary has 1 values"));
  table.batches[0][1] = dictionary({0, -1}, {"a"});
  EXPECT_EQ(refusal(table, kRequest),
            in_column("k", "cell 1 has the dictionary index -1; the dictionary has 1 values"));
  table.batches[0][1] = dictionary({0, 0}, {"a"});
  table.tamper = [](ArrowArray& a) { a.children[1]->dictionary = nullptr; };
  EXPECT_EQ(refusal(table, kRequest), in_column("k", "the array has no dictionary"));
  table.tamper = [](ArrowArray& a) { a.children[1]->dictionary->n_buffers = 2; };
  EXPECT_EQ(refusal(table, kRequest),
            in_column("k", "dictionary: the array has 2 buffers, its type has 3"));
  EXPECT_EQ(refused([](ArrowArray& a) { a.children[0]->dictionary = a.children[1]; }),
            in_column("year", "the array has a dictionary, its schema has none"));
}

TEST(HostileArrow, RefusesSchemasThatAreNotTheTableAskedFor) {
  EXPECT_EQ(refused_schema([](ArrowSchema& s) { s.format = "i"; }),
            kBroken +
                "the stream delivers the Arrow format \"i\", expected a table (\"+s\") (rule R50) "
                "exit 6");
  EXPECT_EQ(refused_schema([](ArrowSchema& s) { s.n_children = 2; }),
            kBroken + "the stream delivers 2 columns, 3 were asked for (rule R50) exit 6");
  EXPECT_EQ(refused_schema([](ArrowSchema& s) { s.children[2]->name = "z"; }),
            in_column("y", "the stream's column 3 is called \"z\""));
  EXPECT_EQ(refused_schema([](ArrowSchema& s) { s.children[2]->format = nullptr; }),
            in_column("y", "the column's schema is missing"));
  EXPECT_EQ(refused_schema([](ArrowSchema& s) { s.children[2]->n_children = 1; }),
            in_column("y", "the column's schema has 1 children, its type has none"));
}

TEST(ArrowTypes, AreRefusedByNameAndColumn) {
  const auto refused_type = [](std::size_t column, const char* format) {
    return refused_schema([=](ArrowSchema& s) { s.children[column]->format = format; });
  };
  const std::string plugin = " step=region plugin=source.fake@1.0.0: ";
  const std::string numbers =
      ", which is not read here; a number column may be bool, int32, int64, float32 or float64; "
      "convert it in the source exit 4";
  EXPECT_EQ(refused_type(2, "d:21,1"), "error: column \"y\"" + plugin +
                                           "the column's type is decimal (Arrow format "
                                           "\"d:21,1\")" +
                                           numbers);
  EXPECT_EQ(refused_type(2, "u"), "error: column \"y\"" + plugin +
                                      "the column's type is utf8 (Arrow format \"u\")" + numbers);
  EXPECT_EQ(refused_type(2, "+l"), "error: column \"y\"" + plugin +
                                       "the column's type is list (Arrow format \"+l\")" + numbers);
  EXPECT_EQ(refused_type(2, "?"), "error: column \"y\"" + plugin +
                                      "the column's type is with Arrow format \"?\"" + numbers);
  EXPECT_EQ(refused_type(1, "l"),
            "error: column \"k\"" + plugin +
                "the column's type is int64 (Arrow format \"l\"), which is not read here; a text "
                "column may be utf8, large_utf8 or a dictionary of utf8; convert it in the source "
                "exit 4");
  EXPECT_EQ(refused_type(0, "g"),
            "error: column \"year\"" + plugin +
                "the column's type is float64 (Arrow format \"g\"), which is not read here; a time "
                "column may be int32 or int64 (years), date32, timestamp, utf8, large_utf8 or a "
                "dictionary of utf8; convert it in the source exit 4");
  EXPECT_EQ(refused_type(0, "tsm:Europe/Paris"),
            "error: column \"year\"" + plugin +
                "the column's timestamps are in the zone \"Europe/Paris\"; deliver them in UTC or "
                "without a zone exit 4");
}

}  // namespace
}  // namespace steppe::testing
