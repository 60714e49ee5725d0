// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package doubles builds the test doubles of drivers: shared libraries in
// software that stand in for those of GPUs. They are built for a test run into a
// folder of its own, and are no part of any program. Their names and vendor strings
// say what they are; nothing that they report says anything about hardware.
package doubles

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// VANode stands for a render node where the double of the VA driver is loaded.
const VANode = "/dev/null"

// OtherVANode stands for another one, of which a process finds out anew what it encodes.
const OtherVANode = "/dev/zero"

// folder is where the sources are.
func folder() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(file)
}

// BuildVA builds the double of a VA driver into dir. It returns the environment
// with which the real libva loads it in a new process.
func BuildVA(dir string) ([]string, error) {
	const name = "nativertcdouble"
	sources := filepath.Join(folder(), "va")
	node := filepath.Join(dir, "nativertcdouble_render_node.so")
	// Every program that a test starts has it preloaded, so no sanitizer is in it.
	if err := shared(node, filepath.Join(sources, "drm.cc")); err != nil {
		return nil, err
	}
	err := library(filepath.Join(dir, name+"_drv_video.so"), filepath.Join(sources, "driver.cc"),
		filepath.Join(sources, "encode.cc"), filepath.Join(sources, "encode_h264.cc"), filepath.Join(sources, "encode_hevc.cc"),
		filepath.Join(sources, "encode_vpx.cc"), filepath.Join(sources, "import.cc"), filepath.Join(folder(), "h264", "slice_data.cc"),
		filepath.Join(folder(), "hevc", "deblock.cc"), filepath.Join(folder(), "hevc", "headers.cc"),
		filepath.Join(folder(), "hevc", "residual.cc"), filepath.Join(folder(), "hevc", "slice.cc"), "-lvpx",
		filepath.Join(sources, "encode_av1.cc"), filepath.Join(folder(), "av1", "headers.cc"),
		filepath.Join(folder(), "av1", "aom.cc"), "-laom")
	if err != nil {
		return nil, err
	}
	return []string{"LD_PRELOAD=" + node, "LIBVA_DRIVERS_PATH=" + dir, "LIBVA_DRIVER_NAME=" + name}, nil
}

// BuildNVENC builds the doubles of libcuda and libnvidia-encode into dir. It returns
// the environment with which they are found by a new process, before real ones.
func BuildNVENC(dir string) ([]string, error) {
	sources := filepath.Join(folder(), "nvenc")
	cuda := filepath.Join(dir, "libcuda.so.1")
	if err := library(cuda, "-Wl,-soname,libcuda.so.1", filepath.Join(sources, "cuda.cc")); err != nil {
		return nil, err
	}
	err := library(filepath.Join(dir, "libnvidia-encode.so.1"), filepath.Join(sources, "nvenc.cc"),
		filepath.Join(sources, "h264.cc"), filepath.Join(sources, "hevc.cc"), filepath.Join(folder(), "h264", "slice_data.cc"),
		filepath.Join(folder(), "hevc", "x265.cc"), cuda, "-lx265")
	if err != nil {
		return nil, err
	}
	return []string{"LD_LIBRARY_PATH=" + dir + ":" + os.Getenv("LD_LIBRARY_PATH")}, nil
}

// VideoToolbox returns what a C++ compiler needs besides, so that a program has the double of
// VideoToolbox in it: its sources, and where the stand-in for Apple's headers is.
func VideoToolbox() []string {
	sources := filepath.Join(folder(), "videotoolbox")
	arguments := []string{"-DNRTC_HW_VIDEOTOOLBOX_STAND_IN", "-I" + sources}
	for _, name := range []string{"objects.cc", "session.cc", "h264.cc"} {
		arguments = append(arguments, filepath.Join(sources, name))
	}
	return append(arguments, filepath.Join(folder(), "h264", "slice_data.cc"))
}

// library builds a double. NATIVERTC_NATIVE_FLAGS are more of the compiler's flags, a
// sanitizer's say, with which the programs that load it were built too.
func library(to string, arguments ...string) error {
	return shared(to, append(strings.Fields(os.Getenv("NATIVERTC_NATIVE_FLAGS")), arguments...)...)
}

func shared(to string, arguments ...string) error {
	return Compile(to, append(arguments, "-std=c++20", "-O1", "-g", "-shared", "-fPIC", "-fvisibility=hidden")...)
}

// Child tells whether this process was started by Run.
func Child() bool { return os.Getenv(childVariable) != "" }

const childVariable = "NATIVERTC_DOUBLES_CHILD"

// Run runs this program again with more environment, and returns its exit
// status.
func Run(environment []string) int {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	command := exec.Command(self, os.Args[1:]...)
	command.Env = append(append(os.Environ(), environment...), childVariable+"=1")
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		if command.ProcessState == nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return max(command.ProcessState.ExitCode(), 1)
	}
	return 0
}
