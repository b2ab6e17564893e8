// SPDX-License-Identifier: Apache-2.0

// A data source through its adapter: the stream, its typed errors, its report.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin_host/data_source.hpp"
#include "support/opened.hpp"

namespace steppe::testing {
namespace {

using ::testing::ElementsAre;

Opened& opened() {
  static Opened instance("unruly_source");
  return instance;
}

Outcome<SourceStream> stream_of(const std::string& fault) {
  auto source =
      DataSource::open(opened().component("source.unruly", fault), opened().loader.host());
  DataRequest request;
  request.columns = {{"grp", STEPPE_COLUMN_NUMBER}};
  return source->read(request);
}

std::vector<double> numbers(const ArrowArray& batch) {
  const auto* values = static_cast<const double*>(batch.children[0]->buffers[1]);
  return {values, values + batch.length};
}

TEST(SourceAdapter, ReadsAStreamToItsEnd) {
  auto stream = stream_of("");
  ASSERT_TRUE(stream.ok()) << to_text(stream.error());
  auto schema = stream->schema();
  ASSERT_TRUE(schema.ok());
  EXPECT_STREQ(schema->children[0]->name, "grp");
  schema->release(&*schema);
  auto batch = stream->next();
  ASSERT_TRUE(batch.ok());
  EXPECT_THAT(numbers(*batch), ElementsAre(1, 2, 3));
  batch->release(&*batch);
  auto end = stream->next();
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->release, nullptr);
  EXPECT_EQ(*stream->report()->scalar("rows_in"), 3);
  EXPECT_EQ(stream->locate(1, 0), "sales.csv:3:1\\x0a");
  EXPECT_EQ(stream->label(), "source.unruly@1.0.0");
}

TEST(SourceAdapter, MovesItsStream) {
  auto stream = stream_of("");
  SourceStream moved = std::move(*stream);
  auto batch = moved.next();
  ASSERT_TRUE(batch.ok());
  batch->release(&*batch);
}

TEST(SourceAdapter, ShowsAnErrorAtItsPlaceInTheData) {
  auto stream = stream_of("next");
  const auto batch = stream->next();
  ASSERT_FALSE(batch.ok());
  EXPECT_EQ(to_text(batch.error()), "error[C1] sales.csv:3:2: \"1 872\" is not a number");
  EXPECT_EQ(batch.error().exit, ExitCode::kDataRefused);
}

TEST(SourceAdapter, GivesANetworkErrorItsExitCode) {
  auto stream = stream_of("network");
  const auto batch = stream->next();
  EXPECT_EQ(to_text(batch.error()), "error[W6] plugin=source.unruly@1.0.0: connection cut");
  EXPECT_EQ(batch.error().exit, ExitCode::kNetwork);
}

TEST(SourceAdapter, RefusesToOpenWithTheReason) {
  const auto stream = stream_of("open");
  EXPECT_EQ(to_text(stream.error()), "error: sales.csv: No such file or directory");
  EXPECT_EQ(stream.error().exit, ExitCode::kDataRefused);
}

TEST(SourceAdapter, ReportsAnExceptionBehindTheStreamP8) {
  auto stream = stream_of("schema");
  const auto schema = stream->schema();
  ASSERT_FALSE(schema.ok());
  EXPECT_EQ(schema.error().kind, ErrorKind::kInternal);
  EXPECT_EQ(schema.error().exit, ExitCode::kPluginFailed);
}

TEST(SourceAdapter, RefusesABadReportN19) {
  auto stream = stream_of("report");
  EXPECT_EQ(to_text(stream->report().error()),
            "error[N19] plugin=source.unruly@1.0.0: bad_output: report: the name \"rows in\" of a "
            "scalar is not snake_case (rule R44)");
}

}  // namespace
}  // namespace steppe::testing
