// SPDX-License-Identifier: Apache-2.0
#pragma once

// The C table of a trend model. Included by trend_model.hpp only.

#include "steppe/detail/saved_fit_table.hpp"

namespace steppe::detail {

// The C view of a block as the C++ one; an error when a size does not fit another.
inline Result<TrendBlock> block_of(const steppe_trend_block& block) {
  const TrendBlock out{VectorView(*block.time), MatrixView(*block.values),
                       block.season_length == 0 ? 1 : block.season_length, block.seeds};
  if (out.time.size() != out.values.rows()) {
    return Error{ErrorKind::kInternal, "the block has " + std::to_string(out.values.rows()) +
                                           " rows but " + std::to_string(out.time.size()) +
                                           " times"};
  }
  return out;
}

template <typename M>
struct TrendTable;

// The table over any block fit F, made by `make(instance, block, host)`.
template <typename F>
struct BlockFitCalls {
  static const F& of(const void* fit) { return *static_cast<const F*>(fit); }

  static void explain(const void* fit, std::uint64_t series, steppe_error* error) noexcept {
    guarded(error, [&] { return copy_error(of(fit).explain(series), error); });
  }
  static steppe_status fitted(const void* fit, const steppe_output* out,
                              steppe_error* error) noexcept {
    return guarded(error, [&] {
      of(fit).fitted(OutputView(out));
      return STEPPE_OK;
    });
  }
  static steppe_status statistics(const void* fit, const char* const* names, std::uint64_t count,
                                  const steppe_output* out, steppe_error* error) noexcept {
    return guarded(error, [&] {
      const OutputView view(out);
      const bool direct = view.column_stride() == 1;  // neighbours: no copy
      std::vector<double> row(direct ? 0 : view.columns());
      for (std::uint64_t i = 0; i < count; ++i) {
        if (direct && view.columns() > 0) {
          of(fit).statistic(names[i], std::span<double>(&view(i, 0), view.columns()));
          continue;
        }
        of(fit).statistic(names[i], std::span<double>(row));
        for (std::size_t s = 0; s < row.size(); ++s) view(i, s) = row[s];
      }
      return STEPPE_OK;
    });
  }
  static steppe_status predict(const void* fit, const steppe_trend_request* request,
                               const steppe_trend_forecast* forecast, const steppe_host* host,
                               steppe_error* error) noexcept {
    return guarded(error, [&] {
      const TrendRequest wanted{VectorView(*request->time), VectorView(*request->probabilities)};
      const TrendForecast out{OutputView(forecast->mean), OutputView(forecast->standard_error),
                              OutputView(forecast->quantiles)};
      return finish(of(fit).predict(wanted, out, Host(host)), error);
    });
  }
  static steppe_status report(const void* fit, std::uint64_t series, const steppe_sink* sink,
                              steppe_error* error) noexcept {
    return guarded(error, [&] {
      Report out(sink);
      of(fit).report(series, out);
      return STEPPE_OK;
    });
  }
  static void destroy(void* fit) noexcept { delete static_cast<F*>(fit); }
};

template <typename F, auto Fit>
const steppe_trend_model* trend_table() {
  using Calls = BlockFitCalls<F>;
  static const steppe_trend_model table = {
      sizeof(steppe_trend_model),
      0,
      Fit,
      &Calls::explain,
      &Calls::fitted,
      &Calls::statistics,
      &Calls::predict,
      &Calls::report,
      &Calls::destroy,
  };
  return &table;
}

template <BlockTrendModel M>
steppe_status fit_block(const void* instance, const steppe_trend_block* block,
                        const steppe_host* host, void** fit, steppe_status* statuses,
                        steppe_error* error) noexcept {
  *fit = nullptr;
  return guarded(error, [&]() -> steppe_status {
    const Result<TrendBlock> view = block_of(*block);
    if (!view) return copy_error(view.error(), error);
    auto made = static_cast<const M*>(instance)->fit_block(*view, Host(host));
    if (!made) return copy_error(made.error(), error);
    (*made)->statuses({statuses, view->series_count()});
    *fit = std::move(*made).release();
    return STEPPE_OK;
  });
}

template <SeriesTrendModel M>
steppe_status fit_series(const void* instance, const steppe_trend_block* block,
                         const steppe_host* host, void** fit, steppe_status* statuses,
                         steppe_error* error) noexcept {
  *fit = nullptr;
  return guarded(error, [&]() -> steppe_status {
    const Result<TrendBlock> view = block_of(*block);
    if (!view) return copy_error(view.error(), error);
    const auto& model = *static_cast<const M*>(instance);
    auto made = std::make_unique<SeriesBlockFit<M>>(model, *view, Host(host));
    if (made->cancelled()) return copy_error({ErrorKind::kCancelled, "cancelled"}, error);
    made->statuses({statuses, view->series_count()});
    *fit = made.release();
    return STEPPE_OK;
  });
}

template <BlockTrendModel M>
struct TrendTable<M> {
  static const steppe_trend_model* get() {
    return trend_table<typename M::BlockFit, &fit_block<M>>();
  }
};

template <SeriesTrendModel M>
  requires(!BlockTrendModel<M>)
struct TrendTable<M> {
  static const steppe_trend_model* get() {
    return trend_table<SeriesBlockFit<M>, &fit_series<M>>();
  }
};

template <typename M>
Result<std::unique_ptr<SeriesBlockFit<M>>> load_series(const M& model, std::uint32_t schema,
                                                       Reader& reader) {
  return SeriesBlockFit<M>::load(model, schema, reader);
}

// Null for a model that does not save its fits.
template <typename M>
const steppe_saved_fit* saved_trend_table() {
  if constexpr (BlockTrendModel<M>) {
    using F = typename M::BlockFit;
    if constexpr (SavesFits<M, F, std::unique_ptr<F>> && requires(const F fit) {
                    { fit.shape() } -> std::same_as<FitShape>;
                  }) {
      return saved_fit_table<M, F, &load_whole<M, F>>();
    }
  } else if constexpr (SavesFits<M, typename M::Fit, typename M::Fit>) {
    return saved_fit_table<M, SeriesBlockFit<M>, &load_series<M>>();
  }
  return nullptr;
}

template <typename M>
const void* query_trend(std::string_view id) noexcept {
  if (id == STEPPE_TREND_MODEL) return TrendTable<M>::get();
  return id == STEPPE_SAVED_FIT ? saved_trend_table<M>() : nullptr;
}

template <typename M>
  requires(BlockTrendModel<M> || SeriesTrendModel<M>)
struct ComponentTable<M> {
  static const steppe_component* get() { return component_table<M, &query_trend<M>>(); }
};

}  // namespace steppe::detail
