// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include <algorithm>
#include <cmath>

#include "peer.h"
#include "usage.h"
#include "workloads.h"

namespace bench {
namespace {

// Sends count messages with back-pressure and waits until all have arrived.
void Transfer(Channel& from, Signal& arrived, const std::vector<uint8_t>& message, int count, uint64_t high) {
  for (int i = 0; i < count; ++i) {
    while (from.buffered() >= high) {
      if (!from.low.Wait()) Fail("the queue does not drain");
    }
    from.Send(message.data(), message.size());
  }
  if (!arrived.Wait()) Fail("messages do not arrive");
}

// The value that the share q of sorted does not exceed.
double Quantile(const std::vector<double>& sorted, double q) {
  size_t rank = static_cast<size_t>(std::ceil(q * static_cast<double>(sorted.size())));
  return sorted[std::max<size_t>(rank, 1) - 1];
}

}  // namespace

void Throughput(const Arguments& arguments) {
  std::vector<uint8_t> message(std::stoul(arguments.at(0)), 0x5a);
  int count = std::stoi(arguments.at(1));
  uint64_t high = std::stoull(arguments.at(2));
  // A share of the messages goes first, unmeasured, to open the congestion window.
  int warm_up = std::max(count / 8, 1);

  Stack stack;
  Pair pair(stack);
  pair.a.channel.low_threshold = std::stoull(arguments.at(3));
  Signal arrived;
  std::atomic<int> received{0};
  pair.b.channel.on_message = [&](const webrtc::DataBuffer& buffer) {
    if (buffer.size() != message.size()) Fail("a message of a wrong size");
    int n = received.fetch_add(1) + 1;
    if (n == warm_up || n == warm_up + count) arrived.Set();
  };
  pair.ConnectData();
  Transfer(pair.a.channel, arrived, message, warm_up, high);

  double cpu = CpuSeconds();
  double start = Now();
  Transfer(pair.a.channel, arrived, message, count, high);
  double wall = Now() - start;
  cpu = CpuSeconds() - cpu;
  double megabytes = static_cast<double>(message.size()) * count / 1e6;
  Print({{"mb_per_s", megabytes / wall}, {"messages_per_s", count / wall}, {"cpu_s_per_mb", cpu / megabytes}});
}

void Latency(const Arguments& arguments) {
  std::vector<uint8_t> message(std::stoul(arguments.at(0)), 0x5a);
  size_t count = std::stoul(arguments.at(1));
  size_t warm_up = count / 8 + 1;

  Stack stack;
  Pair pair(stack);
  Signal done;
  std::vector<double> trips;
  trips.reserve(count);
  size_t received = 0;
  double sent = 0;
  auto ping = [&] {
    sent = Now();
    pair.a.channel.Send(message.data(), message.size());
  };
  pair.a.channel.on_message = [&](const webrtc::DataBuffer&) {
    double now = Now();
    if (received++ >= warm_up) trips.push_back(now - sent);
    if (trips.size() == count) {
      done.Set();
    } else {
      ping();
    }
  };
  pair.b.channel.on_message = [&](const webrtc::DataBuffer& buffer) {
    pair.b.channel.Send(buffer.data.data(), buffer.data.size());
  };
  pair.ConnectData();
  ping();
  if (!done.Wait()) Fail("pings do not come back");
  std::sort(trips.begin(), trips.end());
  Print({{"p50_us", Quantile(trips, 0.5) * 1e6}, {"p99_us", Quantile(trips, 0.99) * 1e6}});
}

}  // namespace bench
