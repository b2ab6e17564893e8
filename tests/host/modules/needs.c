/* SPDX-License-Identifier: Apache-2.0 */

/* Calls a function that no library has, or that its library has. */
#include "mean_trend.c"

extern void function_of_another_library(void);
extern void call_it(void);
void call_it(void) { function_of_another_library(); }
