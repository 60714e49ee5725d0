// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/video_source.h"

#include <atomic>
#include <mutex>

#include "bridge/event_queue_internal.h"
#include "bridge/factory_internal.h"
#include "bridge/video_frame_internal.h"

namespace nrtc {
namespace {

// More buffers than this in use at once are made without the pool (copies), or
// refused (lent ones).
constexpr size_t kPooledBuffers = 32;

// The planes of a frame in the application's memory.
struct Planes {
  int width;
  int height;
  const uint8_t* data[3];
  int stride[3];
};

void CopyRows(const uint8_t* from, int from_stride, void* to, int to_stride, int row, int rows) {
  auto* out = static_cast<uint8_t*>(to);
  if (from_stride == to_stride) {
    // The last row may end with its pixels.
    std::memcpy(out, from, static_cast<size_t>(from_stride) * (rows - 1) + row);
    return;
  }
  for (; rows > 0; --rows, from += from_stride, out += to_stride) std::memcpy(out, from, row);
}

// libwebrtc's pool, made safe for many threads.
class BufferPool {
 public:
  BufferPool() : pool_(/*zero_initialize=*/true, kPooledBuffers) {}

  // nullptr if all are in use.
  webrtc::scoped_refptr<webrtc::I420Buffer> I420(int width, int height) {
    std::lock_guard<std::mutex> lock(mutex_);
    return pool_.CreateI420Buffer(width, height);
  }
  webrtc::scoped_refptr<webrtc::I010Buffer> I010(int width, int height) {
    std::lock_guard<std::mutex> lock(mutex_);
    return pool_.CreateI010Buffer(width, height);
  }
  webrtc::scoped_refptr<webrtc::NV12Buffer> NV12(int width, int height) {
    std::lock_guard<std::mutex> lock(mutex_);
    return pool_.CreateNV12Buffer(width, height);
  }

 private:
  std::mutex mutex_;
  webrtc::VideoFrameBufferPool pool_;
};

template <typename B>
webrtc::scoped_refptr<B> OrNew(webrtc::scoped_refptr<B> pooled, int width, int height) {
  return pooled ? pooled : B::Create(width, height);
}

// The part of a frame that is wanted, and the size in which it is wanted.
struct Adaptation {
  int crop_width;
  int crop_height;
  int crop_x;
  int crop_y;
  int width;
  int height;
  bool None(int w, int h) const { return width == w && height == h && crop_width == w && crop_height == h; }
};

class VideoSource : public webrtc::Notifier<webrtc::VideoTrackSourceInterface> {
 public:
  nrtc_push_status Push(int format, const Planes& planes, webrtc::VideoRotation rotation, int64_t timestamp_us) {
    Adaptation a;
    nrtc_push_status status = Adapt(planes.width, planes.height, timestamp_us, a);
    if (status != NRTC_PUSH_OK) return status;
    Deliver(format == NRTC_PIXEL_I420 ? CopyI420(planes, a) : Scale(CopyOther(format, planes), a), rotation,
            timestamp_us);
    return NRTC_PUSH_OK;
  }

  nrtc_push_status Push(webrtc::scoped_refptr<webrtc::VideoFrameBuffer> buffer, webrtc::VideoRotation rotation,
                        int64_t timestamp_us) {
    Adaptation a;
    nrtc_push_status status = Adapt(buffer->width(), buffer->height(), timestamp_us, a);
    if (status == NRTC_PUSH_OK) Deliver(Scale(std::move(buffer), a), rotation, timestamp_us);
    return status;
  }

  webrtc::scoped_refptr<webrtc::I420Buffer> Lend(int width, int height) { return lent_.I420(width, height); }

  nrtc_video_source_wants wants() const {
    std::lock_guard<std::mutex> lock(wants_mutex_);
    return wants_;
  }

  // On the signaling thread.
  void End() {
    if (!ended_.exchange(true)) FireOnChanged();
  }

  // MediaSourceInterface and VideoTrackSourceInterface.
  SourceState state() const override { return ended_.load() ? kEnded : kLive; }
  bool remote() const override { return false; }
  bool is_screencast() const override { return screencast_; }
  compat::Optional<bool> needs_denoising() const override { return {}; }
  bool GetStats(Stats* stats) override {
    int64_t size = input_size_.load();
    if (size == 0) return false;
    stats->input_width = static_cast<int>(size >> 32);
    stats->input_height = static_cast<int>(size & 0xffffffff);
    return true;
  }
  bool SupportsEncodedOutput() const override { return false; }
  void GenerateKeyFrame() override {}
  void AddEncodedSink(webrtc::VideoSinkInterface<webrtc::RecordableEncodedFrame>*) override {}
  void RemoveEncodedSink(webrtc::VideoSinkInterface<webrtc::RecordableEncodedFrame>*) override {}
  void ProcessConstraints(const webrtc::VideoTrackSourceConstraints& constraints) override {
    broadcaster_.ProcessConstraints(constraints);
  }

  // VideoSourceInterface. Called by tracks on the worker thread and by encoders
  // on theirs.
  void AddOrUpdateSink(webrtc::VideoSinkInterface<webrtc::VideoFrame>* sink,
                       const webrtc::VideoSinkWants& wants) override {
    broadcaster_.AddOrUpdateSink(sink, wants);
    UpdateWants();
  }
  void RemoveSink(webrtc::VideoSinkInterface<webrtc::VideoFrame>* sink) override {
    broadcaster_.RemoveSink(sink);
    UpdateWants();
  }

 protected:
  VideoSource(uint64_t wake_key, bool screencast) : wake_key_(wake_key), screencast_(screencast) {
    wants_ = {0, std::numeric_limits<int32_t>::max(), std::numeric_limits<int32_t>::max(), 1};
  }
  ~VideoSource() override = default;

 private:
  // Tells what to do with a frame of this size. timestamp_us becomes now if it
  // is 0.
  nrtc_push_status Adapt(int width, int height, int64_t& timestamp_us, Adaptation& a) {
    if (ended_.load()) return NRTC_PUSH_ENDED;
    if (timestamp_us == 0) timestamp_us = webrtc::TimeMicros();
    input_size_.store(static_cast<int64_t>(width) << 32 | height);
    if (!broadcaster_.frame_wanted()) return NRTC_PUSH_UNUSED;
    if (!adapter_.AdaptFrameResolution(width, height, timestamp_us * 1000, &a.crop_width, &a.crop_height, &a.width,
                                       &a.height)) {
      broadcaster_.OnDiscardedFrame();
      return NRTC_PUSH_DROPPED;
    }
    if (a.width <= 0 || a.height <= 0) {
      // A frame of a few pixels, scaled to nothing.
      broadcaster_.OnDiscardedFrame();
      return NRTC_PUSH_DROPPED;
    }
    a.crop_x = (width - a.crop_width) / 2;
    a.crop_y = (height - a.crop_height) / 2;
    return NRTC_PUSH_OK;
  }

  // Copies, cropping and scaling on the way if need be.
  webrtc::scoped_refptr<webrtc::VideoFrameBuffer> CopyI420(const Planes& p, const Adaptation& a) {
    auto out = OrNew(copies_.I420(a.width, a.height), a.width, a.height);
    if (a.None(p.width, p.height)) {
      int chroma_width = (p.width + 1) / 2;
      int chroma_height = (p.height + 1) / 2;
      CopyRows(p.data[0], p.stride[0], out->MutableDataY(), out->StrideY(), p.width, p.height);
      CopyRows(p.data[1], p.stride[1], out->MutableDataU(), out->StrideU(), chroma_width, chroma_height);
      CopyRows(p.data[2], p.stride[2], out->MutableDataV(), out->StrideV(), chroma_width, chroma_height);
    } else {
      auto view = webrtc::WrapI420Buffer(p.width, p.height, p.data[0], p.stride[0], p.data[1], p.stride[1], p.data[2],
                                         p.stride[2], [] {});
      out->CropAndScaleFrom(*view, a.crop_x, a.crop_y, a.crop_width, a.crop_height);
    }
    return out;
  }

  webrtc::scoped_refptr<webrtc::VideoFrameBuffer> CopyOther(int format, const Planes& p) {
    int chroma_width = (p.width + 1) / 2;
    int chroma_height = (p.height + 1) / 2;
    if (format == NRTC_PIXEL_NV12) {
      auto out = OrNew(copies_.NV12(p.width, p.height), p.width, p.height);
      CopyRows(p.data[0], p.stride[0], out->MutableDataY(), out->StrideY(), p.width, p.height);
      CopyRows(p.data[1], p.stride[1], out->MutableDataUV(), out->StrideUV(), chroma_width * 2, chroma_height);
      return out;
    }
    auto out = OrNew(copies_.I010(p.width, p.height), p.width, p.height);
    CopyRows(p.data[0], p.stride[0], out->MutableDataY(), out->StrideY() * 2, p.width * 2, p.height);
    CopyRows(p.data[1], p.stride[1], out->MutableDataU(), out->StrideU() * 2, chroma_width * 2, chroma_height);
    CopyRows(p.data[2], p.stride[2], out->MutableDataV(), out->StrideV() * 2, chroma_width * 2, chroma_height);
    return out;
  }

  static webrtc::scoped_refptr<webrtc::VideoFrameBuffer> Scale(webrtc::scoped_refptr<webrtc::VideoFrameBuffer> buffer,
                                                               const Adaptation& a) {
    if (a.None(buffer->width(), buffer->height())) return buffer;
    if (buffer->type() == webrtc::VideoFrameBuffer::Type::kI010) {
      // Without this it would lose its depth.
      auto out = webrtc::I010Buffer::Create(a.width, a.height);
      out->CropAndScaleFrom(*buffer->GetI010(), a.crop_x, a.crop_y, a.crop_width, a.crop_height);
      return out;
    }
    return buffer->CropAndScale(a.crop_x, a.crop_y, a.crop_width, a.crop_height, a.width, a.height);
  }

  void Deliver(webrtc::scoped_refptr<webrtc::VideoFrameBuffer> buffer, webrtc::VideoRotation rotation,
               int64_t timestamp_us) {
    if (rotation != webrtc::kVideoRotation_0 && broadcaster_.wants().rotation_applied) {
      // A receiver without the rotation extension.
      if (auto i420 = buffer->ToI420()) {
        buffer = webrtc::I420Buffer::Rotate(*i420, rotation);
        rotation = webrtc::kVideoRotation_0;
      }
    }
    auto frame = webrtc::VideoFrame::Builder()
                     .set_video_frame_buffer(buffer)
                     .set_rotation(rotation)
                     .set_timestamp_us(timestamp_us)
                     .build();
    compat::SetPresentationTime(frame, timestamp_us);
    broadcaster_.OnFrame(frame);
  }

  // The lock keeps two changes in order. What is called under it calls nothing.
  void UpdateWants() {
    {
      std::lock_guard<std::mutex> lock(wants_mutex_);
      auto wants = broadcaster_.wants();
      adapter_.OnSinkWants(wants);
      nrtc_video_source_wants now = {broadcaster_.frame_wanted() ? 1 : 0, wants.max_pixel_count,
                                     wants.max_framerate_fps, wants.resolution_alignment};
      if (std::memcmp(&now, &wants_, sizeof now) == 0) return;
      wants_ = now;
    }
    WakeOwner(wake_key_);
  }

  const uint64_t wake_key_;
  const bool screencast_;
  std::atomic<bool> ended_{false};
  std::atomic<int64_t> input_size_{0};
  webrtc::VideoAdapter adapter_;
  webrtc::VideoBroadcaster broadcaster_;
  BufferPool copies_;
  BufferPool lent_;
  mutable std::mutex wants_mutex_;
  nrtc_video_source_wants wants_;
};

}  // namespace
}  // namespace nrtc

nrtc_video_source* nrtc_video_source_new(uint64_t wake_key, int screencast) {
  return nrtc::ToHandle<nrtc_video_source>(webrtc::scoped_refptr<nrtc::VideoSource>(
      webrtc::make_ref_counted<nrtc::VideoSource>(wake_key, screencast != 0)));
}

nrtc_push_status nrtc_video_source_push(nrtc_video_source* source, int format, int width, int height,
                                        const uint8_t* data0, int stride0, const uint8_t* data1, int stride1,
                                        const uint8_t* data2, int stride2, int rotation, int64_t timestamp_us) {
  nrtc::Planes planes{width, height, {data0, data1, data2}, {stride0, stride1, stride2}};
  return nrtc::FromHandle<nrtc::VideoSource>(source)->Push(format, planes, static_cast<webrtc::VideoRotation>(rotation),
                                                           timestamp_us);
}

nrtc_push_status nrtc_video_source_push_buffer(nrtc_video_source* source, nrtc_video_frame_buffer* buffer, int rotation,
                                               int64_t timestamp_us) {
  webrtc::scoped_refptr<webrtc::VideoFrameBuffer> native(nrtc::FromHandle<webrtc::VideoFrameBuffer>(buffer));
  return nrtc::FromHandle<nrtc::VideoSource>(source)->Push(std::move(native),
                                                           static_cast<webrtc::VideoRotation>(rotation), timestamp_us);
}

int nrtc_video_source_lend(nrtc_video_source* source, int width, int height, nrtc_video_frame* frame) {
  auto buffer = nrtc::FromHandle<nrtc::VideoSource>(source)->Lend(width, height);
  if (!buffer) return 0;
  nrtc::Describe(buffer, *frame);
  return 1;
}

void nrtc_video_source_get_wants(nrtc_video_source* source, nrtc_video_source_wants* wants) {
  *wants = nrtc::FromHandle<nrtc::VideoSource>(source)->wants();
}

nrtc_media_stream_track* nrtc_video_source_create_track(nrtc_video_source* source, nrtc_factory* factory,
                                                        const char* id, size_t size) {
  webrtc::scoped_refptr<webrtc::VideoTrackSourceInterface> native(nrtc::FromHandle<nrtc::VideoSource>(source));
  return nrtc::ToHandle<nrtc_media_stream_track>(nrtc::compat::CreateVideoTrack(
      nrtc::FromHandle<nrtc::Factory>(factory)->native(), native, std::string(id, size)));
}

void nrtc_video_source_end(nrtc_video_source* source, nrtc_factory* factory) {
  nrtc::FromHandle<nrtc::Factory>(factory)->signaling_thread().BlockingCall(
      [&] { nrtc::FromHandle<nrtc::VideoSource>(source)->End(); });
}
