// SPDX-License-Identifier: Apache-2.0

// The probe without the rest of the program: what `steppe --probe-plugin FILE` does.
#include <cstring>

#include "plugin_host/catalogue.hpp"

int main(int count, char** arguments) {
  if (count != 3 || std::strcmp(arguments[1], "--probe-plugin") != 0) return 2;
  return steppe::run_probe(arguments[2]);
}
