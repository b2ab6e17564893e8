// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/saved_fit.hpp"

#include <new>

#include "plugin_host/plugin_call.hpp"

namespace steppe {

namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30;

struct Collected {
  std::string bytes;
  bool too_many = false;
};

steppe_status collect(void* self, const void* bytes, std::uint64_t count) noexcept {
  auto& out = *static_cast<Collected*>(self);
  if (count > kMostBytes - out.bytes.size()) {
    out.too_many = true;
    return STEPPE_RESOURCE_LIMIT;
  }
  try {
    out.bytes.append(static_cast<const char*>(bytes), count);
  } catch (const std::bad_alloc&) {
    return STEPPE_RESOURCE_LIMIT;
  }
  return STEPPE_OK;
}

Fault saves_no_fits(const std::string& label) {
  return {"F7", ErrorKind::kNotSupported, ExitCode::kPipelineRefused, Place{.plugin = label},
          "does not save its fits: it offers no " STEPPE_SAVED_FIT "; use another model for this"};
}

Fault unreadable(const std::string& label, const std::string& message) {
  return {"F13", ErrorKind::kInvalidData, ExitCode::kDataRefused, Place{.plugin = label}, message};
}

std::string range_text(const SavedSchemas& schemas) {
  const std::string newest = std::to_string(schemas.newest);
  return schemas.oldest == schemas.newest ? newest
                                          : std::to_string(schemas.oldest) + " to " + newest;
}

}  // namespace

Outcome<const steppe_saved_fit*> saved_fit_table(const Component& component) {
  const void* capability = nullptr;
  auto thrown = PluginCall(component, "query").guard([&] {
    capability = component.table()->query(component.table(), STEPPE_SAVED_FIT);
  });
  if (thrown) return *std::move(thrown);
  return static_cast<const steppe_saved_fit*>(capability);
}

Outcome<SavedSchemas> saved_schemas_of(const Component& component) {
  const auto table = saved_fit_table(component);
  if (!table) return table.error();
  if (*table == nullptr) return SavedSchemas{};
  return SavedSchemas{(*table)->schema_min, (*table)->schema};
}

Outcome<FitBytes> save_fit(const Component& component, const void* fit) {
  const auto table = saved_fit_table(component);
  if (!table) return table.error();
  if (*table == nullptr) return saves_no_fits(component.label());
  Collected collected;
  const steppe_writer writer{sizeof(writer), 0, &collected, &collect};
  auto done = PluginCall(component, "save").run([&](steppe_error* error) {
    return (*table)->save(fit, &writer, error);
  });
  if (collected.too_many) {
    return Fault{"F10", ErrorKind::kResourceLimit, ExitCode::kResourceLimit,
                 Place{.plugin = component.label()}, "a saved fit is larger than 1 GiB"};
  }
  if (!done) return std::move(done).error();
  return FitBytes{(*table)->schema, std::move(collected.bytes)};
}

Outcome<void*> load_fit(const Component& component, const FitRecord& record,
                        const steppe_host* host, void (*destroy)(void*)) {
  const auto table = saved_fit_table(component);
  if (!table) return table.error();
  if (*table == nullptr) return saves_no_fits(component.label());
  const SavedSchemas known{(*table)->schema_min, (*table)->schema};
  if (record.schema < known.oldest || record.schema > known.newest) {
    return Fault{"F6", ErrorKind::kNotSupported, ExitCode::kPluginRefused,
                 Place{.plugin = component.label()},
                 "reads saved fits of schema " + range_text(known) + ", this one has schema " +
                     std::to_string(record.schema)};
  }
  void* fit = nullptr;
  auto done = PluginCall(component, "load").run([&](steppe_error* error) {
    return (*table)->load(component.instance(), record.schema, record.bytes.data(),
                          record.bytes.size(), host, &fit, error);
  });
  if (!done) {
    Fault fault = std::move(done).error();
    if (fault.kind == ErrorKind::kInvalidData && fault.code.empty()) fault.code = "F13";
    return fault;
  }
  if (fit == nullptr) {
    return broken_contract(component.label(), "N19", "load: returned success without a fit");
  }
  std::uint64_t observations = 0;
  std::uint64_t columns = 0;
  auto thrown =
      PluginCall(component, "shape").guard([&] { (*table)->shape(fit, &observations, &columns); });
  if (!thrown && observations == record.observations && columns == record.columns) return fit;
  PluginCall(component, "destroy").guard([&] { destroy(fit); });
  if (thrown) return *std::move(thrown);
  return unreadable(component.label(),
                    "the saved fit is of " + std::to_string(observations) + " observations and " +
                        std::to_string(columns) + " columns, the file has " +
                        std::to_string(record.observations) + " and " +
                        std::to_string(record.columns) + " on record; the file is damaged");
}

}  // namespace steppe
