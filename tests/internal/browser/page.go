// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// callLimit bounds one evaluation, for pages that hang.
const callLimit = 90 * time.Second

// The page and its script: a peer, a video watcher and an audio watcher.
//
//go:embed page
var files embed.FS

func pages() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", serve("text/html; charset=utf-8", "page/page.html"))
	mux.HandleFunc("GET /page.js", serve("text/javascript; charset=utf-8", "page/page.js"))
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	return mux
}

func serve(kind, name string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		data, err := files.ReadFile(name)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(data)
	}
}

// A Page is a tab of the shared browser, closed at the end of its test.
type Page struct {
	t       testing.TB
	control context.Context

	// calls are the page's calls of Go functions, in order.
	calls *queue

	mu       sync.Mutex
	handlers map[string]func(argument json.RawMessage)
	reports  []string
	allowed  []string
	peers    int
}

// Open opens a page that has the harness's script.
func Open(t testing.TB) *Page {
	t.Helper()
	shared.once.Do(func() { shared.process, shared.err = start() })
	if shared.err != nil {
		t.Fatalf("starting the browser: %v", shared.err)
	}
	control, cancel, err := newTab(shared.process.control)
	if err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	p := &Page{t: t, control: control, calls: newQueue(), handlers: map[string]func(json.RawMessage){}}
	chromedp.ListenTarget(control, p.event)
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.serveCalls()
	}()
	t.Cleanup(func() {
		cancel()
		p.calls.close()
		<-done
		p.report()
	})
	err = chromedp.Run(control,
		runtime.AddBinding("goCallText"),
		chromedp.Navigate(shared.process.server.URL+"/"))
	if err != nil {
		t.Fatalf("opening a page: %v", err)
	}
	return p
}

// newTab opens a window in a browser context of its own. The returned function
// closes both.
func newTab(control context.Context) (context.Context, context.CancelFunc, error) {
	executor := cdp.WithExecutor(control, chromedp.FromContext(control).Browser)
	contextID, err := target.CreateBrowserContext().Do(executor)
	if err != nil {
		return nil, nil, err
	}
	// A fresh browser context has no window to put a tab into.
	targetID, err := target.CreateTarget("about:blank").WithBrowserContextID(contextID).WithNewWindow(true).Do(executor)
	if err != nil {
		return nil, nil, errors.Join(err, target.DisposeBrowserContext(contextID).Do(executor))
	}
	tab, cancel := chromedp.NewContext(control, chromedp.WithTargetID(targetID))
	return tab, func() {
		cancel()
		// Fails only where the browser is gone, and its windows with it.
		_ = target.DisposeBrowserContext(contextID).Do(executor)
	}, nil
}

// Eval runs the body of an async JavaScript function, in which args is the given
// value's JSON, and decodes what it returns into result, which may be nil. An
// exception comes back as an error.
func (p *Page) Eval(ctx context.Context, body string, args, result any) error {
	encoded, err := json.Marshal(args)
	if err != nil {
		return err
	}
	// The tab's context carries the connection; the caller's only ends the wait.
	control, cancel := context.WithTimeout(p.control, callLimit)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	// As text: undefined, NaN and the like have no form of their own here.
	expression := fmt.Sprintf("(async (args) => { %s\n})(%s).then((result) => JSON.stringify(result) ?? 'null')",
		body, encoded)
	var text string
	err = chromedp.Run(control, chromedp.Evaluate(expression, &text,
		func(params *runtime.EvaluateParams) *runtime.EvaluateParams { return params.WithAwaitPromise(true) }))
	if err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return fmt.Errorf("in the page: %w", err)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal([]byte(text), result)
}

// MustEval is Eval for what has to work: an error ends the test. It must be called
// from the test's own goroutine.
func (p *Page) MustEval(ctx context.Context, body string, args, result any) {
	p.t.Helper()
	if err := p.Eval(ctx, body, args, result); err != nil {
		p.t.Fatal(err)
	}
}

// Handle makes goCall(name, argument) in the page's script call a Go function with
// the argument's JSON. The functions of a page are called one after another, in
// the order of the page's calls.
func (p *Page) Handle(name string, handler func(argument json.RawMessage)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.handlers[name] = handler
}

// AllowError lets errors of the page whose text contains the given one pass.
func (p *Page) AllowError(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.allowed = append(p.allowed, text)
}

// Errors returns what the page has reported as errors so far.
func (p *Page) Errors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.reports...)
}

func (p *Page) report() {
	p.mu.Lock()
	defer p.mu.Unlock()
next:
	for _, text := range p.reports {
		for _, allowed := range p.allowed {
			if strings.Contains(text, allowed) {
				continue next
			}
		}
		p.t.Errorf("the page reported: %s", text)
	}
}

func (p *Page) fail(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reports = append(p.reports, fmt.Sprintf(format, args...))
}

// event runs on the protocol library's goroutine and must not wait.
func (p *Page) event(event any) {
	switch event := event.(type) {
	case *runtime.EventBindingCalled:
		p.calls.push(event.Payload)
	case *runtime.EventExceptionThrown:
		p.fail("exception: %v", event.ExceptionDetails)
	case *runtime.EventConsoleAPICalled:
		if event.Type == runtime.APITypeError || event.Type == runtime.APITypeAssert {
			var text []string
			for _, argument := range event.Args {
				if argument.Description != "" {
					text = append(text, argument.Description)
				} else {
					text = append(text, string(argument.Value))
				}
			}
			p.fail("console: %s", strings.Join(text, " "))
		}
	case *cdplog.EventEntryAdded:
		if event.Entry.Level == cdplog.LevelError {
			p.fail("log: %s %s", event.Entry.Text, event.Entry.URL)
		}
	}
}

func (p *Page) serveCalls() {
	for {
		payload, ok := p.calls.pop()
		if !ok {
			return
		}
		var call struct {
			Name     string
			Argument json.RawMessage
		}
		if err := json.Unmarshal([]byte(payload), &call); err != nil {
			p.fail("goCall: %v", err)
			continue
		}
		p.mu.Lock()
		handler := p.handlers[call.Name]
		p.mu.Unlock()
		if handler == nil {
			p.fail("goCall of %q, which nobody handles", call.Name)
			continue
		}
		handler(call.Argument)
	}
}
