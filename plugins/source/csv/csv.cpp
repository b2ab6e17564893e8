// SPDX-License-Identifier: Apache-2.0

// Reads delimited text files: see csv.md. The parts, in the order in which bytes pass through them:
// input_list (which files), input_file (one file, its hash), gzip_reader (unpacked), text_input and
// encoding (checked UTF-8), record_reader (records and fields), header (names), number and missing
// (cells), table_stream, table_files and table_report (batches, one file after another, the
// report).

#include "settings.hpp"
#include "steppe/data_source.hpp"
#include "table_stream.hpp"

namespace {

class Csv {
 public:
  static constexpr steppe::ComponentInfo kInfo = {
      "source.csv", "1.0.0", "reads delimited text files: exactly, or not at all"};
  static constexpr auto& kOptions = steppe::csv::kOptions;
  using Stream = steppe::csv::TableStream;

  static steppe::Result<Csv> create(const steppe::Arguments& arguments) {
    auto settings = steppe::csv::settings_of(arguments);
    if (!settings) return std::move(settings).error();
    return Csv(std::move(*settings));
  }

  steppe::Result<std::unique_ptr<Stream>> open(const steppe::SourceRequest& request,
                                               const steppe::Host& host) const {
    return Stream::open(settings_, request, host);
  }

 private:
  explicit Csv(steppe::csv::Settings settings) : settings_(std::move(settings)) {}

  steppe::csv::Settings settings_;
};

}  // namespace

STEPPE_PLUGIN(Csv);
