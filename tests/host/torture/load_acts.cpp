// SPDX-License-Identifier: Apache-2.0

// What goes wrong before the first call of a component: constructors, the entry, the tables.

#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "act.hpp"

namespace torture {
namespace {

void on_signal(int) {}

[[noreturn]] void wait_for_ever() {
  for (;;) pause();
}

void start_a_thread() { std::thread(wait_for_ever).detach(); }

steppe_status give_nothing(const steppe_plugin** out, steppe_error*) {
  *out = nullptr;
  return STEPPE_OK;
}

steppe_status give_a_wild_pointer(const steppe_plugin** out, steppe_error*) {
  static const int kNoTable = 16;
  *out = reinterpret_cast<const steppe_plugin*>(reinterpret_cast<const char*>(&kNoTable) -
                                                (std::uintptr_t{1} << 40));
  return STEPPE_OK;
}

steppe_status hang(const steppe_plugin**, steppe_error*) { wait_for_ever(); }

steppe_status throw_out(const steppe_plugin**, steppe_error*) {
  throw std::runtime_error("out of the entry");
}

// The summary says another thing after each instance that is made.
void change_texts() {
  static char summary[] = "Repeats the average 0 of the observations";
  static const auto change = [] {
    summary[20] = static_cast<char>('0' + (summary[20] - '0' + 1) % 10);
  };
  spoilt.component.summary = summary;
  spoilt.component.create = [](const steppe_component* component,
                               const steppe_argument* const* arguments, std::uint64_t count,
                               const steppe_host* host, void** instance, steppe_error* error) {
    change();
    return sound.component->create(component, arguments, count, host, instance, error);
  };
}

const steppe_option* twice_the_same() {
  static const steppe_option option = {
      sizeof(steppe_option), STEPPE_TYPE_INT64, 0, 0, "window", "observations",
      "Not used.",           nullptr,           0, 0, nullptr};
  return &option;
}

void two_options_of_one_name() {
  static const steppe_option* const options[] = {twice_the_same(), twice_the_same()};
  spoilt.component.options = options;
  spoilt.component.option_count = 2;
}

const void* answer_everything(const steppe_component*, const char*) { return &spoilt.trend; }

// clang-format off: a table
constexpr Act kActs[] = {
    {"wrong_magic", [] { spoilt.plugin.magic = 7; }},
    {"plugin_too_small", [] { spoilt.plugin.struct_size = 8; }},
    {"plugin_of_size_zero", [] { spoilt.plugin.struct_size = 0; }},
    {"component_too_small", [] { spoilt.component.struct_size = 32; }},
    {"trend_too_small", [] { spoilt.trend.struct_size = 40; }},
    {"tag_too_small", [] { spoilt.tags[0].struct_size = 4; }},
    {"null_function", [] { spoilt.trend.explain = nullptr; }},
    {"no_components", [] { spoilt.plugin.component_count = 0; }},
    {"newer_revisions", [] { spoilt.plugin.revision_min = 3; spoilt.plugin.revision_built = 7; }},
    {"wrong_revision_used", [] { spoilt.plugin.revision_used = 5; }},
    {"entry_of_epoch_2", nullptr},
    {"no_entry", nullptr},
    {"unresolved_symbol", nullptr},
    {"missing_library", nullptr},
    {"fast_math", nullptr},
    {"sound", nullptr},
    {"sound_regression", nullptr, Kind::kRegression},
    {"sound_source", nullptr, Kind::kSource},
    {"clash_a", [] { spoilt.component.id = "trend.clash"; }},
    {"clash_b", [] { spoilt.component.id = "trend.clash"; }},
    {"one_id_twice", [] { spoilt.plugin.component_count = 2; }},
    {"id_without_kind", [] { spoilt.component.id = "average"; }},
    {"id_not_snake_case", [] { spoilt.component.id = "trend.Average-1"; }},
    {"kind_without_capability", [] { spoilt.component.id = "source.average"; }},
    {"text_with_escapes", [] { spoilt.component.summary = "\x1b[31mred"; }},
    {"text_not_utf8", [] { spoilt.component.summary = "Gl\xe4ttung"; }},
    {"texts_that_change", &change_texts},
    {"options_of_one_name", &two_options_of_one_name},
    {"answers_every_query", [] { spoilt.component.query = &answer_everything; }},
    {"entry_gives_null", nullptr, Kind::kTrend, nullptr, &give_nothing},
    {"entry_gives_garbage", nullptr, Kind::kTrend, nullptr, &give_a_wild_pointer},
    {"entry_hangs", nullptr, Kind::kTrend, nullptr, &hang},
    {"entry_throws", nullptr, Kind::kTrend, nullptr, &throw_out},
    {"constructor_aborts", nullptr, Kind::kTrend, [] { std::abort(); }},
    {"constructor_crashes", nullptr, Kind::kTrend, [] { raise(SIGSEGV); }},
    {"constructor_exits", nullptr, Kind::kTrend, [] { std::exit(0); }},
    {"constructor_hangs", nullptr, Kind::kTrend, [] { wait_for_ever(); }},
    {"constructor_prints", nullptr, Kind::kTrend, [] { std::puts("ready"); std::fflush(stdout); }},
    {"constructor_starts_a_thread", nullptr, Kind::kTrend, &start_a_thread},
    {"constructor_changes_locale", nullptr, Kind::kTrend, [] { std::setlocale(LC_ALL, "C.UTF-8"); }},
    {"constructor_installs_handler", nullptr, Kind::kTrend, [] { std::signal(SIGUSR1, &on_signal); }},
    {"constructor_changes_directory", nullptr, Kind::kTrend, [] { if (chdir("/") != 0) std::abort(); }},
    {"constructor_changes_umask", nullptr, Kind::kTrend, [] { umask(0777); }},
};
// clang-format on

}  // namespace

std::pair<const Act*, const Act*> load_acts() { return {std::begin(kActs), std::end(kActs)}; }

}  // namespace torture
