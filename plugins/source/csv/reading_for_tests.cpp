// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <iterator>

#include "reading_for_tests.hpp"

extern "C" steppe_status steppe_plugin_entry_v1(const steppe_offer* offer,
                                                const steppe_plugin** plugin,
                                                steppe_error* error) noexcept;

namespace steppe::csv::testing {
namespace {

// The C form of options; owns what the C structs point to.
class ArgumentList {
 public:
  ArgumentList(const steppe_component& component, const OptionMap& given) {
    for (std::uint32_t i = 0; i < component.option_count; ++i) {
      const steppe_option& option = *component.options[i];
      const auto found = given.find(option.name);
      const steppe_value* value = option.default_value;
      if (found != given.end()) value = &convert(option.type, found->second);
      if (value != nullptr) add(option.name, value);
    }
  }
  const steppe_argument* const* data() const { return pointers_.data(); }
  std::size_t size() const { return pointers_.size(); }

 private:
  void add(const char* name, const steppe_value* value) {
    pointers_.push_back(
        &arguments_.emplace_back(steppe_argument{sizeof(steppe_argument), 0, name, value}));
  }
  const char* keep(const std::string& text) { return strings_.emplace_back(text).c_str(); }

  const steppe_value& convert(std::int32_t type, const OptionValue& given) {
    steppe_value& value = values_.emplace_back();
    value.struct_size = sizeof(value);
    value.type = type;
    value.count = 1;
    if (const bool* flag = std::get_if<bool>(&given)) {
      value.integers = &integers_.emplace_back(*flag ? 1 : 0);
    } else if (const int* integer = std::get_if<int>(&given)) {
      value.integers = &integers_.emplace_back(*integer);
    } else if (const auto* string = std::get_if<std::string>(&given)) {
      value.strings = lists_.emplace_back(1, keep(*string)).data();
    } else if (const auto* list = std::get_if<Texts>(&given)) {
      auto& out = lists_.emplace_back();
      for (const std::string& item : *list) out.push_back(keep(item));
      value.count = out.size();
      value.strings = out.data();
    } else {
      auto& keys = lists_.emplace_back();
      auto& texts = lists_.emplace_back();
      for (const auto& [key, item] : std::get<TextMap>(given)) {
        keys.push_back(keep(key));
        texts.push_back(keep(item));
      }
      value.count = keys.size();
      value.keys = keys.data();
      value.strings = texts.data();
    }
    return value;
  }

  std::deque<std::string> strings_;
  std::deque<std::int64_t> integers_;
  std::deque<std::vector<const char*>> lists_;
  std::deque<steppe_value> values_;
  std::deque<steppe_argument> arguments_;
  std::vector<const steppe_argument*> pointers_;
};

const steppe_component& component() {
  static const steppe_component* const found = [] {
    const steppe_offer offer = {
        sizeof(steppe_offer), STEPPE_ABI_REVISION_MIN, STEPPE_ABI_REVISION, 0, "0", nullptr};
    const steppe_plugin* plugin = nullptr;
    EXPECT_EQ(steppe_plugin_entry_v1(&offer, &plugin, nullptr), STEPPE_OK);
    return plugin->components[0];
  }();
  return *found;
}

void keep_error(const steppe_error& error, Reading& out) {
  out.ok = false;
  out.code = error.code;
  out.fault = error.fault;
  out.where = error.where;
  out.message = error.message;
}

bool is_valid(const ArrowArray& array, std::size_t row) {
  const auto* bits = static_cast<const std::uint8_t*>(array.buffers[0]);
  return bits == nullptr || ((bits[row / 8] >> (row % 8)) & 1) != 0;
}

void append(const ArrowArray& array, Cells& cells) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(array.length); ++i) {
    const bool present = is_valid(array, i);
    cells.present.push_back(present);
    if (cells.format == "g") {
      cells.numbers.push_back(present ? static_cast<const double*>(array.buffers[1])[i] : 0);
      continue;
    }
    const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
    const auto* bytes = static_cast<const char*>(array.buffers[2]);
    cells.texts.emplace_back(bytes + offsets[i], bytes + offsets[i + 1]);
  }
}

steppe_sink sink_for(Reading& out) {
  steppe_sink sink{};
  sink.struct_size = sizeof(sink);
  sink.self = &out;
  sink.scalar = [](void* self, const char* name, double value, const char*) {
    static_cast<Reading*>(self)->scalars[name] = value;
  };
  sink.text = [](void* self, const char* name, const char* value) {
    static_cast<Reading*>(self)->texts[name] = value;
  };
  sink.warning = [](void* self, const char* code, const char* value) {
    static_cast<Reading*>(self)->warnings[code] = value;
  };
  sink.table = [](void* self, const steppe_table* table) {
    static_cast<Reading*>(self)->tables[table->name].assign(
        table->values, table->values + table->row_count * table->column_count);
  };
  return sink;
}

// One open stream, closed in the right order.
struct Session {
  const steppe_data_source* table = nullptr;
  void* instance = nullptr;
  void* handle = nullptr;
  ArrowArrayStream stream{};
  ~Session() {
    if (stream.release != nullptr) stream.release(&stream);
    if (handle != nullptr) table->close(handle);
    component().destroy(instance);
  }
};

void read_schema(Session& session, Reading& out) {
  ArrowSchema schema{};
  ASSERT_EQ(session.stream.get_schema(&session.stream, &schema), 0);
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    out.columns.push_back({schema.children[i]->name, schema.children[i]->format, {}, {}, {}});
  }
  schema.release(&schema);
}

// False at the end and after an error.
bool read_batch(Session& session, Reading& out) {
  ArrowArray array{};
  if (session.stream.get_next(&session.stream, &array) != 0) {
    steppe_error error{};
    error.struct_size = sizeof(error);
    session.table->last_error(session.handle, &error);
    keep_error(error, out);
    return false;
  }
  if (array.release == nullptr) return false;
  for (std::size_t c = 0; c < out.columns.size(); ++c) append(*array.children[c], out.columns[c]);
  array.release(&array);
  ++out.batches;
  return true;
}

void read_report(Session& session, Reading& out) {
  const std::size_t rows = out.columns.empty() ? 0 : out.columns[0].present.size();
  for (std::size_t row = 0; row < rows && row < 1000; ++row) {
    for (std::size_t c = 0; c <= out.columns.size(); ++c) {
      char place[64];
      session.table->locate(session.handle, row, c, place, sizeof(place));
      out.places.emplace_back(place);
    }
  }
  const steppe_sink sink = sink_for(out);
  EXPECT_EQ(session.table->report(session.handle, &sink, nullptr), STEPPE_OK);
}

}  // namespace

TemporaryFile::TemporaryFile(const std::string& content, const std::string& name) {
  path_ = folder_.write(name, content);
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Reading read_file(const std::string& path, const OptionMap& options, const Request& request) {
  Reading out;
  Session session;
  OptionMap given = options;
  given["path"] = path;
  const ArgumentList arguments(component(), given);
  steppe_error error{};
  error.struct_size = sizeof(error);
  if (component().create(&component(), arguments.data(), arguments.size(), nullptr,
                         &session.instance, &error) != STEPPE_OK) {
    keep_error(error, out);
    return out;
  }
  session.table =
      static_cast<const steppe_data_source*>(component().query(&component(), STEPPE_DATA_SOURCE));
  std::vector<steppe_column_request> columns;
  for (const Wanted& wanted : request.columns) {
    columns.push_back({sizeof(steppe_column_request), wanted.role, wanted.name.c_str()});
  }
  std::vector<const steppe_column_request*> pointers;
  for (const auto& column : columns) pointers.push_back(&column);
  steppe_source_request wanted{};
  wanted.struct_size = sizeof(wanted);
  wanted.column_count = static_cast<std::uint32_t>(pointers.size());
  wanted.columns = pointers.data();
  wanted.row_limit = request.row_limit;
  if (session.table->open(session.instance, &wanted, nullptr, &session.handle, &session.stream,
                          &error) != STEPPE_OK) {
    keep_error(error, out);
    return out;
  }
  out.ok = true;
  read_schema(session, out);
  while (read_batch(session, out)) {
    if (request.after_batch) request.after_batch(out.batches);
  }
  if (out.ok) read_report(session, out);
  return out;
}

Reading read_text(const std::string& content, const OptionMap& options,
                  const std::vector<Wanted>& columns) {
  const TemporaryFile file(content);
  return read_file(file.path(), options, {.columns = columns});
}

}  // namespace steppe::csv::testing
