// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Of Chromium's sources, the folders that libwebrtc is built from. Of the rest of
// third_party only the build files are taken, which GN reads but builds nothing of.
var (
	wholeFolders = []string{"build", "testing", "tools", "base"}
	thirdParty   = []string{
		"abseil-cpp", "boringssl", "compiler-rt", "ffmpeg", "libaom", "libsrtp", "libvpx", "libyuv", "nasm",
		"pffft", "protobuf", "rnnoise", "webrtc",
	}
)

// treePatterns select the members of the archive that are unpacked.
func treePatterns() []string {
	top := "chromium-" + chromiumVersion
	patterns := []string{top + "/LICENSE", top + "/AUTHORS", top + "/third_party/*.gn", top + "/third_party/*.gni"}
	for _, folder := range wholeFolders {
		patterns = append(patterns, top+"/"+folder+"/*")
	}
	for _, folder := range thirdParty {
		patterns = append(patterns, top+"/third_party/"+folder+"/*")
	}
	return patterns
}

func (b *builder) treeInputs() []string {
	inputs := treePatterns()
	for _, l := range systemLibraries {
		inputs = append(inputs, l.name, l.file)
	}
	for _, f := range chromium.Files {
		inputs = append(inputs, f.SHA256)
	}
	for _, e := range edits {
		inputs = append(inputs, e.describe())
	}
	return inputs
}

// tree makes the folder of sources: libwebrtc on top, as in a checkout of its own, and
// the rest of Chromium's folders inside it. It is whole as soon as it has its name.
func (b *builder) tree(ctx context.Context) error {
	fresh := filepath.Join(b.work, "src.new")
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	if err := unpack(ctx, filepath.Join(b.downloads(), chromium.Files[0].Name), fresh, treePatterns()...); err != nil {
		return err
	}
	if err := unpack(ctx, filepath.Join(b.downloads(), chromium.Files[1].Name), filepath.Join(fresh, "debian"), "debian/patches/*"); err != nil {
		return err
	}
	applied, err := applySeries(ctx, fresh, filepath.Join(fresh, "debian", "patches"))
	if err != nil {
		return err
	}
	b.say("      %d of Debian's patches concern it", applied)
	if err := liftWebRTC(fresh); err != nil {
		return err
	}
	if err := useSystemLibraries(fresh); err != nil {
		return err
	}
	for _, e := range edits {
		if err := e.apply(fresh); err != nil {
			return err
		}
	}
	b.say("      %d edits applied", len(edits))
	return b.replaceTree(fresh)
}

// replaceTree puts the new folder in the place of an older one. The objects are kept:
// ninja sees what changed.
func (b *builder) replaceTree(fresh string) error {
	objects, err := filepath.Glob(filepath.Join(b.source(), outputPrefix+"*"))
	if err != nil {
		return err
	}
	for _, folder := range objects {
		if err := os.Rename(folder, filepath.Join(fresh, filepath.Base(folder))); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(b.source()); err != nil {
		return err
	}
	return os.Rename(fresh, b.source())
}

// unpack unpacks an archive into a folder, without its top folder; of it all, or the
// members that match the patterns, each of which must match some.
func unpack(ctx context.Context, archive, to string, patterns ...string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	args := []string{"tar", "--no-same-owner", "--strip-components=1", "-C", to, "-xf", archive}
	if len(patterns) > 0 {
		args = append(append(args, "--wildcards"), patterns...)
	}
	return command{args: args, env: []string{"XZ_DEFAULTS=-T0"}}.run(ctx)
}

// liftWebRTC moves libwebrtc from third_party/webrtc to the top: its own build files
// expect to be there when it is built by itself.
func liftWebRTC(dir string) error {
	inner := filepath.Join(dir, "third_party", "webrtc")
	entries, err := os.ReadDir(inner)
	if err != nil {
		return err
	}
	for _, e := range entries {
		to := filepath.Join(dir, e.Name())
		switch e.Name() {
		case "AUTHORS", "LICENSE":
			// Chromium's own, with another text.
			if err := os.Rename(to, filepath.Join(dir, e.Name()+".chromium")); err != nil {
				return err
			}
		default:
			if _, err := os.Lstat(to); err == nil {
				return fmt.Errorf("both Chromium and libwebrtc have %s", e.Name())
			}
		}
		if err := os.Rename(filepath.Join(inner, e.Name()), to); err != nil {
			return err
		}
	}
	return os.Remove(inner)
}

// systemLibraries are those that Debian takes out of Chromium's sources and that build
// files here name: GN finds them with pkg-config, as when Debian builds the browser. The
// first three are made by the step libraries; nothing of the others is linked.
var systemLibraries = []struct{ name, file string }{
	{"opus", "third_party/opus/BUILD.gn"},
	{"dav1d", "third_party/dav1d/BUILD.gn"},
	{"openh264", "third_party/openh264/BUILD.gn"},
	{"libjpeg", "third_party/libjpeg.gni"},
	{"zlib", "third_party/zlib/BUILD.gn"},
	{"freetype", "build/config/freetype/freetype.gni"},
	{"harfbuzz", "third_party/harfbuzz/harfbuzz.gni"},
}

// useSystemLibraries gives each of them the build file that Chromium has for the purpose.
func useSystemLibraries(dir string) error {
	for _, l := range systemLibraries {
		text, err := os.ReadFile(filepath.Join(dir, "build", "linux", "unbundle", l.name+".gn"))
		if err != nil {
			return err
		}
		to := filepath.Join(dir, l.file)
		if _, err := os.Lstat(to); err == nil {
			return fmt.Errorf("the sources have a %s of their own", l.name)
		} else if !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(to, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// describe is for the stamp: another edit makes the sources anew.
func (e edit) describe() string {
	return strings.Join([]string{e.name, e.file, e.change.String()}, "\x00")
}
