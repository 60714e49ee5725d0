// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package browser runs headless Chromium as the other side of a call.
//
// A package's tests share one browser process, started by the first test that
// opens a page:
//
//	func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }
//
//	func TestCall(t *testing.T) {
//		page := browser.Open(t)
//		page.Eval(ctx, `return 6 * 7`, nil, &answer)
//	}
//
// Each page lives in a browser context of its own. Whatever a page reports as an
// error, on its console or as an exception that nobody caught, fails its test.
//
// The browser's camera plays the first [CameraPictures] pictures of [media.Draw],
// over and over; its microphone hears a tone of [MicrophoneTone] Hz.
package browser

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/nativertc/nativertc/tests/internal/child"
	"github.com/nativertc/nativertc/tests/internal/media"
)

// What the browser's camera and microphone give.
const (
	CameraWidth    = 640
	CameraHeight   = 360
	CameraFPS      = 30
	CameraPictures = 60
	MicrophoneTone = 500
)

const (
	startLimit = 60 * time.Second
	// devTools is how the browser tells the address of its remote control.
	devTools = "DevTools listening on "
)

// A process is a running browser with its temporary files and its page server.
type process struct {
	dir     string
	child   *child.Process
	server  *httptest.Server
	control context.Context // chromedp's, of the browser
	cancel  context.CancelFunc
}

// shared is the browser of this package's tests.
var shared struct {
	once    sync.Once
	process *process
	err     error

	hidesAddresses bool
}

// HideAddresses has the browser hide the addresses of the host behind names of
// multicast DNS, as it does by default for pages without a camera, and stay off the
// loopback interface. To be called before Run.
func HideAddresses() { shared.hidesAddresses = true }

// Run runs a package's tests, ends the browser if one of them has started it, and
// returns the exit status.
func Run(m *testing.M) int {
	status := m.Run()
	// No test runs now. This also keeps a late one from starting the browser.
	shared.once.Do(func() { shared.err = errors.New("the tests are over") })
	if shared.process != nil {
		if err := shared.process.close(); err != nil {
			fmt.Fprintln(os.Stderr, "ending the browser:", err)
			return 1
		}
	}
	return status
}

func start() (_ *process, err error) {
	dir, err := os.MkdirTemp("", "nativertc-browser-")
	if err != nil {
		return nil, err
	}
	p := &process{dir: dir, cancel: func() {}}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.close())
		}
	}()
	if err := p.makeDevices(); err != nil {
		return nil, err
	}
	address, err := p.launch()
	if err != nil {
		return nil, err
	}
	p.server = httptest.NewServer(pages())
	allocator, cancelAllocator := chromedp.NewRemoteAllocator(context.Background(), address, chromedp.NoModifyURL)
	// Chromium is newer than the protocol library and sends values that the library
	// has no names for. It logs those, and they are no error of ours.
	quiet := func(string, ...any) {}
	var cancelBrowser context.CancelFunc
	p.control, cancelBrowser = chromedp.NewContext(allocator, chromedp.WithErrorf(quiet), chromedp.WithLogf(quiet))
	p.cancel = func() {
		cancelBrowser()
		cancelAllocator()
	}
	if err := chromedp.Run(p.control); err != nil {
		return nil, fmt.Errorf("connecting to the browser: %w", err)
	}
	return p, nil
}

func (p *process) cameraFile() string     { return filepath.Join(p.dir, "camera.y4m") }
func (p *process) microphoneFile() string { return filepath.Join(p.dir, "microphone.wav") }

// makeDevices writes the files behind the camera and the microphone.
func (p *process) makeDevices() error {
	camera, err := os.Create(p.cameraFile())
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(camera, 1<<20)
	err = media.WriteY4M(buffered, CameraWidth, CameraHeight, CameraFPS, CameraPictures)
	if err := errors.Join(err, buffered.Flush(), camera.Close()); err != nil {
		return err
	}
	microphone, err := os.Create(p.microphoneFile())
	if err != nil {
		return err
	}
	// A whole number of periods: no click where it begins again.
	err = media.WriteWAV(microphone, media.Tone(MicrophoneTone, media.OpusRate, 10*media.OpusRate), media.OpusRate)
	return errors.Join(err, microphone.Close())
}

// launch starts Chromium and returns the address of its remote control.
func (p *process) launch() (string, error) {
	temp := filepath.Join(p.dir, "tmp")
	home := filepath.Join(p.dir, "home")
	for _, dir := range []string{temp, home} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return "", err
		}
	}
	arguments := []string{
		"--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
		"--disable-extensions", "--disable-breakpad", "--disable-crash-reporter", "--disable-dev-shm-usage",
		// Pages of parallel tests must all run at full speed.
		"--disable-background-timer-throttling", "--disable-renderer-backgrounding",
		"--disable-backgrounding-occluded-windows",
		"--autoplay-policy=no-user-gesture-required", "--mute-audio",
		"--use-fake-device-for-media-stream",
		"--use-file-for-fake-video-capture=" + p.cameraFile(),
		"--use-file-for-fake-audio-capture=" + p.microphoneFile(),
		"--remote-debugging-port=0", "--user-data-dir=" + filepath.Join(p.dir, "profile"),
	}
	if !shared.hidesAddresses {
		// Calls over loopback, with addresses that the other side can use.
		arguments = append(arguments, "--allow-loopback-in-peer-connection", "--disable-features=WebRtcHideLocalIpsWithMdns",
			"--use-fake-ui-for-media-stream")
	}
	cmd := exec.Command("chromium", append(arguments, "about:blank")...)
	// The home also marks the browser's processes: see stragglers.
	cmd.Env = append(os.Environ(), "HOME="+home, "TMPDIR="+temp, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home,
		"XDG_RUNTIME_DIR="+temp)
	cmd.Dir = p.dir
	output, input, err := os.Pipe()
	if err != nil {
		return "", err
	}
	cmd.Stderr = input
	p.child, err = child.Start(cmd)
	_ = input.Close()
	if err != nil {
		_ = output.Close()
		return "", err
	}
	return readAddress(output)
}

// readAddress finds the address of the remote control in the browser's output, of
// which the rest is read and dropped until the browser ends.
func readAddress(output *os.File) (string, error) {
	if err := output.SetReadDeadline(time.Now().Add(startLimit)); err != nil {
		return "", errors.Join(err, output.Close())
	}
	reader := bufio.NewReader(output)
	var text strings.Builder
	for {
		line, err := reader.ReadString('\n')
		text.WriteString(line)
		if err != nil {
			return "", errors.Join(fmt.Errorf("the browser did not start: %w\n%s", err, text.String()), output.Close())
		}
		if address, ok := strings.CutPrefix(line, devTools); ok {
			go func() {
				defer output.Close()
				_ = output.SetReadDeadline(time.Time{})
				_, _ = io.Copy(io.Discard, reader)
			}()
			return strings.TrimSpace(address), nil
		}
	}
}

// close ends the browser with all of its processes and removes its files.
func (p *process) close() error {
	p.cancel()
	if p.server != nil {
		p.server.CloseClientConnections()
		p.server.Close()
	}
	var err error
	if p.child != nil {
		p.child.Kill()
		err = killStragglers("HOME=" + filepath.Join(p.dir, "home"))
	}
	return errors.Join(err, os.RemoveAll(p.dir))
}
