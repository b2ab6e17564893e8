// SPDX-License-Identifier: Apache-2.0

// A trend that saves its fits in the forms 2 and 3, and breaks the rule named by the option
// `fault` when it saves or loads one.
#include <string>

#include "steppe/trend_model.hpp"

namespace {

class Saving {
 public:
  static constexpr steppe::ComponentInfo kInfo{"trend.saving", "1.4.0", "Saves fits, badly"};
  static constexpr steppe::Option kOptions[] = {{.name = "fault",
                                                 .type = steppe::OptionType::kString,
                                                 .help = "The rule to break",
                                                 .default_string = "none"}};
  struct Fit {
    double last;
    std::string fault;
    steppe::Prediction predict(double t) const {
      // A count that is kept outside the bytes.
      return {.mean = last + (fault == "forgets" && !made_here ? 1 : 0), .standard_error = t};
    }
    void save(steppe::Writer& writer) const {
      if (fault == "throws") throw 7;
      writer.f64(last);
    }
    bool made_here = true;
  };

  explicit Saving(const steppe::Arguments& arguments) : fault_(arguments.string("fault", "none")) {}

  steppe::Result<Fit> fit(const steppe::Series& series) const {
    return Fit{series.y.back(), fault_};
  }

  static constexpr std::uint32_t kSavedSchema = 3;
  static constexpr std::uint32_t kSavedSchemaMin = 2;
  steppe::Result<Fit> load(std::uint32_t, steppe::Reader& reader) const {
    return Fit{reader.finite(), fault_, false};
  }

 private:
  std::string fault_;
};

}  // namespace

STEPPE_PLUGIN(Saving);
