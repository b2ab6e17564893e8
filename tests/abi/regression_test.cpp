// SPDX-License-Identifier: Apache-2.0
#include "steppe/regression.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "c_side.hpp"

// A regression written in C++, driven through its C tables as a host drives it.

namespace steppe {
namespace {

using c_side::Buffer;

// Adds the regressors up: a model whose answers are known without arithmetic of its own.
template <bool Linear>
struct Sum {
  static constexpr ComponentInfo kInfo{"regression.test_sum", "1.0.0", "Sum of the regressors"};
  struct PlainFit {
    std::vector<double> sums;
    std::string names;
    std::vector<double> beta = {0, 1, 1};
    std::vector<double> beta_covariance = {1, 2, 3, 2, 5, 6, 3, 6, 9};

    static double sum(const MatrixView& x, std::size_t row) {
      double total = 0;
      for (std::size_t c = 0; c < x.columns(); ++c) total += x(row, c);
      return total;
    }
    void fitted(const OutputView& out) const {
      for (std::size_t i = 0; i < sums.size(); ++i) out(i, 0) = sums[i];
    }
    Result<void> predict(const MatrixView& x, const VectorView& probabilities,
                         const RegressionForecast& out, const Host&) const {
      for (std::size_t r = 0; r < x.rows(); ++r) {
        if (sum(x, r) < 0) return Error{ErrorKind::kDomainError, "negative sum"};
        if (out.mean.wanted()) out.mean(r, 0) = sum(x, r);
        for (std::size_t k = 0; out.mean_quantiles.wanted() && k < probabilities.size(); ++k) {
          out.mean_quantiles(k, r) = sum(x, r) + probabilities[k];
        }
      }
      return {};
    }
    void report(Report& report) const { report.text("names", names); }
  };
  struct LinearFit : PlainFit {
    LinearModelView linear_model() const {
      return {true, VectorView(this->beta.data(), 3), this->beta_covariance.data(), 0.25, 7};
    }
  };
  using Fit = std::conditional_t<Linear, LinearFit, PlainFit>;

  Result<std::unique_ptr<Fit>> fit(const RegressionData& data, const Host&) const {
    if (data.target.size() < 2) return Error{ErrorKind::kInsufficientData, "1 row", "", "N1"};
    if (data.target[0] < 0) throw std::runtime_error("broken");
    auto fit = std::make_unique<Fit>();
    for (std::size_t i = 0; i < data.target.size(); ++i) {
      fit->sums.push_back(PlainFit::sum(data.regressors, i));
    }
    fit->names = data.target_name + " ~";
    for (const std::string& name : data.regressor_names) fit->names += " " + name;
    return fit;
  }
};

template <typename Model>
struct FitOf {
  FitOf(const std::vector<double>& x, const std::vector<double>& y)
      : instance(detail::ComponentTable<Model>::get()),
        table(instance.template query<steppe_regression>(STEPPE_REGRESSION)) {
    const steppe_matrix regressors = c_side::matrix_of(x, 2);
    const steppe_vector target = c_side::vector_of(y);
    const char* names[] = {"mining", "innovation"};
    const steppe_regression_data data{sizeof(data), 0, &regressors, &target, nullptr, names, "grp"};
    status = table->fit(instance.get(), &data, nullptr, &fit, &error);
  }
  ~FitOf() { table->destroy(fit); }
  FitOf(const FitOf&) = delete;
  FitOf& operator=(const FitOf&) = delete;

  c_side::Instance instance;
  const steppe_regression* table;
  void* fit = nullptr;
  steppe_error error = c_side::empty_error();
  steppe_status status;
};

TEST(RegressionTable, CarriesDataNamesAndResults) {
  const FitOf<Sum<false>> run({1, 2, 3, 4}, {5, 6});
  ASSERT_EQ(run.status, STEPPE_OK);
  Buffer fitted(2, 1);
  ASSERT_EQ(run.table->fitted(run.fit, &fitted.view, nullptr), STEPPE_OK);
  EXPECT_EQ(fitted.cells, (std::vector<double>{3, 7}));
  c_side::Sink sink;
  const steppe_sink c_sink = sink.c_sink();
  ASSERT_EQ(run.table->report(run.fit, &c_sink, nullptr), STEPPE_OK);
  EXPECT_EQ(sink.texts.at("names"), "grp ~ mining innovation");
}

TEST(RegressionTable, PredictsNewRowsIntoTheBuffersThatAreThere) {
  const FitOf<Sum<false>> run({1, 2, 3, 4}, {5, 6});
  const std::vector<double> x = {10, 1, 20, 2, 30, 3};
  const std::vector<double> p = {0.25, 0.75};
  const steppe_matrix regressors = c_side::matrix_of(x, 2);
  const steppe_vector probabilities = c_side::vector_of(p);
  Buffer mean(3, 1), quantiles(2, 3);
  const steppe_regression_forecast forecast{sizeof(forecast), 0,       &mean.view, nullptr, nullptr,
                                            &quantiles.view,  nullptr, nullptr};
  ASSERT_EQ(run.table->predict(run.fit, &regressors, &probabilities, &forecast, nullptr, nullptr),
            STEPPE_OK);
  EXPECT_EQ(mean.cells, (std::vector<double>{11, 22, 33}));
  EXPECT_EQ(quantiles.cells, (std::vector<double>{11.25, 22.25, 33.25, 11.75, 22.75, 33.75}));
}

TEST(RegressionTable, CarriesTypedErrors) {
  const FitOf<Sum<false>> one_row({1, 2}, {5});
  EXPECT_EQ(one_row.status, STEPPE_INSUFFICIENT_DATA);
  EXPECT_EQ(one_row.fit, nullptr);
  EXPECT_STREQ(one_row.error.fault, "N1");

  const FitOf<Sum<false>> run({1, 2, 3, 4}, {5, 6});
  const std::vector<double> x = {-10, 1};
  const steppe_matrix regressors = c_side::matrix_of(x, 2);
  const steppe_vector none{sizeof(none), 0, nullptr, 0, 1};
  const steppe_regression_forecast nothing{sizeof(nothing), 0,       nullptr, nullptr,
                                           nullptr,         nullptr, nullptr, nullptr};
  steppe_error error = c_side::empty_error();
  EXPECT_EQ(run.table->predict(run.fit, &regressors, &none, &nothing, nullptr, &error),
            STEPPE_DOMAIN_ERROR);
  EXPECT_STREQ(error.message, "negative sum");
}

TEST(RegressionTable, TurnsAnExceptionIntoAnInternalError) {  // P8
  const FitOf<Sum<false>> run({1, 2, 3, 4}, {-5, 6});
  EXPECT_EQ(run.status, STEPPE_INTERNAL);
  EXPECT_STREQ(run.error.message, "exception: broken");
}

TEST(RegressionTable, RefusesDataWhoseSizesDiffer) {
  const FitOf<Sum<false>> run({1, 2, 3, 4}, {5, 6, 7});
  EXPECT_EQ(run.status, STEPPE_INTERNAL);
  EXPECT_STREQ(run.error.message, "target, regressors and weights differ in length");
}

TEST(LinearModel, IsOfferedOnlyByFitsThatHaveOne) {
  const c_side::Instance plain(detail::ComponentTable<Sum<false>>::get());
  EXPECT_EQ(plain.query<void>(STEPPE_LINEAR_MODEL), nullptr);
  const c_side::Instance linear(detail::ComponentTable<Sum<true>>::get());
  EXPECT_NE(linear.query<void>(STEPPE_LINEAR_MODEL), nullptr);
  EXPECT_NE(linear.query<void>(STEPPE_REGRESSION), nullptr);
}

TEST(LinearModel, GivesCoefficientsAndCovariance) {
  const FitOf<Sum<true>> run({1, 2, 3, 4}, {5, 6});
  const auto* linear = run.instance.query<steppe_linear_model>(STEPPE_LINEAR_MODEL);
  ASSERT_EQ(linear->size(run.fit), 3u);
  EXPECT_EQ(linear->has_intercept(run.fit), 1);
  EXPECT_EQ(linear->residual_variance(run.fit), 0.25);
  EXPECT_EQ(linear->degrees_of_freedom(run.fit), 7);
  Buffer coefficients(3, 1), covariance(3, 3);
  ASSERT_EQ(linear->coefficients(run.fit, &coefficients.view, nullptr), STEPPE_OK);
  ASSERT_EQ(linear->covariance(run.fit, &covariance.view, nullptr), STEPPE_OK);
  EXPECT_EQ(coefficients.cells, (std::vector<double>{0, 1, 1}));
  EXPECT_EQ(covariance.cells, (std::vector<double>{1, 2, 3, 2, 5, 6, 3, 6, 9}));
}

}  // namespace
}  // namespace steppe
