// SPDX-License-Identifier: Apache-2.0
#pragma once

// The C table of steppe.saved_fit. Included by trend_model.hpp and regression.hpp.

#include <memory>

#include "steppe/detail/border.hpp"
#include "steppe/saved_fit.hpp"

namespace steppe::detail {

template <typename M>
constexpr std::uint32_t oldest_schema() {
  if constexpr (requires { M::kSavedSchemaMin; }) return M::kSavedSchemaMin;
  return M::kSavedSchema;
}

// A fit F of M as its table sees it. Load(model, schema, reader) gives a Result of its unique_ptr.
template <typename M, typename F, auto Load>
struct SavedFitCalls {
  static const F& of(const void* fit) { return *static_cast<const F*>(fit); }

  static steppe_status save(const void* fit, const steppe_writer* writer,
                            steppe_error* error) noexcept {
    return guarded(error, [&]() -> steppe_status {
      if constexpr (requires { of(fit).refuses_to_be_saved(); }) {
        if (auto refusal = of(fit).refuses_to_be_saved()) return copy_error(*refusal, error);
      }
      Writer out(writer);
      of(fit).save(out);
      const steppe_status status = out.finish();
      if (status == STEPPE_OK) return status;
      return copy_error({static_cast<ErrorKind>(status), "the host took no more bytes"}, error);
    });
  }

  static steppe_status load(const void* instance, std::uint32_t schema, const void* bytes,
                            std::uint64_t count, const steppe_host*, void** fit,
                            steppe_error* error) noexcept {
    *fit = nullptr;
    return guarded(error, [&]() -> steppe_status {
      if (schema < oldest_schema<M>() || schema > M::kSavedSchema) {
        return copy_error({ErrorKind::kInvalidData,
                           "the saved fit has schema " + std::to_string(schema) + "; " +
                               std::to_string(oldest_schema<M>()) + " to " +
                               std::to_string(M::kSavedSchema) + " can be read",
                           "", "F6"},
                          error);
      }
      Reader reader(bytes, count);
      Result<std::unique_ptr<F>> made = Load(*static_cast<const M*>(instance), schema, reader);
      reader.must(reader.left() == 0, "bytes are left over at its end");
      if (!reader.ok()) return copy_error(reader.error(), error);
      if (!made) return copy_error(made.error(), error);
      *fit = std::move(*made).release();
      return STEPPE_OK;
    });
  }

  static void shape(const void* fit, std::uint64_t* observations, std::uint64_t* columns) noexcept {
    const FitShape shape = of(fit).shape();
    *observations = shape.observations;
    *columns = shape.columns;
  }
};

template <typename M, typename F, auto Load>
const steppe_saved_fit* saved_fit_table() {
  using Calls = SavedFitCalls<M, F, Load>;
  static_assert(M::kSavedSchema >= 1 && oldest_schema<M>() >= 1 &&
                oldest_schema<M>() <= M::kSavedSchema);
  static const steppe_saved_fit table = {sizeof(steppe_saved_fit),
                                         0,
                                         M::kSavedSchema,
                                         oldest_schema<M>(),
                                         &Calls::save,
                                         &Calls::load,
                                         &Calls::shape};
  return &table;
}

// For models whose load makes the fit itself.
template <typename M, typename F>
Result<std::unique_ptr<F>> load_whole(const M& model, std::uint32_t schema, Reader& reader) {
  return model.load(schema, reader);
}

}  // namespace steppe::detail
