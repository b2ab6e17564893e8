// SPDX-License-Identifier: Apache-2.0
#pragma once

// How the program ends. The numbers are a contract with schedulers: never changed, only appended.

namespace steppe {

enum class ExitCode : int {
  kComplete = 0,           // complete, nothing degraded
  kUsage = 2,              // the command line was wrong
  kPipelineRefused = 3,    // the pipeline file was wrong
  kDataRefused = 4,        // the input data were wrong
  kPluginRefused = 5,      // a plugin could not be loaded or trusted
  kPluginFailed = 6,       // a plugin broke its contract while running
  kOutputNotWritten = 7,   // an output file could not be written
  kNetwork = 8,            // a network or database source failed
  kTooManyFailed = 9,      // more series failed than max_failed allows
  kCompleteDegraded = 10,  // complete, with failed or degraded series
  kResourceLimit = 11,     // a limit on memory, size, depth or time was reached
  kDenied = 12,            // refused by policy
  kInternal = 70,          // our own bug
  kInterrupted = 130,      // SIGINT
  kReaderGone = 141,       // standard output was closed by its reader
  kTerminated = 143,       // SIGTERM, SIGHUP
};

}  // namespace steppe
