// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/mdns_internal.h"

#include "absl/strings/match.h"
#include "api/task_queue/pending_task_safety_flag.h"
#include "bridge/factory_internal.h"

namespace nrtc {

uint64_t MdnsQuestions::Ask(nrtc_event_kind kind, const std::string& about, Answered answered) {
  unanswered_.emplace(++last_, std::move(answered));
  queue_->Push(kind, 0, [&](Writer& w) {
    w.U64(last_);
    w.Str(about);
  });
  return last_;
}

void MdnsQuestions::End(uint64_t question) {
  unanswered_.erase(question);
  queue_->Push(NRTC_EVENT_MDNS_NOT_WANTED, 0, [&](Writer& w) { w.U64(question); });
}

void MdnsQuestions::Answer(uint64_t question, std::string answer, std::string error) {
  webrtc::scoped_refptr<MdnsQuestions> self(this);
  network_thread_.PostTask([self, question, answer = std::move(answer), error = std::move(error)] {
    auto it = self->unanswered_.find(question);
    if (it == self->unanswered_.end()) return;
    if (!error.empty()) RTC_LOG(LS_WARNING) << "Multicast DNS: " << error;
    Answered answered = std::move(it->second);
    self->unanswered_.erase(it);
    answered(answer);
  });
}

namespace {

// The names of one connection, which differ from those of every other. Made on any
// thread; used and destroyed on the network thread.
class MdnsResponder : public webrtc::MdnsResponderInterface {
 public:
  explicit MdnsResponder(webrtc::scoped_refptr<MdnsQuestions> questions) : questions_(std::move(questions)) {}
  ~MdnsResponder() override {
    for (auto& [address, name] : names_) questions_->End(name.question);
  }

  void CreateNameForAddress(const webrtc::IPAddress& address, NameCreatedCallback created) override {
    auto [it, is_new] = names_.try_emplace(address);
    Name& name = it->second;
    ++name.uses;
    if (!name.name.empty()) {
      return Post([address, text = name.name, created] { created(address, text); });
    }
    name.waiting.push_back(std::move(created));
    if (!is_new) return;
    name.question = questions_->Ask(NRTC_EVENT_MDNS_NAME_WANTED, address.ToString(),
                                    [this, address](const std::string& text) { Created(address, text); });
  }

  void RemoveNameForAddress(const webrtc::IPAddress& address, NameRemovedCallback removed) override {
    auto it = names_.find(address);
    const bool last = it != names_.end() && --it->second.uses == 0;
    if (last) {
      questions_->End(it->second.question);
      names_.erase(it);
    }
    Post([removed, last] { removed(last); });
  }

 private:
  struct Name {
    uint64_t question = 0;
    std::string name;  // empty until it is there
    int uses = 0;
    std::vector<NameCreatedCallback> waiting;
  };

  void Created(const webrtc::IPAddress& address, const std::string& text) {
    Name& name = names_[address];
    name.name = text;
    // They may end the connection, and this.
    const auto waiting = std::exchange(name.waiting, {});
    for (const auto& created : waiting) created(address, text);
  }

  template <typename F>
  void Post(F task) {
    webrtc::Thread::Current()->PostTask(webrtc::SafeTask(safety_.flag(), std::move(task)));
  }

  const webrtc::scoped_refptr<MdnsQuestions> questions_;
  std::map<webrtc::IPAddress, Name> names_;
  webrtc::ScopedTaskSafetyDetached safety_;
};

// How many names of the other peer a connection looks up at a time. An honest peer
// has one for each of its addresses, in candidates for UDP and for TCP.
constexpr size_t kMostLookups = 64;

// Whether a candidate's address is a name as the draft has them. libwebrtc keeps
// the addresses behind those, of this spelling, to itself.
bool IsMdnsName(const std::string& name) {
  constexpr std::string_view kSuffix = ".local";
  return absl::EndsWith(name, {kSuffix.data(), kSuffix.size()}) && name.size() > kSuffix.size() &&
         name.find('.') == name.size() - kSuffix.size();
}

// One look-up, on the network thread. Names of other kinds are the system's.
class MdnsResolver : public webrtc::AsyncDnsResolverInterface, private webrtc::AsyncDnsResolverResult {
 public:
  MdnsResolver(webrtc::scoped_refptr<MdnsQuestions> questions, std::shared_ptr<size_t> under_way,
               std::unique_ptr<webrtc::AsyncDnsResolverInterface> system)
      : questions_(std::move(questions)), under_way_(std::move(under_way)), system_(std::move(system)) {}
  ~MdnsResolver() override {
    if (question_ == 0) return;
    --*under_way_;
    questions_->End(question_);
  }

  void Start(const webrtc::SocketAddress& address, compat::ResolvedCallback done) override {
    if (!IsMdnsName(address.hostname())) return system_->Start(address, std::move(done));
    LookUp(address, std::move(done));
  }
  void Start(const webrtc::SocketAddress& address, int family, compat::ResolvedCallback done) override {
    if (!IsMdnsName(address.hostname())) return system_->Start(address, family, std::move(done));
    LookUp(address, std::move(done));
  }
  const webrtc::AsyncDnsResolverResult& result() const override {
    if (system_) return system_->result();
    return *this;
  }

 private:
  bool GetResolvedAddress(int family, webrtc::SocketAddress* address) const override {
    if (!resolved_ || address_.family() != family) return false;
    *address = address_;
    return true;
  }
  int GetError() const override { return resolved_ ? 0 : -1; }

  void LookUp(const webrtc::SocketAddress& address, compat::ResolvedCallback done) {
    system_ = nullptr;
    address_ = address;
    done_ = std::move(done);
    if (*under_way_ >= kMostLookups) {
      webrtc::Thread::Current()->PostTask(webrtc::SafeTask(safety_.flag(), [this] { Finish(""); }));
      return;
    }
    ++*under_way_;
    question_ = questions_->Ask(NRTC_EVENT_MDNS_ADDRESS_WANTED, address.hostname(), [this](const std::string& answer) {
      question_ = 0;
      --*under_way_;
      Finish(answer);
    });
  }

  void Finish(const std::string& answer) {
    webrtc::IPAddress ip;
    resolved_ = webrtc::IPFromString(answer, &ip) && !webrtc::IPIsAny(ip);
    if (resolved_) address_.SetResolvedIP(ip);
    // It may destroy this.
    auto done = std::move(done_);
    done();
  }

  const webrtc::scoped_refptr<MdnsQuestions> questions_;
  const std::shared_ptr<size_t> under_way_;
  // nullptr once it is clear that the name is none of the system's.
  std::unique_ptr<webrtc::AsyncDnsResolverInterface> system_;
  webrtc::SocketAddress address_;
  compat::ResolvedCallback done_;
  uint64_t question_ = 0;  // 0: none that waits
  bool resolved_ = false;
  webrtc::ScopedTaskSafetyDetached safety_;
};

}  // namespace

compat::ConnectionMdns CreateConnectionMdns(webrtc::scoped_refptr<MdnsQuestions> questions, bool hide) {
  compat::ConnectionMdns mdns;
  if (hide) mdns.responder = std::make_unique<MdnsResponder>(questions);
  mdns.make_resolver = [questions, under_way = std::make_shared<size_t>(0)](auto system) {
    return std::make_unique<MdnsResolver>(questions, under_way, std::move(system));
  };
  return mdns;
}

}  // namespace nrtc

void nrtc_factory_answer_mdns(nrtc_factory* factory, NRTC_IN) {
  nrtc::Reader r(in, in_len);
  uint64_t question = r.U64();
  std::string answer = r.Str();
  std::string error = r.Str();
  auto* questions = nrtc::FromHandle<nrtc::Factory>(factory)->mdns();
  if (questions != nullptr) questions->Answer(question, std::move(answer), std::move(error));
}
