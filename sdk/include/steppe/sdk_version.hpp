// SPDX-License-Identifier: Apache-2.0
#pragma once

// The version of Steppe, here and nowhere else: the build reads it from this file.
#define STEPPE_SDK_VERSION "0.1.0"
