// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/watched_session.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "hw/session_count.h"

namespace nrtc::hw {

// What the caller and the thread share; whichever lets go last frees it.
struct WatchedSession::Shared {
  std::mutex mutex;
  std::condition_variable changed;
  bool stop = false;    // the caller is gone
  bool busy = true;     // the thread opens or encodes
  bool failed = false;  // good for nothing
  bool ended = false;   // the driver has given all back
  std::weak_ptr<SessionTicket> ticket;
  Status status;        // of what the thread did last
  SessionInfo info;
  // The job, written while the thread is not busy.
  Input input;
  bool key = false;
  Rates rates;
  Output output;

  // Waits until the thread is done. False: it was not in time.
  bool Wait(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds time) {
    return changed.wait_for(lock, time, [this] { return !busy; });
  }
  // What the driver did not do in time. The lock is held.
  Status Overdue(const char* what) {
    failed = true;
    if (auto t = ticket.lock()) t->Overdue();
    return Status(std::string("the driver did not ") + what + " in time");
  }
  void Run(const SessionOpener& opener, const StreamConfig& config);
};

void WatchedSession::Shared::Run(const SessionOpener& opener, const StreamConfig& config) {
  Status opened;
  auto session = opener(config, opened);
  std::unique_lock<std::mutex> lock(mutex);
  status = opened;
  failed = !session;
  if (session) info = session->info();
  busy = false;
  changed.notify_all();
  while (session) {
    changed.wait(lock, [this] { return stop || busy; });
    if (stop) break;
    Output result;
    lock.unlock();
    Status encoded = session->Encode(input, key, rates, result);
    lock.lock();
    status = encoded;
    output = std::move(result);
    input = Input();
    busy = false;
    failed = failed || (!encoded.ok() && !encoded.of_picture());
    changed.notify_all();
  }
  lock.unlock();
  session.reset();
}

std::unique_ptr<WatchedSession> WatchedSession::Open(const std::string& device, SessionOpener opener,
                                                     const StreamConfig& config, const Deadlines& deadlines,
                                                     Status& status) {
  auto ticket = SessionTicket::Take(device, config.trial, status);
  if (!ticket) return nullptr;
  auto shared = std::make_shared<Shared>();
  shared->ticket = ticket;
  std::thread([shared, ticket = std::move(ticket), opener = std::move(opener), config]() mutable {
    shared->Run(opener, config);
    ticket.reset();
    std::lock_guard<std::mutex> lock(shared->mutex);
    shared->ended = true;
    shared->changed.notify_all();
  }).detach();
  std::unique_ptr<WatchedSession> session(new WatchedSession(shared));
  session->encode_deadline_ = deadlines.encode;
  std::unique_lock<std::mutex> lock(shared->mutex);
  if (!shared->Wait(lock, deadlines.open)) {
    status = shared->Overdue("open a session");
    return nullptr;
  }
  if (!shared->status.ok() || shared->failed) {
    status = shared->status;
    return nullptr;
  }
  session->info_ = shared->info;
  return session;
}

WatchedSession::~WatchedSession() {
  std::unique_lock<std::mutex> lock(shared_->mutex);
  shared_->stop = true;
  shared_->changed.notify_all();
  // What ends well ends before this returns, so that a device with few sessions has
  // it back; what hangs is not waited for a second time.
  if (shared_->busy) return;
  shared_->changed.wait_for(lock, encode_deadline_, [this] { return shared_->ended; });
}

Status WatchedSession::Encode(const Input& input, bool key, const Rates& rates, Output& output) {
  std::unique_lock<std::mutex> lock(shared_->mutex);
  if (shared_->failed || shared_->busy) return Status("the session has failed before");
  shared_->input = input;
  shared_->key = key;
  shared_->rates = rates;
  shared_->busy = true;
  shared_->changed.notify_all();
  if (!shared_->Wait(lock, encode_deadline_)) {
    return shared_->Overdue("encode a picture");
  }
  output = std::move(shared_->output);
  return shared_->status;
}

}  // namespace nrtc::hw
