// SPDX-License-Identifier: Apache-2.0

// The built plugin through the host's adapters. What it reads and refuses in detail is tested
// beside its parts: faults_test, table_stream_test, printed_tables_test.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "plugin_testing.hpp"

namespace steppe::testing {
namespace {

std::string printed(int table) {
  return std::string(STEPPE_SOURCE_DIR) + "/plugins/source/csv/testdata/table" +
         std::to_string(table) + "_as_printed.tsv";
}

DataRequest request_of(std::vector<ColumnWanted> columns) {
  DataRequest request;
  request.columns = std::move(columns);
  return request;
}

Outcome<SourceStream> read_printed(int table, Options options, const DataRequest& request) {
  options.push_back({"path", printed(table)});
  options.push_back({"delimiter", std::string("\t")});
  return open_source("source.csv", std::move(options)).read(request);
}

TEST(Csv, ReadsAPrintedTableThroughTheHost) {
  const Options options = {{"decimal", std::string(",")}, {"group", std::string(" ")}};
  auto stream = read_printed(
      6, options,
      request_of({{"Year", STEPPE_COLUMN_TIME}, {"GRP, million tenge", STEPPE_COLUMN_NUMBER}}));
  ASSERT_TRUE(stream.ok()) << to_text(stream.error());
  auto batch = stream->next();
  ASSERT_TRUE(batch.ok()) << to_text(batch.error());
  ASSERT_EQ(batch->length, 10);
  const auto* values = static_cast<const double*>(batch->children[1]->buffers[1]);
  EXPECT_EQ(values[0], 1872842.3);
  EXPECT_EQ(values[9], 5388260.6);
  batch->release(&*batch);
  EXPECT_EQ(stream->locate(9, 1), "table6_as_printed.tsv:11:3");
  auto end = stream->next();
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->release, nullptr);
  const auto report = stream->report();
  ASSERT_TRUE(report.ok()) << to_text(report.error());
  EXPECT_EQ(*report->scalar("rows_in"), 10);
  EXPECT_EQ(*report->scalar("rows_used"), 10);
  ASSERT_NE(report->text("snapshot"), nullptr);
}

// The catalogue's golden line for C1, with this table's place and name.
TEST(Csv, C1IsShownAsInTheCatalogue) {
  auto stream = read_printed(6, {}, request_of({{"GRP, million tenge", STEPPE_COLUMN_NUMBER}}));
  ASSERT_TRUE(stream.ok()) << to_text(stream.error());
  const auto batch = stream->next();
  ASSERT_FALSE(batch.ok());
  EXPECT_EQ(to_text(batch.error()),
            "error[C1] table6_as_printed.tsv:2:3 column \"GRP, million tenge\": \"1 872 842,3\" is "
            "not a number in dialect {decimal \".\", group none}; try decimal=\",\", group=\" \"");
  EXPECT_EQ(batch.error().exit, ExitCode::kDataRefused);
}

}  // namespace
}  // namespace steppe::testing
