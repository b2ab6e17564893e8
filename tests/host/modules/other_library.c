/* SPDX-License-Identifier: Apache-2.0 */
extern void function_of_another_library(void);
void function_of_another_library(void) {}
