// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cli

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// lineWidth is the width that help is wrapped to.
const lineWidth = 80

// help writes the program's help.
func (a *App) help(w io.Writer) {
	fmt.Fprintf(w, "%s - %s\n\nUsage:\n  %s COMMAND [FLAGS] [ARGUMENTS]\n\nCommands:\n", a.Name, a.Summary, a.Name)
	width := len("version")
	for _, c := range a.Commands {
		width = max(width, len(c.Name))
	}
	for _, c := range a.Commands {
		fmt.Fprintf(w, "  %-*s  %s\n", width, c.Name, c.Summary)
	}
	fmt.Fprintf(w, "  %-*s  %s\n", width, "help", "show the help of a command")
	fmt.Fprintf(w, "  %-*s  %s\n", width, "version", "print the version")
	fmt.Fprintf(w, "\n'%s COMMAND --help' tells more about a command.\n"+
		"Exit status: 0 success, 1 failure, 2 wrong usage.\n", a.Name)
}

// helpCommand is the command "help".
func (a *App) helpCommand(args []string, env Env) error {
	switch len(args) {
	case 0:
		a.help(env.Stdout)
		return nil
	case 1:
		c, err := a.find(args[0])
		if err != nil {
			return err
		}
		a.commandHelp(env.Stdout, c)
		return nil
	}
	return Usagef("help: unexpected argument %q", args[1])
}

// commandHelp writes the help of one command.
func (a *App) commandHelp(w io.Writer, c *Command) {
	fs := flag.NewFlagSet(c.Name, flag.ContinueOnError)
	c.Flags(fs) // Fresh variables: the defaults, not what was parsed.
	var flags []*flag.Flag
	fs.VisitAll(func(f *flag.Flag) { flags = append(flags, f) })

	usage := a.Name + " " + c.Name
	if len(flags) > 0 {
		usage += " [FLAGS]"
	}
	if c.Arguments != "" {
		usage += " " + c.Arguments
	}
	fmt.Fprintf(w, "%s %s - %s\n\nUsage:\n  %s\n", a.Name, c.Name, c.Summary, usage)
	for paragraph := range strings.SplitSeq(strings.TrimSpace(c.Description), "\n\n") {
		if text := strings.Join(strings.Fields(paragraph), " "); text != "" {
			fmt.Fprintf(w, "\n%s\n", wrap(text, 0))
		}
	}
	if len(flags) > 0 {
		fmt.Fprint(w, "\nFlags:\n")
		for _, f := range flags {
			writeFlag(w, f)
		}
	}
	if len(c.Examples) > 0 {
		fmt.Fprint(w, "\nExamples:\n")
		for i, e := range c.Examples {
			if i > 0 {
				fmt.Fprintln(w)
			}
			if e.Comment != "" {
				fmt.Fprintf(w, "  # %s\n", e.Comment)
			}
			fmt.Fprintf(w, "  %s %s\n", a.Name, e.Line)
		}
	}
}

// writeFlag writes a flag, its kind of value, what it is for and its default.
func writeFlag(w io.Writer, f *flag.Flag) {
	value, text := flag.UnquoteUsage(f)
	name := "  --" + f.Name
	if value != "" {
		name += " " + strings.ToUpper(value)
	}
	switch f.DefValue {
	case "", "0", "false", "0s":
	default:
		text += fmt.Sprintf(" (default %s)", f.DefValue)
	}
	const indent = 26
	if utf8.RuneCountInString(name) > indent-2 {
		fmt.Fprintf(w, "%s\n%s%s\n", name, strings.Repeat(" ", indent), wrap(text, indent))
		return
	}
	fmt.Fprintf(w, "%-*s%s\n", indent, name, wrap(text, indent))
}

// wrap breaks text at spaces so that it ends before lineWidth where every line but
// the first begins with indent spaces, and the first stands behind that many.
func wrap(text string, indent int) string {
	var out strings.Builder
	column := indent
	for i, word := range strings.Fields(text) {
		length := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+length > lineWidth:
			out.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += length
	}
	return out.String()
}
