// SPDX-License-Identifier: Apache-2.0
#include "conformance/load_bodies.hpp"

namespace steppe::conformance {

namespace {

using namespace load;

constexpr Level kLevel = Level::kLoad;
constexpr Subject kFile = Subject::kPlugin;
constexpr Subject kAny = Subject::kComponent;

constexpr Case kLoadCases[] = {
    {"load.exports_one_symbol", kLevel, kFile, "R2", "The file exports its entry and nothing else",
     nullptr, &case_of<file_exports_one_symbol>},
    {"load.loads", kLevel, kFile, "R1", "The file loads, every symbol resolved at once", nullptr,
     &case_of<file_loads>},
    {"load.is_quick", kLevel, kFile, "R4", "Loading and the entry take less than a second", nullptr,
     &case_of<file_loads_quickly>},
    {"load.prints_nothing", kLevel, kFile, "R3", "Loading prints nothing", nullptr,
     &case_of<file_prints_nothing>},
    {"load.leaves_the_process_alone", kLevel, kFile, "R3",
     "Loading changes no floating-point mode, locale, signal, folder, umask, time zone or "
     "descriptor",
     nullptr, &case_of<file_leaves_the_process_alone>},
    {"load.starts_no_thread", kLevel, kFile, "R3", "Loading starts no thread", nullptr,
     &case_of<file_starts_no_thread>},
    {"load.opens_nothing", kLevel, kFile, "R3", "Loading opens no descriptor and closes none",
     nullptr, &case_of<file_opens_nothing>},
    {"load.entry_takes_todays_offer", kLevel, kFile, "R5",
     "The entry agrees on the smaller of both revisions", nullptr,
     &case_of<entry_takes_todays_offer>},
    {"load.entry_takes_a_newer_host", kLevel, kFile, "R5",
     "The entry works with a host of later revisions", nullptr, &case_of<entry_takes_a_newer_host>},
    {"load.entry_refuses_a_range_above", kLevel, kFile, "R5",
     "The entry refuses revisions above its own and names both ranges", nullptr,
     &case_of<entry_refuses_a_range_above>},
    {"load.entry_refuses_a_range_below", kLevel, kFile, "R5",
     "The entry refuses revisions below its own and names both ranges", nullptr,
     &case_of<entry_refuses_a_range_below>},
    {"load.entry_minds_the_size_of_the_offer", kLevel, kFile, "R6",
     "The entry reads no further than the offer's struct_size", nullptr,
     &case_of<entry_minds_the_size_of_the_offer>},
    {"load.entry_gives_one_table", kLevel, kFile, "R7",
     "The entry, called twice, gives the same table", nullptr, &case_of<entry_gives_one_table>},
    {"load.tables_are_whole", kLevel, kFile, "R6",
     "Every table has its size and its mandatory functions", nullptr, &case_of<tables_are_whole>},
    {"load.tables_stay_the_same", kLevel, kFile, "R7",
     "Tables and texts are the same after components were used", nullptr,
     &case_of<tables_stay_the_same>},
    {"load.texts_are_well_formed", kLevel, kFile, "R7",
     "Names, versions, summaries and help are there, a sentence each", nullptr,
     &case_of<texts_are_well_formed>},
    {"load.ids_are_unique", kLevel, kFile, "R8", "Ids are kind.name in snake case, each once",
     nullptr, &case_of<ids_are_well_formed>},

    {"load.offers_its_kind", kLevel, kAny, "R8",
     "A component offers the capability of its kind and of no other", nullptr,
     &case_of<component_offers_its_kind>},
    {"load.answers_unknown_ids_with_null", kLevel, kAny, "R10",
     "Unknown capabilities are answered with null, however they are spelt", nullptr,
     &case_of<component_answers_unknown_ids_with_null>},
    {"load.options_make_sense", kLevel, kAny, "R9",
     "Options have names of their own, sound ranges and defaults inside them", nullptr,
     &case_of<component_options_make_sense>},
    {"load.tags_make_sense", kLevel, kAny, "R37", "Tags are those of the contract, each once",
     nullptr, &case_of<component_tags_make_sense>},
    {"load.takes_its_defaults", kLevel, kAny, "R9", "create accepts the defaults of its own table",
     nullptr, &case_of<component_takes_its_defaults>},
    {"load.makes_several_instances", kLevel, kAny, "R14",
     "Instances are made beside one another and destroyed in any order", nullptr,
     &case_of<component_makes_several_instances>},
    {"load.needs_no_service", kLevel, kAny, "R26", "create works for a host without services",
     nullptr, &case_of<component_needs_no_service>},
};

}  // namespace

std::span<const Case> load_cases() { return kLoadCases; }

}  // namespace steppe::conformance
