// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Makes a call while Debian's own OpenSSL and FFmpeg are at work in the same program, and
// makes sure that each function is the one of its own library.

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <thread>

#include "call.h"
#include "check.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/avutil.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
}

namespace {

// A handshake of OpenSSL's client and server in memory, and a message.
void Handshake() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  CHECK(key != nullptr && certificate != nullptr);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, key);
  CHECK(X509_sign(certificate, key, EVP_sha256()) > 0);

  SSL_CTX* contexts[] = {SSL_CTX_new(TLS_client_method()), SSL_CTX_new(TLS_server_method())};
  CHECK(SSL_CTX_use_certificate(contexts[1], certificate) == 1 && SSL_CTX_use_PrivateKey(contexts[1], key) == 1);
  SSL* ends[] = {SSL_new(contexts[0]), SSL_new(contexts[1])};
  BIO* pipes[2];
  CHECK(BIO_new_bio_pair(&pipes[0], 0, &pipes[1], 0) == 1);
  for (int i = 0; i < 2; i++) SSL_set_bio(ends[i], pipes[i], pipes[i]);
  SSL_set_connect_state(ends[0]);
  SSL_set_accept_state(ends[1]);
  for (int i = 0; i < 20 && (SSL_is_init_finished(ends[0]) == 0 || SSL_is_init_finished(ends[1]) == 0); i++) SSL_do_handshake(ends[i % 2]);
  CHECK(std::string(SSL_get_version(ends[0])) == "TLSv1.3");
  char received[8] = {};
  CHECK(SSL_write(ends[0], "hello", 5) == 5 && SSL_read(ends[1], received, sizeof received) == 5);
  CHECK(std::strcmp(received, "hello") == 0);
  for (int i = 0; i < 2; i++) {
    SSL_free(ends[i]);
    SSL_CTX_free(contexts[i]);
  }
  X509_free(certificate);
  EVP_PKEY_free(key);
}

// A picture through an encoder and a decoder that libwebrtc's FFmpeg does not have.
void Transcode() {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MPEG2VIDEO);
  CHECK(codec != nullptr);
  AVCodecContext* encoder = avcodec_alloc_context3(codec);
  encoder->width = 64;
  encoder->height = 64;
  encoder->time_base = {1, 25};
  encoder->framerate = {25, 1};
  encoder->pix_fmt = AV_PIX_FMT_YUV420P;
  CHECK(avcodec_open2(encoder, codec, nullptr) == 0);
  AVFrame* frame = av_frame_alloc();
  frame->width = 64;
  frame->height = 64;
  frame->format = AV_PIX_FMT_YUV420P;
  CHECK(av_frame_get_buffer(frame, 0) == 0);
  for (int plane = 0; plane < 3; plane++) std::memset(frame->data[plane], 100, frame->linesize[plane] * (plane == 0 ? 64 : 32));
  frame->pts = 0;
  AVPacket* packet = av_packet_alloc();
  CHECK(avcodec_send_frame(encoder, frame) == 0 && avcodec_send_frame(encoder, nullptr) == 0 && avcodec_receive_packet(encoder, packet) == 0);

  AVCodecContext* decoder = avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_MPEG2VIDEO));
  CHECK(avcodec_open2(decoder, nullptr, nullptr) == 0);
  AVFrame* picture = av_frame_alloc();
  CHECK(avcodec_send_packet(decoder, packet) == 0 && avcodec_send_packet(decoder, nullptr) == 0 && avcodec_receive_frame(decoder, picture) == 0);
  CHECK(picture->width == 64 && picture->data[0][0] > 90 && picture->data[0][0] < 110);
  av_frame_free(&frame);
  av_frame_free(&picture);
  av_packet_free(&packet);
  avcodec_free_context(&encoder);
  avcodec_free_context(&decoder);
}

}  // namespace

int main() {
  CHECK(std::strstr(OpenSSL_version(OPENSSL_VERSION), "OpenSSL 3") != nullptr);
  CHECK(avcodec_version() == LIBAVCODEC_VERSION_INT && avutil_version() == LIBAVUTIL_VERSION_INT);
  std::atomic<bool> done{false};
  int rounds = 0;
  std::thread neighbours([&] {
    do {
      Handshake();
      Transcode();
      rounds++;
    } while (!done);
  });
  int result = SmokeCall();
  done = true;
  neighbours.join();
  std::printf("neighbours: %d rounds of %s and FFmpeg %s\n", rounds, OpenSSL_version(OPENSSL_VERSION), av_version_info());
  return result;
}
