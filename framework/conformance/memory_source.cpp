// SPDX-License-Identifier: Apache-2.0
// Sources: requests in guarded memory, errors, and what is left when all is released.
#include <array>

#include "conformance/guarded_call.hpp"
#include "conformance/memory_bodies.hpp"

namespace steppe::conformance::memory {

namespace {

const steppe_data_source& table_of(const Instance& instance) {
  const auto* table = instance.query<steppe_data_source>(STEPPE_DATA_SOURCE);
  if (table == nullptr) skip("offers no " STEPPE_DATA_SOURCE);
  return *table;
}

// An open stream; everything is released in the order that the contract asks for.
class OpenStream {
 public:
  OpenStream(const Instance& instance, const steppe_source_request* request)
      : table_(table_of(instance)) {
    const Answer answer = ask([&](steppe_error* error) {
      return table_.open(instance.get(), request, life_host(), &handle_, &stream_, error);
    });
    if (!answer.ok()) fail("open answers " + text_of(answer));
  }
  ~OpenStream() {
    if (stream_.release != nullptr) stream_.release(&stream_);
    table_.close(handle_);
  }
  OpenStream(const OpenStream&) = delete;
  OpenStream& operator=(const OpenStream&) = delete;

  // Reads at most `most` arrays; the number of rows.
  std::int64_t read(int most) {
    ArrowSchema schema{};
    if (stream_.get_schema(&stream_, &schema) != 0) fail("get_schema failed: " + last_error());
    schema.release(&schema);
    std::int64_t rows = 0;
    for (int i = 0; i < most; ++i) {
      ArrowArray array{};
      if (stream_.get_next(&stream_, &array) != 0) fail("get_next failed: " + last_error());
      if (array.release == nullptr) break;
      rows += array.length;
      array.release(&array);
    }
    return rows;
  }

 private:
  std::string last_error() {
    const char* const text = stream_.get_last_error(&stream_);
    return text == nullptr ? "no text" : text;
  }

  const steppe_data_source& table_;
  void* handle_ = nullptr;
  ArrowArrayStream stream_{};
};

constexpr int kAllArrays = 1 << 20;
const steppe_source_request kEverything{
    sizeof(steppe_source_request), 0, nullptr, nullptr, nullptr, 0};

}  // namespace

void source_request_is_read_only(const CaseContext& context) {
  const Instance instance(context);
  const GuardSettings read_only{.read_only = true};
  auto request =
      std::make_unique<GuardedStruct<steppe_source_request>>("request", kEverything, read_only);
  OpenStream stream(instance, request->get());
  request.reset();  // borrowed for the call to open, and no longer
  stream.read(kAllArrays);
}

void source_errors_fit(const CaseContext& context) {
  const Instance instance(context);
  const steppe_data_source& table = table_of(instance);
  const steppe_column_request column{sizeof(column), STEPPE_COLUMN_TEXT,
                                     "no column has this name, surely"};
  const std::array columns = {&column};
  const steppe_source_request request{sizeof(request), 1, columns.data(), nullptr, nullptr, 0};
  require_errors_to_fit([&](steppe_error* error) {
    void* handle = nullptr;
    ArrowArrayStream stream{};
    if (table.open(instance.get(), &request, life_host(), &handle, &stream, error) != STEPPE_OK) {
      return;
    }
    if (stream.release != nullptr) stream.release(&stream);
    table.close(handle);
    fail("open accepts a column that the source does not have");
  });
}

void source_leaks_nothing(const CaseContext& context) {
  const Instance instance(context);
  table_of(instance).close(nullptr);
  require_no_growth("open, read, release and close", [&] {
    OpenStream(instance, &kEverything).read(kAllArrays);
    OpenStream(instance, &kEverything).read(1);
    const OpenStream unread(instance, &kEverything);
  });
}

}  // namespace steppe::conformance::memory
