/* SPDX-License-Identifier: Apache-2.0 */

/* A sound plugin with a constructor that does ACTION, and so with code that runs before any check.
 */
#define _GNU_SOURCE
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mean_trend.c"

static void fork_and_hold_the_pipes(void) {
  if (fork() == 0) {
    sleep(600);
    _exit(0);
  }
}

static void print_a_verdict(void) {
  puts("phase load\nphase entry\nphase tables\naccepted 0\nfault B99\nend");
  fflush(stdout);
}

static void flood(void) {
  for (;;) puts("and so on");
}

static void change_the_process(void) {
  chdir("/");
  umask(0777);
  signal(SIGUSR1, SIG_IGN);
  setenv("TZ", "Asia/Almaty", 1);
  close(0);
}

__attribute__((constructor)) static void act(void) {
  (void)&fork_and_hold_the_pipes;
  (void)&print_a_verdict;
  (void)&flood;
  (void)&change_the_process;
  ACTION;
}
