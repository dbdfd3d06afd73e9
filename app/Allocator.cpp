// SPDX-License-Identifier: GPL-3.0-or-later
// What jemalloc is told when the program starts: it looks for a variable of this name. Two arenas are enough for threads
// that mostly hand memory to each other; eight, its own choice here, keep 4 MiB more.

extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:2";
}
