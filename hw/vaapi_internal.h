// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// libva, opened at run time. Only for bodies that know <va/va.h>.

#ifndef NRTC_HW_VAAPI_INTERNAL_H_
#define NRTC_HW_VAAPI_INTERNAL_H_

#if defined(__linux__) && __has_include(<va/va.h>)
#define NRTC_HW_VAAPI 1

#include <va/va.h>
#include <va/va_drm.h>

#include <memory>
#include <string>

#include "hw/device.h"
#include "hw/library.h"

namespace nrtc::hw {

struct VaapiFunctions {
  decltype(vaGetDisplayDRM)* GetDisplayDRM;
  decltype(vaSetErrorCallback)* SetErrorCallback;
  decltype(vaSetInfoCallback)* SetInfoCallback;
  decltype(vaInitialize)* Initialize;
  decltype(vaTerminate)* Terminate;
  decltype(vaErrorStr)* ErrorStr;
  decltype(vaQueryVendorString)* QueryVendorString;
  decltype(vaMaxNumProfiles)* MaxNumProfiles;
  decltype(vaMaxNumEntrypoints)* MaxNumEntrypoints;
  decltype(vaQueryConfigProfiles)* QueryConfigProfiles;
  decltype(vaQueryConfigEntrypoints)* QueryConfigEntrypoints;
  decltype(vaGetConfigAttributes)* GetConfigAttributes;
  decltype(vaCreateConfig)* CreateConfig;
  decltype(vaDestroyConfig)* DestroyConfig;
  decltype(vaQuerySurfaceAttributes)* QuerySurfaceAttributes;
  decltype(vaCreateSurfaces)* CreateSurfaces;
  decltype(vaDestroySurfaces)* DestroySurfaces;
  decltype(vaCreateContext)* CreateContext;
  decltype(vaDestroyContext)* DestroyContext;
  decltype(vaCreateBuffer)* CreateBuffer;
  decltype(vaDestroyBuffer)* DestroyBuffer;
  decltype(vaMapBuffer)* MapBuffer;
  decltype(vaUnmapBuffer)* UnmapBuffer;
  decltype(vaBeginPicture)* BeginPicture;
  decltype(vaRenderPicture)* RenderPicture;
  decltype(vaEndPicture)* EndPicture;
  decltype(vaSyncSurface)* SyncSurface;
  decltype(vaSyncSurface2)* SyncSurface2;  // optional
  decltype(vaDeriveImage)* DeriveImage;
  decltype(vaCreateImage)* CreateImage;
  decltype(vaGetImage)* GetImage;
  decltype(vaPutImage)* PutImage;
  decltype(vaDestroyImage)* DestroyImage;
};

// nullptr, and says why, where the libraries are missing or too old.
const VaapiFunctions* LoadVaapi(std::string& error);

// A driver, opened for one use: a hang or a lost device touches nobody else.
class VaapiDisplay {
 public:
  static std::unique_ptr<VaapiDisplay> Open(const std::string& node, Status& status);
  ~VaapiDisplay();
  VaapiDisplay(const VaapiDisplay&) = delete;

  const VaapiFunctions& va() const { return va_; }
  VADisplay display() const { return display_; }
  std::string vendor() const;
  // Ok, or what could not be done and what the driver said.
  Status Check(VAStatus result, const char* what) const;

 private:
  VaapiDisplay(const VaapiFunctions& va, int fd) : va_(va), fd_(fd) {}

  const VaapiFunctions& va_;
  const int fd_;
  VADisplay display_ = nullptr;
};

// How a profile is to be encoded on a device.
struct VaapiProfile {
  VAProfile profile;
  VAEntrypoint entrypoint;
  uint32_t rate_control = 0;     // VA_RC_ flags offered
  uint32_t packed_headers = 0;   // VA_ENC_PACKED_HEADER_ flags offered
  ProfileReport report;
};

// nullptr, and says why, if the driver does not encode the profile.
std::unique_ptr<VaapiProfile> FindVaapiProfile(const VaapiDisplay& display, Profile profile, Status& status);

// Opens a session, or returns nullptr and says why.
std::unique_ptr<Session> OpenVaapiH264(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                       const StreamConfig& config, Status& status);
std::unique_ptr<Session> OpenVaapiVp8(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                      const StreamConfig& config, Status& status);
std::unique_ptr<Session> OpenVaapiVp9(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                      const StreamConfig& config, Status& status);
std::unique_ptr<Session> OpenVaapiHevc(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                       const StreamConfig& config, Status& status);
// Older headers lack some of what AV1's parameters tell.
#if VA_CHECK_VERSION(1, 16, 0)
#define NRTC_HW_VAAPI_AV1 1
std::unique_ptr<Session> OpenVaapiAv1(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                      const StreamConfig& config, Status& status);
// Why AV1 cannot be encoded in the way that the driver wants it.
Status CheckVaapiAv1(const VaapiDisplay& display, const VaapiProfile& profile);
#endif

}  // namespace nrtc::hw

#endif  // <va/va.h>

#endif  // NRTC_HW_VAAPI_INTERNAL_H_
