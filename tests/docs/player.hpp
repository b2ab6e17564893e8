// SPDX-License-Identifier: Apache-2.0
#pragma once

// Plays a page: does what its marked blocks say, in their order, in a copy of the documentation.
//
//   ```LANGUAGE file=NAME      the block is written to NAME in the page's folder
//   ```json pipeline [exit=N]  the block is written to pipeline.json and run
//   ```sh run [exit=N]         the block is run by a shell
//   ```text output             what the last run printed, standard error included; ... stands for
//                              any text
//   ```json fragment           a part of a pipeline; read, not run
//   ```cpp fragment            a part of a program; not looked at
//
// exit is 0 when not given. Blocks without a mark: sh and text only.

#include "page.hpp"

namespace steppe::testing {

// Plays the page, relative to the root of the sources; every difference is a failure of the test.
void play(const std::string& page);

}  // namespace steppe::testing
