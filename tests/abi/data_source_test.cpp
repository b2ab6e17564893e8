// SPDX-License-Identifier: Apache-2.0
#include "steppe/data_source.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "c_side.hpp"

// A source written in C++, read through the Arrow C stream as a host reads it. The order of
// releases and every buffer's life are watched by AddressSanitizer in the preset `dev`.

namespace steppe {
namespace {

// Two batches of three columns; "fail" and "throw" as a column's name break it on the way.
struct Numbers {
  static constexpr ComponentInfo kInfo{"source.test_numbers", "1.0.0", "A few numbers"};

  class Stream {
   public:
    explicit Stream(std::string mode) : mode_(std::move(mode)) {}
    const std::vector<ColumnSchema>& schema() const { return schema_; }
    Result<std::optional<RecordBatch>> next(const Host&) {
      ++calls_;
      if (calls_ == 2 && mode_ == "fail") {
        return Error{ErrorKind::kInvalidData, "\"x\" is not a number", "t.csv:5:2", "C16"};
      }
      if (calls_ == 2 && mode_ == "throw") throw std::runtime_error("stream broke");
      if (calls_ > 2) return std::optional<RecordBatch>();
      return std::optional<RecordBatch>(batch(calls_ == 1));
    }
    std::string locate(std::uint64_t row, std::uint64_t column) const {
      return "t.csv:" + std::to_string(row + 2) + ":" + std::to_string(column + 1);
    }
    void report(Report& report) const { report.scalar("rows_in", 5); }

   private:
    static RecordBatch batch(bool first) {
      if (!first) {
        return {2,
                {{.numbers = {4.5, 5.5}},
                 {.integers = {2014, 2015}},
                 {.offsets = {0, 1, 1}, .text = "d"}}};
      }
      return {3,
              {{.numbers = {1.5, 0, 3.5}, .valid = {true, false, true}},
               {.integers = {2011, 2012, 2013}},
               {.offsets = {0, 1, 3, 3}, .text = "abc", .valid = {true, true, false}}}};
    }
    std::string mode_;
    int calls_ = 0;
    std::vector<ColumnSchema> schema_ = {{"value", ColumnType::kFloat64},
                                         {"year", ColumnType::kInt64},
                                         {"region", ColumnType::kUtf8}};
  };

  Result<std::unique_ptr<Stream>> open(const SourceRequest& request, const Host&) const {
    const std::string mode = request.columns.empty() ? "" : request.columns[0].name;
    if (mode == "absent") return Error{ErrorKind::kInvalidConfig, "no column \"absent\""};
    return std::make_unique<Stream>(mode);
  }
};

class NumbersSource : public ::testing::Test {
 protected:
  ~NumbersSource() override {
    if (stream_.release != nullptr) stream_.release(&stream_);
    if (handle_ != nullptr) table_->close(handle_);
  }
  steppe_status open(const char* column = nullptr) {
    const steppe_column_request wanted{sizeof(wanted), STEPPE_COLUMN_NUMBER, column};
    const steppe_column_request* columns[] = {&wanted};
    const steppe_source_request request{
        sizeof(request), column == nullptr ? 0u : 1u, columns, nullptr, nullptr, 0};
    return table_->open(instance_.get(), &request, nullptr, &handle_, &stream_, &error_);
  }
  ArrowArray next() {
    ArrowArray array{};
    EXPECT_EQ(stream_.get_next(&stream_, &array), 0);
    return array;
  }

  c_side::Instance instance_{detail::ComponentTable<Numbers>::get()};
  const steppe_data_source* table_ = instance_.query<steppe_data_source>(STEPPE_DATA_SOURCE);
  void* handle_ = nullptr;
  ArrowArrayStream stream_{};
  steppe_error error_ = c_side::empty_error();
};

TEST_F(NumbersSource, DescribesItsColumnsInArrow) {
  ASSERT_EQ(open(), STEPPE_OK);
  ArrowSchema schema{};
  ASSERT_EQ(stream_.get_schema(&stream_, &schema), 0);
  EXPECT_STREQ(schema.format, "+s");
  ASSERT_EQ(schema.n_children, 3);
  EXPECT_STREQ(schema.children[0]->format, "g");
  EXPECT_STREQ(schema.children[0]->name, "value");
  EXPECT_STREQ(schema.children[1]->format, "l");
  EXPECT_STREQ(schema.children[2]->format, "u");
  EXPECT_STREQ(schema.children[2]->name, "region");
  EXPECT_EQ(schema.children[0]->flags, ARROW_FLAG_NULLABLE);
  schema.release(&schema);
  EXPECT_EQ(schema.release, nullptr);
}

TEST_F(NumbersSource, HandsOverNumbersTextsAndWhatIsMissing) {
  ASSERT_EQ(open(), STEPPE_OK);
  ArrowArray batch = next();
  ASSERT_EQ(batch.length, 3);
  ASSERT_EQ(batch.n_children, 3);
  EXPECT_EQ(batch.null_count, 0);

  const ArrowArray& value = *batch.children[0];
  EXPECT_EQ(value.length, 3);
  EXPECT_EQ(value.n_buffers, 2);
  EXPECT_EQ(value.null_count, 1);
  EXPECT_EQ(static_cast<const std::uint8_t*>(value.buffers[0])[0], 0b101);
  EXPECT_EQ(static_cast<const double*>(value.buffers[1])[2], 3.5);

  const ArrowArray& year = *batch.children[1];
  EXPECT_EQ(year.null_count, 0);
  EXPECT_EQ(year.buffers[0], nullptr);
  EXPECT_EQ(static_cast<const std::int64_t*>(year.buffers[1])[0], 2011);

  const ArrowArray& region = *batch.children[2];
  EXPECT_EQ(region.n_buffers, 3);
  EXPECT_EQ(region.null_count, 1);
  EXPECT_EQ(static_cast<const std::int32_t*>(region.buffers[1])[2], 3);
  EXPECT_EQ(std::memcmp(region.buffers[2], "abc", 3), 0);
  batch.release(&batch);
  EXPECT_EQ(batch.release, nullptr);
}

TEST_F(NumbersSource, EndsWithAReleasedArray) {
  ASSERT_EQ(open(), STEPPE_OK);
  for (int i = 0; i < 2; ++i) {
    ArrowArray batch = next();
    ASSERT_NE(batch.release, nullptr);
    batch.release(&batch);
  }
  EXPECT_EQ(next().release, nullptr);
  EXPECT_EQ(next().release, nullptr);
}

TEST_F(NumbersSource, KeepsABatchAliveAfterStreamAndHandle) {
  ASSERT_EQ(open(), STEPPE_OK);
  ArrowArray batch = next();
  stream_.release(&stream_);
  EXPECT_EQ(stream_.release, nullptr);
  table_->close(handle_);
  handle_ = nullptr;
  EXPECT_EQ(static_cast<const double*>(batch.children[0]->buffers[1])[0], 1.5);
  batch.release(&batch);
}

TEST_F(NumbersSource, LetsAChildBeMovedOut) {
  ASSERT_EQ(open(), STEPPE_OK);
  ArrowArray batch = next();
  ArrowArray taken = *batch.children[0];
  batch.children[0]->release = nullptr;
  batch.release(&batch);
  EXPECT_EQ(static_cast<const double*>(taken.buffers[1])[2], 3.5);
  taken.release(&taken);
  EXPECT_EQ(taken.release, nullptr);
}

TEST_F(NumbersSource, MayBeReleasedBeforeItsEnd) {
  ASSERT_EQ(open(), STEPPE_OK);
  stream_.release(&stream_);
  EXPECT_EQ(stream_.release, nullptr);
}

TEST_F(NumbersSource, GivesTheTypedErrorBehindAFailedCall) {
  ASSERT_EQ(open("fail"), STEPPE_OK);
  ArrowArray batch = next();
  batch.release(&batch);
  EXPECT_EQ(stream_.get_next(&stream_, &batch), EIO);
  EXPECT_EQ(batch.release, nullptr);
  EXPECT_STREQ(stream_.get_last_error(&stream_), "\"x\" is not a number");
  table_->last_error(handle_, &error_);
  EXPECT_EQ(error_.code, STEPPE_INVALID_DATA);
  EXPECT_STREQ(error_.where, "t.csv:5:2");
  EXPECT_STREQ(error_.fault, "C16");
}

TEST_F(NumbersSource, GivesTheTextOfAnExceptionInTheStream) {  // P8
  ASSERT_EQ(open("throw"), STEPPE_OK);
  ArrowArray batch = next();
  batch.release(&batch);
  EXPECT_EQ(stream_.get_next(&stream_, &batch), EIO);
  EXPECT_STREQ(stream_.get_last_error(&stream_), "exception: stream broke");
  table_->last_error(handle_, &error_);
  EXPECT_EQ(error_.code, STEPPE_INTERNAL);
}

TEST_F(NumbersSource, RefusesToOpenWhatIsNotThere) {
  EXPECT_EQ(open("absent"), STEPPE_INVALID_CONFIG);
  EXPECT_EQ(handle_, nullptr);
  EXPECT_EQ(stream_.release, nullptr);
  EXPECT_STREQ(error_.message, "no column \"absent\"");
}

TEST_F(NumbersSource, LocatesACellAndCutsALongPlace) {
  ASSERT_EQ(open(), STEPPE_OK);
  char place[16] = {};
  table_->locate(handle_, 12, 1, place, sizeof(place));
  EXPECT_STREQ(place, "t.csv:14:2");
  table_->locate(handle_, 12, 1, place, 6);
  EXPECT_STREQ(place, "t.csv");
}

TEST_F(NumbersSource, ReportsThroughTheSink) {
  ASSERT_EQ(open(), STEPPE_OK);
  c_side::Sink sink;
  const steppe_sink c_sink = sink.c_sink();
  ASSERT_EQ(table_->report(handle_, &c_sink, nullptr), STEPPE_OK);
  EXPECT_EQ(sink.scalars.at("rows_in").first, 5);
}

}  // namespace
}  // namespace steppe
