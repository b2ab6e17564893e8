// SPDX-License-Identifier: Apache-2.0
#include "conformance/service_bodies.hpp"

#include "conformance/case.hpp"

namespace steppe::conformance {

namespace {

using namespace service;

constexpr Level kLevel = Level::kService;
constexpr Subject kAny = Subject::kComponent;
constexpr Subject kTrend = Subject::kTrendModel;
constexpr Subject kRegression = Subject::kRegression;

constexpr Case kServiceCases[] = {
    {"service.works_without_services", kLevel, kAny, "R26",
     "A host that lends no service gets the same bits", nullptr, &case_of<works_without_services>},
    {"service.obeys_cancel", kLevel, kAny, "R23",
     "With the cancel flag set a large job ends at once, cancelled or complete", nullptr,
     &case_of<obeys_cancel>},
    {"service.asks_often", kLevel, kAny, "R23", "A large job asks the cancel service all the time",
     nullptr, &case_of<asks_often>},
    {"service.stops_anywhere", kLevel, kAny, "R17",
     "Cancelled at twenty random moments it hands out nothing and remains usable", nullptr,
     &case_of<stops_anywhere>},
    {"service.progress_never_falls", kLevel, kAny, "R24",
     "Progress rises and stays below its total", nullptr, &case_of<progress_never_falls>},
    {"service.log_lines_are_clean", kLevel, kAny, "R21",
     "Log lines have a level of the contract and UTF-8 texts", nullptr,
     &case_of<log_lines_are_clean>},
    {"service.random_numbers_come_from_the_host", kLevel, kAny, "R25",
     "The same seeds give the same bits at another moment", nullptr,
     &case_of<random_numbers_come_from_the_host>},
    {"service.leaves_arithmetic_and_locale", kLevel, kAny, "R20",
     "Calls leave floating-point mode, rounding and locale as they were", nullptr,
     &case_of<leaves_arithmetic_and_locale>},
    {"service.leaves_the_process_alone", kLevel, kAny, "R21",
     "Calls change no signal handler, folder, umask, time zone, descriptor or variable", nullptr,
     &case_of<leaves_the_process_alone>},
    {"service.leaves_no_thread", kLevel, kAny, "R22",
     "Threads that a call starts have ended with it", nullptr, &case_of<leaves_no_thread>},
    {"service.leaves_no_descriptor", kLevel, kAny, "R18",
     "Files that a use opens are closed with it", nullptr, &case_of<leaves_no_descriptor>},
    {"service.prints_nothing", kLevel, kAny, "R21",
     "Calls write nothing to standard output or error", nullptr, &case_of<prints_nothing>},
    {"service.statuses_are_known", kLevel, kAny, "R27",
     "Calls and series answer with statuses of the contract", nullptr,
     &case_of<statuses_are_known>},
    {"service.survives_lack_of_memory", kLevel, kAny, "R16",
     "Without memory a call ends with resource_limit, and works again with memory", nullptr,
     &case_of<survives_lack_of_memory>},
    {"service.takes_options_within_bounds", kLevel, kAny, "R9",
     "Any options within their bounds make an instance or a typed error", nullptr,
     &case_of<takes_options_within_bounds>},
    {"service.refuses_options_out_of_bounds", kLevel, kAny, "R9",
     "Options out of their bounds make a typed error, or an instance, never a crash", nullptr,
     &case_of<refuses_options_out_of_bounds>},

    {"service.trend_takes_any_bits", kLevel, kTrend, "R34",
     "Any bit patterns as values give a typed error or a forecast", nullptr,
     &case_of<trend_takes_any_bits>},
    {"service.trend_takes_any_shape", kLevel, kTrend, "R34",
     "Blocks, horizons and seasons of any size give a typed error or a forecast", nullptr,
     &case_of<trend_takes_any_shape>},
    {"service.trend_saved_bytes_are_not_trusted", kLevel, kTrend, "R45",
     "Any bytes as a saved fit give invalid_data, and none behind them is read", nullptr,
     &case_of<trend_saved_bytes_are_not_trusted>},
    {"service.regression_takes_any_bits", kLevel, kRegression, "R34",
     "Any bit patterns as data give a typed error or a fit", nullptr,
     &case_of<regression_takes_any_bits>},
    {"service.regression_takes_any_shape", kLevel, kRegression, "R34",
     "Any numbers of rows and regressors give a typed error or a fit", nullptr,
     &case_of<regression_takes_any_shape>},
    {"service.regression_saved_bytes_are_not_trusted", kLevel, kRegression, "R45",
     "Any bytes as a saved fit give invalid_data, and none behind them is read", nullptr,
     &case_of<regression_saved_bytes_are_not_trusted>},
};

}  // namespace

std::span<const Case> service_cases() { return kServiceCases; }

}  // namespace steppe::conformance
