// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "c_side.hpp"
#include "saved_bytes.hpp"
#include "steppe/regression.hpp"
#include "steppe/trend_model.hpp"

// The capability steppe.saved_fit, driven through its C table as a host drives it.

namespace steppe {
namespace {

using c_side::Buffer;
using saved_bytes::refuse;
using saved_bytes::writer_to;

// The last value, saved.
struct Last {
  static constexpr ComponentInfo kInfo{"trend.test_saved", "1.0.0", "The last value, saved"};
  struct Fit {
    double last;
    Prediction predict(double t) const { return {.mean = last, .standard_error = t}; }
    int parameter_count() const { return 1; }
    void save(Writer& writer) const { writer.f64(last); }
  };
  Result<Fit> fit(const Series& series) const {
    if (series.y.back() < 0) return Error{ErrorKind::kDomainError, "negative"};
    return Fit{series.y.back()};
  }
  static constexpr std::uint32_t kSavedSchema = 3;
  static constexpr std::uint32_t kSavedSchemaMin = 2;
  static Result<Fit> load(std::uint32_t schema, Reader& reader) {
    return Fit{schema == 2 ? -reader.finite() : reader.finite()};
  }
};

// The same without a word about saving.
struct Unsaved {
  static constexpr ComponentInfo kInfo{"trend.test_unsaved", "1.0.0", "The last value"};
  struct Fit {
    double last;
    Prediction predict(double) const { return {.mean = last}; }
  };
  Result<Fit> fit(const Series& series) const { return Fit{series.y.back()}; }
};

// A regression that adds its regressors up.
struct Sum {
  static constexpr ComponentInfo kInfo{"regression.test_saved", "1.0.0", "Sum, saved"};
  struct Fit {
    std::uint64_t rows;
    std::uint64_t columns;
    void fitted(const OutputView&) const {}
    Result<void> predict(const MatrixView&, const VectorView&, const RegressionForecast&,
                         const Host&) const {
      return {};
    }
    void report(Report&) const {}
    void save(Writer& writer) const {
      writer.u64(rows);
      writer.u64(columns);
    }
    FitShape shape() const { return {rows, columns}; }
  };
  Result<std::unique_ptr<Fit>> fit(const RegressionData& data, const Host&) const {
    return std::make_unique<Fit>(Fit{data.target.size(), data.regressors.columns()});
  }
  static constexpr std::uint32_t kSavedSchema = 1;
  Result<std::unique_ptr<Fit>> load(std::uint32_t, Reader& reader) const {
    return std::make_unique<Fit>(Fit{reader.u64(), reader.u64()});
  }
};

// A component with its fit table and its saved_fit table.
template <typename Model>
struct Case {
  c_side::Instance instance{detail::ComponentTable<Model>::get()};
  const steppe_trend_model* trend = instance.query<steppe_trend_model>(STEPPE_TREND_MODEL);
  const steppe_saved_fit* saved = instance.query<steppe_saved_fit>(STEPPE_SAVED_FIT);
  steppe_error error = c_side::empty_error();

  void* fit(const std::vector<double>& times, const std::vector<double>& values,
            std::vector<steppe_status> statuses) {
    const steppe_vector time = c_side::vector_of(times);
    const steppe_matrix matrix = c_side::matrix_of(values, statuses.size());
    const steppe_trend_block block{sizeof(block), 1, &time, &matrix, nullptr};
    void* made = nullptr;
    trend->fit(instance.get(), &block, nullptr, &made, statuses.data(), &error);
    return made;
  }
  std::string save(const void* fit) {
    std::string bytes;
    const steppe_writer out = writer_to(bytes);
    EXPECT_EQ(saved->save(fit, &out, &error), STEPPE_OK);
    return bytes;
  }
  steppe_status load(const std::string& bytes, std::uint32_t schema, void** fit) {
    // Behind the bytes there is nothing: a read past their end is seen by the sanitizer.
    const auto exact = std::make_unique<char[]>(bytes.size());
    std::copy(bytes.begin(), bytes.end(), exact.get());
    return saved->load(instance.get(), schema, exact.get(), bytes.size(), nullptr, fit, &error);
  }
};

TEST(SavedFit, IsOfferedByModelsThatSaveAndByNoOther) {
  const Case<Last> c;
  ASSERT_NE(c.saved, nullptr);
  EXPECT_EQ(c.saved->struct_size, sizeof(steppe_saved_fit));
  EXPECT_EQ(c.saved->schema, 3u);
  EXPECT_EQ(c.saved->schema_min, 2u);
  EXPECT_EQ(Case<Unsaved>().saved, nullptr);
}

TEST(SavedFit, GivesTheSameForecastStatisticsAndFittedValues) {
  Case<Last> c;
  const std::vector<double> times = {1, 2, 3};
  void* before = c.fit(times, {1, 4, 2, 5, 3, 1.0 / 3}, {-1, -1});
  void* after = nullptr;
  ASSERT_EQ(c.load(c.save(before), 3, &after), STEPPE_OK) << c.error.message;
  std::uint64_t observations = 0, columns = 0;
  c.saved->shape(after, &observations, &columns);
  EXPECT_EQ(observations, 3u);
  EXPECT_EQ(columns, 2u);

  const std::vector<double> future = {4, 7}, probabilities = {0.1};
  const steppe_vector time = c_side::vector_of(future);
  const steppe_vector levels = c_side::vector_of(probabilities);
  const steppe_trend_request request{sizeof(request), 0, &time, &levels};
  std::vector<std::vector<double>> results;
  for (const void* fit : {before, after}) {
    Buffer mean(2, 2), error(2, 2), quantiles(2, 2), fitted(3, 2), statistics(2, 2);
    const steppe_trend_forecast out{sizeof(out), 0, &mean.view, &error.view, &quantiles.view};
    EXPECT_EQ(c.trend->predict(fit, &request, &out, nullptr, nullptr), STEPPE_OK);
    EXPECT_EQ(c.trend->fitted(fit, &fitted.view, nullptr), STEPPE_OK);
    const char* names[] = {"r_squared_fit_scale", "bic"};
    EXPECT_EQ(c.trend->statistics(fit, names, 2, &statistics.view, nullptr), STEPPE_OK);
    std::vector<double>& all = results.emplace_back();
    for (const Buffer* b : {&mean, &error, &quantiles, &fitted, &statistics}) {
      all.insert(all.end(), b->cells.begin(), b->cells.end());
    }
  }
  EXPECT_EQ(std::memcmp(results[0].data(), results[1].data(), results[0].size() * 8), 0);
  EXPECT_EQ(c.save(after), c.save(before));
  c.trend->destroy(before);
  c.trend->destroy(after);
}

TEST(SavedFit, TellsLoadTheSchemaOfTheBytes) {
  Case<Last> c;
  void* fit = c.fit({1, 2}, {1, 5}, {-1});
  void* older = nullptr;
  ASSERT_EQ(c.load(c.save(fit), 2, &older), STEPPE_OK);
  EXPECT_NE(c.save(older), c.save(fit));
  for (const std::uint32_t schema : {1u, 4u}) {
    void* none = fit;
    EXPECT_EQ(c.load(c.save(fit), schema, &none), STEPPE_INVALID_DATA);
    EXPECT_EQ(none, nullptr);
  }
  EXPECT_STREQ(c.error.message, "the saved fit has schema 4; 2 to 3 can be read");
  c.trend->destroy(fit);
  c.trend->destroy(older);
}

TEST(SavedFit, RefusesABlockWithASeriesThatWasNotFitted) {
  Case<Last> c;
  void* fit = c.fit({1, 2}, {1, 1, 5, -5}, {-1, -1});
  std::string bytes;
  const steppe_writer out = writer_to(bytes);
  EXPECT_EQ(c.saved->save(fit, &out, &c.error), STEPPE_NOT_SUPPORTED);
  EXPECT_STREQ(c.error.message, "a series of the block was not fitted; save a block without it");
  c.trend->destroy(fit);
}

TEST(SavedFit, PassesOnWhatTheWriterOfTheHostSays) {
  Case<Last> c;
  void* fit = c.fit({1, 2}, {1, 5}, {-1});
  const steppe_writer out{sizeof(out), 0, nullptr, &refuse};
  EXPECT_EQ(c.saved->save(fit, &out, &c.error), STEPPE_RESOURCE_LIMIT);
  c.trend->destroy(fit);
}

// Every truncation is refused, every changed byte is a fit or invalid_data.
TEST(SavedFit, SurvivesEveryTruncationAndEveryFlippedByte) {
  Case<Last> c;
  void* fit = c.fit({1, 2, 3}, {1, 4, 2, 5, 3, 6}, {-1, -1});
  const std::string good = c.save(fit);
  c.trend->destroy(fit);
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_EQ(c.load(good.substr(0, length), 3, &fit), STEPPE_INVALID_DATA) << length;
    EXPECT_EQ(fit, nullptr);
  }
  EXPECT_EQ(c.load(good + '\0', 3, &fit), STEPPE_INVALID_DATA);
  EXPECT_STREQ(c.error.message, "the saved fit cannot be read: bytes are left over at its end");
  for (std::size_t place = 0; place < good.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[place] = static_cast<char>(bad[place] ^ (1 << bit));
      const steppe_status status = c.load(bad, 3, &fit);
      EXPECT_TRUE(status == STEPPE_OK || status == STEPPE_INVALID_DATA) << place;
      c.trend->destroy(fit);
    }
  }
}

TEST(SavedFit, HoldsRegressionsToo) {
  const c_side::Instance instance(detail::ComponentTable<Sum>::get());
  const auto* saved = instance.query<steppe_saved_fit>(STEPPE_SAVED_FIT);
  ASSERT_NE(saved, nullptr);
  const Sum::Fit fit{9, 2};
  std::string bytes;
  const steppe_writer out = writer_to(bytes);
  ASSERT_EQ(saved->save(&fit, &out, nullptr), STEPPE_OK);
  void* after = nullptr;
  ASSERT_EQ(saved->load(instance.get(), 1, bytes.data(), bytes.size(), nullptr, &after, nullptr),
            STEPPE_OK);
  std::uint64_t observations = 0, columns = 0;
  saved->shape(after, &observations, &columns);
  EXPECT_EQ(observations, 9u);
  EXPECT_EQ(columns, 2u);
  instance.query<steppe_regression>(STEPPE_REGRESSION)->destroy(after);
}

}  // namespace
}  // namespace steppe
