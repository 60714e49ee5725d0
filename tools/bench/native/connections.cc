// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include <list>
#include <thread>

#include "peer.h"
#include "usage.h"
#include "workloads.h"

namespace bench {
namespace {

// Connects and closes once, so that what a process makes but once is made.
void WarmUp(Stack& stack) {
  Pair pair(stack);
  pair.ConnectData();
}

}  // namespace

void Connections(const Arguments& arguments) {
  int count = std::stoi(arguments.at(0));
  Stack stack;
  WarmUp(stack);
  double cpu = CpuSeconds();
  double start = Now();
  for (int i = 0; i < count; ++i) {
    Pair pair(stack);
    pair.ConnectData();
  }
  double wall = Now() - start;
  cpu = CpuSeconds() - cpu;
  Print({{"connections_per_s", count / wall}, {"cpu_ms_per_connection", cpu / count * 1e3}});
}

void Memory(const Arguments& arguments) {
  int count = std::stoi(arguments.at(0));
  Stack stack;
  WarmUp(stack);
  auto settle = [] { std::this_thread::sleep_for(std::chrono::seconds(1)); };
  settle();
  double rss = StatusField("VmRSS");
  double threads = StatusField("Threads");
  std::list<Pair> pairs;
  for (int i = 0; i < count; ++i) {
    pairs.emplace_back(stack);
    pairs.back().ConnectData();
  }
  settle();
  Print({{"rss_kib_per_connection", (StatusField("VmRSS") - rss) / count},
         {"threads_per_connection", (StatusField("Threads") - threads) / count},
         {"base_rss_kib", rss},
         {"base_threads", threads}});
}

}  // namespace bench
