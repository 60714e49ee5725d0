// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package suite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// script is a script of a page, in the order in which they run.
type script struct{ name, source string }

// element is an element of a page that a script may look for.
type element struct {
	name       string
	attributes map[string]string
	place      string // "head" or "body"
	text       string // that it begins with
}

// page is a test file, read.
type page struct {
	scripts  []script
	elements []element
}

// vendor are the scripts that the Web Platform Tests leave to those who run them.
var vendor = map[string]string{
	"/resources/testharnessreport.js": reportScript,
	"/resources/testdriver-vendor.js": driverScript,
}

// readPage reads a test: a page, or a script with comments that tell what else to
// load.
func readPage(root, name string) (*page, error) {
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		return nil, err
	}
	p := &page{}
	if strings.HasSuffix(name, ".js") {
		return p, p.addScriptTest(root, name, string(text))
	}
	document, err := html.Parse(strings.NewReader(string(text)))
	if err != nil {
		return nil, err
	}
	return p, p.walk(root, name, document, "head")
}

var metaScript = regexp.MustCompile("(?m)^// META: (script|timeout|title)=(.*)$")

func (p *page) addScriptTest(root, name, text string) error {
	for _, harness := range []string{"/resources/testharness.js", "/resources/testharnessreport.js"} {
		if err := p.load(root, name, harness); err != nil {
			return err
		}
	}
	for _, m := range metaScript.FindAllStringSubmatch(text, -1) {
		switch m[1] {
		case "script":
			if err := p.load(root, name, strings.TrimSpace(m[2])); err != nil {
				return err
			}
		case "timeout":
			p.elements = append(p.elements, element{"meta", map[string]string{"name": "timeout", "content": strings.TrimSpace(m[2])}, "head", ""})
		case "title":
			p.elements = append(p.elements, element{"title", map[string]string{}, "head", m[2]})
		}
	}
	p.scripts = append(p.scripts, script{name, text})
	return nil
}

func (p *page) walk(root, name string, n *html.Node, place string) error {
	if n.Type == html.ElementNode {
		attributes := map[string]string{}
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
		}
		switch n.Data {
		case "body":
			place = "body"
		case "html", "head":
		case "script":
			return p.addScript(root, name, n, attributes)
		default:
			text := ""
			if n.FirstChild != nil && n.FirstChild.Type == html.TextNode {
				text = n.FirstChild.Data
			}
			p.elements = append(p.elements, element{n.Data, attributes, place, text})
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := p.walk(root, name, c, place); err != nil {
			return err
		}
	}
	return nil
}

func (p *page) addScript(root, name string, n *html.Node, attributes map[string]string) error {
	if attributes["type"] == "module" {
		return fmt.Errorf("%s has a module", name)
	}
	if t := attributes["type"]; t != "" && !strings.Contains(t, "javascript") {
		return nil
	}
	if src, ok := attributes["src"]; ok {
		return p.load(root, name, src)
	}
	if n.FirstChild != nil {
		p.scripts = append(p.scripts, script{name, n.FirstChild.Data})
	}
	return nil
}

// load adds a script that a page names.
func (p *page) load(root, name, src string) error {
	if !strings.HasPrefix(src, "/") {
		src = path.Join("/", path.Dir(name), src)
	}
	if text, ok := vendor[src]; ok {
		p.scripts = append(p.scripts, script{src, text})
		return nil
	}
	text, err := os.ReadFile(filepath.Join(root, src))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // the page goes on without it
	}
	if err != nil {
		return err
	}
	p.scripts = append(p.scripts, script{src, string(text)})
	return nil
}

// reportScript hands the results over.
const reportScript = `
setup({output: false});
add_result_callback((t) => __result(t.name, t.status, t.message || ''));
add_completion_callback((tests, status) => __complete(status.status, status.message || ''));
`

// driverScript answers what a test asks of the browser's user: all is permitted.
const driverScript = `
Object.assign(window.test_driver_internal, {
  in_automation: true,
  set_permission: async () => {},
  click: async () => {},
  bless: async () => {},
});
`
