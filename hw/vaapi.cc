// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vaapi.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "hw/vaapi_internal.h"

namespace nrtc::hw {

std::vector<std::string> VaapiNodes(const std::string& folder, std::string& reason) {
  std::vector<std::string> nodes;
  DIR* dir = opendir(folder.c_str());
  if (dir == nullptr) {
    reason = errno == ENOENT ? "there is no " + folder + ": no GPU driver, or a container that was not given the device"
                             : folder + ": " + std::strerror(errno);
    return nodes;
  }
  while (const dirent* entry = readdir(dir)) {
    if (std::strncmp(entry->d_name, "renderD", 7) == 0) nodes.push_back(folder + "/" + entry->d_name);
  }
  closedir(dir);
  std::sort(nodes.begin(), nodes.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  if (nodes.empty()) reason = "there is no render node in " + folder;
  return nodes;
}

#if defined(NRTC_HW_VAAPI)

namespace {

void IgnoreVaapiMessage(void*, const char*) {}

// The reason that a person can act on.
std::string WhyNotOpened(const std::string& node, int error) {
  switch (error) {
    case ENOENT:
      return node + " does not exist";
    case EACCES:
    case EPERM:
      return "no permission to open " + node +
             ": the user must be in the group that owns it (render or video), and a container must be given the device";
    default:
      return "cannot open " + node + ": " + std::strerror(error);
  }
}

bool LoadVaapiFunctions(VaapiFunctions& f, std::string& error) {
  Library va, drm;
  if (!va.Open("libva.so.2", error) || !drm.Open("libva-drm.so.2", error)) return false;
  drm.Find("vaGetDisplayDRM", f.GetDisplayDRM, error);
#define NRTC_HW_FIND(name) va.Find("va" #name, f.name, error)
  NRTC_HW_FIND(SetErrorCallback);
  NRTC_HW_FIND(SetInfoCallback);
  NRTC_HW_FIND(Initialize);
  NRTC_HW_FIND(Terminate);
  NRTC_HW_FIND(ErrorStr);
  NRTC_HW_FIND(QueryVendorString);
  NRTC_HW_FIND(MaxNumProfiles);
  NRTC_HW_FIND(MaxNumEntrypoints);
  NRTC_HW_FIND(QueryConfigProfiles);
  NRTC_HW_FIND(QueryConfigEntrypoints);
  NRTC_HW_FIND(GetConfigAttributes);
  NRTC_HW_FIND(CreateConfig);
  NRTC_HW_FIND(DestroyConfig);
  NRTC_HW_FIND(QuerySurfaceAttributes);
  NRTC_HW_FIND(CreateSurfaces);
  NRTC_HW_FIND(DestroySurfaces);
  NRTC_HW_FIND(CreateContext);
  NRTC_HW_FIND(DestroyContext);
  NRTC_HW_FIND(CreateBuffer);
  NRTC_HW_FIND(DestroyBuffer);
  NRTC_HW_FIND(MapBuffer);
  NRTC_HW_FIND(UnmapBuffer);
  NRTC_HW_FIND(BeginPicture);
  NRTC_HW_FIND(RenderPicture);
  NRTC_HW_FIND(EndPicture);
  NRTC_HW_FIND(SyncSurface);
  NRTC_HW_FIND(DeriveImage);
  NRTC_HW_FIND(CreateImage);
  NRTC_HW_FIND(GetImage);
  NRTC_HW_FIND(PutImage);
  NRTC_HW_FIND(DestroyImage);
#undef NRTC_HW_FIND
  va.FindOptional("vaSyncSurface2", f.SyncSurface2);
  return error.empty();
}

VAProfile VaapiProfileOf(Profile profile) {
  switch (profile) {
    case Profile::kH264Main:
      return VAProfileH264Main;
    case Profile::kH264High:
      return VAProfileH264High;
    case Profile::kVp8:
      return VAProfileVP8Version0_3;
    case Profile::kVp9Profile0:
      return VAProfileVP9Profile0;
    case Profile::kHevcMain:
      return VAProfileHEVCMain;
    case Profile::kAv1Main:
      return VAProfileAV1Profile0;
    default:
      return VAProfileH264ConstrainedBaseline;
  }
}

using VaapiOpen = std::unique_ptr<Session> (*)(std::unique_ptr<VaapiDisplay>, const VaapiProfile&,
                                               const StreamConfig&, Status&);

// What opens sessions of a codec; nullptr for one that is not there yet.
VaapiOpen VaapiOpenOf(Codec codec) {
  switch (codec) {
    case Codec::kH264:
      return OpenVaapiH264;
    case Codec::kVp8:
      return OpenVaapiVp8;
    case Codec::kVp9:
      return OpenVaapiVp9;
    case Codec::kHevc:
      return OpenVaapiHevc;
#if defined(NRTC_HW_VAAPI_AV1)
    case Codec::kAv1:
      return OpenVaapiAv1;
#endif
    default:
      return nullptr;
  }
}

}  // namespace

const VaapiFunctions* LoadVaapi(std::string& error) {
  struct Loaded {
    VaapiFunctions functions{};
    std::string error;
  };
  static const Loaded* loaded = [] {
    auto* l = new Loaded;
    LoadVaapiFunctions(l->functions, l->error);
    return l;
  }();
  error = loaded->error;
  return error.empty() ? &loaded->functions : nullptr;
}

std::unique_ptr<VaapiDisplay> VaapiDisplay::Open(const std::string& node, Status& status) {
  int fd = open(node.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) {
    status = Status(WhyNotOpened(node, errno));
    return nullptr;
  }
  std::string error;
  const VaapiFunctions* va = LoadVaapi(error);
  if (va == nullptr) {
    close(fd);
    status = Status(error);
    return nullptr;
  }
  std::unique_ptr<VaapiDisplay> d(new VaapiDisplay(*va, fd));
  d->display_ = va->GetDisplayDRM(fd);
  if (d->display_ == nullptr) {
    status = Status(node + " is no GPU that libva knows");
    return nullptr;
  }
  // It writes to stderr otherwise.
  va->SetErrorCallback(d->display_, IgnoreVaapiMessage, nullptr);
  va->SetInfoCallback(d->display_, IgnoreVaapiMessage, nullptr);
  int major = 0;
  int minor = 0;
  status = d->Check(va->Initialize(d->display_, &major, &minor), "load a VA driver (is one installed for this GPU?)");
  if (!status.ok()) return nullptr;
  return d;
}

VaapiDisplay::~VaapiDisplay() {
  // Frees the display also where it could not be initialized.
  if (display_ != nullptr) va_.Terminate(display_);
  close(fd_);
}

std::string VaapiDisplay::vendor() const {
  const char* text = va_.QueryVendorString(display_);
  return text != nullptr ? text : "";
}

Status VaapiDisplay::Check(VAStatus result, const char* what) const {
  if (result == VA_STATUS_SUCCESS) return Status();
  return Status(std::string("VAAPI could not ") + what + ": " + va_.ErrorStr(result));
}

std::unique_ptr<VaapiProfile> FindVaapiProfile(const VaapiDisplay& d, Profile wanted, Status& status) {
  const VaapiFunctions& va = d.va();
  auto found = std::make_unique<VaapiProfile>();
  found->profile = VaapiProfileOf(wanted);
  const Status none(std::string("the driver does not encode ") + Name(wanted));
  std::vector<VAProfile> profiles(static_cast<size_t>(std::max(va.MaxNumProfiles(d.display()), 1)));
  int count = 0;
  status = d.Check(va.QueryConfigProfiles(d.display(), profiles.data(), &count), "list profiles");
  if (!status.ok()) return nullptr;
  profiles.resize(static_cast<size_t>(count));
  if (std::find(profiles.begin(), profiles.end(), found->profile) == profiles.end()) {
    status = none;
    return nullptr;
  }
  std::vector<VAEntrypoint> entrypoints(static_cast<size_t>(std::max(va.MaxNumEntrypoints(d.display()), 1)));
  status = d.Check(va.QueryConfigEntrypoints(d.display(), found->profile, entrypoints.data(), &count),
                   "list entry points");
  if (!status.ok()) return nullptr;
  entrypoints.resize(static_cast<size_t>(count));
  status = none;
  // The low-power one is all that newer GPUs of Intel have.
  for (VAEntrypoint e : {VAEntrypointEncSlice, VAEntrypointEncSliceLP}) {
    if (std::find(entrypoints.begin(), entrypoints.end(), e) == entrypoints.end()) continue;
    VAConfigAttrib a[] = {{VAConfigAttribRTFormat, 0},        {VAConfigAttribRateControl, 0},
                          {VAConfigAttribEncPackedHeaders, 0}, {VAConfigAttribMaxPictureWidth, 0},
                          {VAConfigAttribMaxPictureHeight, 0}, {VAConfigAttribEncMaxRefFrames, 0}};
    status = d.Check(va.GetConfigAttributes(d.display(), found->profile, e, a, std::size(a)), "query a profile");
    if (!status.ok()) continue;
    auto value = [&](size_t i) { return a[i].value == VA_ATTRIB_NOT_SUPPORTED ? 0 : a[i].value; };
    found->entrypoint = e;
    found->rate_control = value(1);
    found->packed_headers = value(2);
    ProfileReport& r = found->report;
    r.profile = wanted;
    r.max_width = static_cast<int>(value(3));
    r.max_height = static_cast<int>(value(4));
    // Three layers need two references; those of H.264 and H.265 slice headers of our own.
    const Codec codec = CodecOf(wanted);
    const bool own_slices = (found->packed_headers & VA_ENC_PACKED_HEADER_SLICE) != 0;
    const bool names_references = codec == Codec::kVp8 || codec == Codec::kVp9 || codec == Codec::kAv1 || own_slices;
    r.temporal_layers = !names_references ? 1 : (value(5) & 0xffff) >= 2 ? 3 : 2;
    r.rate_modes.clear();
    // VBR first: with little buffering CBR looks worse on both Intel and AMD.
    if (found->rate_control & VA_RC_VBR) r.rate_modes.push_back(RateMode::kVbr);
    if (found->rate_control & VA_RC_CBR) r.rate_modes.push_back(RateMode::kCbr);
    if (found->rate_control & VA_RC_CQP) r.rate_modes.push_back(RateMode::kCqp);
#if defined(NRTC_HW_VAAPI_AV1)
    if (codec == Codec::kAv1) status = CheckVaapiAv1(d, *found);
    if (!status.ok()) continue;
#endif
    if ((value(0) & VA_RT_FORMAT_YUV420) != 0 && !r.rate_modes.empty()) return found;
    status = Status(std::string("the driver offers no way to encode ") + Name(wanted) + " that is of use");
  }
  return nullptr;
}

DeviceReport ProbeVaapi(const std::string& node) {
  DeviceReport report;
  report.backend = Backend::kVaapi;
  report.device = node;
  Status status;
  auto display = VaapiDisplay::Open(node, status);
  if (!display) {
    report.reason = status.message();
    return report;
  }
  report.name = display->vendor();
  for (Profile p : kProfiles) {
    if (VaapiOpenOf(CodecOf(p)) == nullptr) continue;
    auto found = FindVaapiProfile(*display, p, status);
    if (found) report.profiles.push_back(found->report);
    if (report.reason.empty()) report.reason = status.message();
  }
  report.reason = report.profiles.empty() ? "no encode engine: " + report.reason : "";
  return report;
}

SessionOpener VaapiOpener(const std::string& node) {
  return [node](const StreamConfig& config, Status& status) -> std::unique_ptr<Session> {
    auto display = VaapiDisplay::Open(node, status);
    if (!display) return nullptr;
    auto profile = FindVaapiProfile(*display, config.profile, status);
    if (!profile) return nullptr;
    return VaapiOpenOf(CodecOf(config.profile))(std::move(display), *profile, config, status);
  };
}

#else  // no <va/va.h>

namespace {

constexpr char kNoVaapi[] =
    "built without VAAPI: install the headers of libva (libva-dev) and build again with go build -a";

}  // namespace

DeviceReport ProbeVaapi(const std::string& node) {
  DeviceReport report;
  report.backend = Backend::kVaapi;
  report.device = node;
  report.reason = kNoVaapi;
  return report;
}

SessionOpener VaapiOpener(const std::string&) {
  return [](const StreamConfig&, Status& status) -> std::unique_ptr<Session> {
    status = Status(kNoVaapi);
    return nullptr;
  };
}

#endif  // <va/va.h>

}  // namespace nrtc::hw
