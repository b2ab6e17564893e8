// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bodies of the load cases. Those about the file load it themselves, with its output captured:
// printing while loading is the business of one of them.

#include "conformance/harness.hpp"
#include "plugin_host/shared_module.hpp"

namespace steppe::conformance {

// Loads the file of the case; leaves by fail() with the loader's words.
SharedModule load_file(const CaseContext& context);

struct EntryAnswer {
  steppe_status status = STEPPE_OK;
  const steppe_plugin* plugin = nullptr;
  std::string message;
};
EntryAnswer call_entry(const SharedModule& module, std::uint32_t revision_min,
                       std::uint32_t revision_current);
// The table for today's offer; leaves by fail() when there is none.
const steppe_plugin& table_of(const SharedModule& module);

namespace load {

void file_exports_one_symbol(const CaseContext& context);
void file_loads(const CaseContext& context);
void file_loads_quickly(const CaseContext& context);
void file_prints_nothing(const CaseContext& context);
void file_leaves_the_process_alone(const CaseContext& context);
void file_starts_no_thread(const CaseContext& context);
void file_opens_nothing(const CaseContext& context);

void entry_takes_todays_offer(const CaseContext& context);
void entry_takes_a_newer_host(const CaseContext& context);
void entry_refuses_a_range_above(const CaseContext& context);
void entry_refuses_a_range_below(const CaseContext& context);
void entry_minds_the_size_of_the_offer(const CaseContext& context);
void entry_gives_one_table(const CaseContext& context);

void tables_are_whole(const CaseContext& context);
void tables_stay_the_same(const CaseContext& context);
void texts_are_well_formed(const CaseContext& context);
void ids_are_well_formed(const CaseContext& context);

void component_offers_its_kind(const CaseContext& context);
void component_answers_unknown_ids_with_null(const CaseContext& context);
void component_options_make_sense(const CaseContext& context);
void component_tags_make_sense(const CaseContext& context);
void component_takes_its_defaults(const CaseContext& context);
void component_makes_several_instances(const CaseContext& context);
void component_needs_no_service(const CaseContext& context);

}  // namespace load

}  // namespace steppe::conformance
