// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command testcount reads what `go test -json` writes and prints it as a reader
// wants it: the line of each package as go test itself prints it, the output of
// what failed in full, and of what passed only the lines that tests logged as
// figures (those that begin with "figure:").
//
//	go test -json ./... | testcount -stage unit -record build/test.jsonl
//	testcount -summary build/test.jsonl -failed lint
//
// With -record it adds the counts of this run to a file, one JSON object a line.
// With -summary it prints the package lines of every recorded run again, and as the
// very last line the sum, in the form "N passed, N failed". A run in which no test
// ran at all counts as failed: a pattern that matches nothing proves nothing.
//
// Exit status: 0 if no test failed, 1 if any did, 2 if the input cannot be used.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	var (
		stage   = flag.String("stage", "test", "`name` of the run that is read from standard input")
		record  = flag.String("record", "", "add the counts to this `file`")
		summary = flag.String("summary", "", "print the sum of the runs recorded in this `file` instead of reading a run")
		failed  = flag.String("failed", "", "with -summary: the `name` of a stage that failed, counted as one failure if it recorded none")
	)
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), "usage: go test -json ... | testcount [-stage name] [-record file]\n       testcount -summary file [-failed name]\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 0 {
		flag.Usage()
		os.Exit(2)
	}

	ok, err := false, error(nil)
	if *summary != "" {
		ok, err = summarize(os.Stdout, *summary, *failed)
	} else {
		ok, err = count(*stage, *record)
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "testcount:", err)
		os.Exit(2)
	case !ok:
		os.Exit(1)
	}
}

// count reads one run from standard input, prints it and records it.
func count(stage, record string) (ok bool, err error) {
	r, err := readRun(stage, os.Stdin, os.Stdout)
	if err != nil {
		return false, err
	}
	if record != "" {
		if err := appendRun(record, r); err != nil {
			return false, err
		}
	}
	return r.Failed == 0, nil
}
