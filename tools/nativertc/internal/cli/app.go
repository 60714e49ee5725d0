// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// Exit codes of Main.
const (
	// ExitOK says that the command did what it was asked for.
	ExitOK = 0
	// ExitFailure says that it did not.
	ExitFailure = 1
	// ExitUsage says that the command line makes no sense.
	ExitUsage = 2
)

// App is a program of several commands.
type App struct {
	// Name is how the program is called, Summary says in one line what it is.
	Name, Summary string
	// Version is what "version" prints.
	Version string
	// Commands are listed in the help in this order.
	Commands []*Command
}

// Command is one subcommand.
type Command struct {
	// Name is the word that calls it, Summary says in one line what it does.
	Name, Summary string
	// Arguments shows what may follow the flags, such as "[FILE]"; without it no
	// arguments are taken.
	Arguments string
	// Description is shown by --help, in paragraphs that empty lines separate.
	Description string
	// Examples are shown by --help.
	Examples []Example
	// Flags defines the command's flags on fs and returns what runs the command with
	// them. It is called once for a run and once more for the help.
	Flags func(fs *flag.FlagSet) Run
}

// Example is a command line, without the program's name, and what it is good for.
type Example struct {
	Line, Comment string
}

// Run runs a command with the arguments that are no flags. Results go to
// env.Stdout, all else to env.Stderr. A context that has ended means that the user
// wants to stop: Run then closes what it opened and returns. An error made by
// Usagef becomes ExitUsage, any other ExitFailure.
type Run func(ctx context.Context, env Env, args []string) error

// Env is what a command may write to.
type Env struct {
	Stdout, Stderr io.Writer
}

// usageError is an error in the command line.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// Usagef returns an error about the command line.
func Usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// ErrSilent may be returned by a command that has said itself why it failed.
var ErrSilent = errors.New("failed")

// Main runs the program with the arguments (os.Args[1:]) and returns its exit
// code. ctx is what commands get; see Signals.
func (a *App) Main(ctx context.Context, args []string, env Env) int {
	err := a.dispatch(ctx, args, env)
	var usage *usageError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &usage):
		fmt.Fprintf(env.Stderr, "%s: %v\n", a.Name, err)
		return ExitUsage
	case errors.Is(err, ErrSilent):
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		fmt.Fprintf(env.Stderr, "%s: interrupted\n", a.Name)
	default:
		fmt.Fprintf(env.Stderr, "%s: %v\n", a.Name, err)
	}
	return ExitFailure
}

func (a *App) dispatch(ctx context.Context, args []string, env Env) error {
	if len(args) == 0 {
		a.help(env.Stderr)
		return Usagef("no command given")
	}
	name, rest := args[0], args[1:]
	switch name {
	case "-h", "-help", "--help":
		a.help(env.Stdout)
		return nil
	case "help":
		return a.helpCommand(rest, env)
	case "version", "-version", "--version":
		fmt.Fprintf(env.Stdout, "%s %s\n", a.Name, a.Version)
		return nil
	}
	c, err := a.find(name)
	if err != nil {
		return err
	}
	fs := flag.NewFlagSet(c.Name, flag.ContinueOnError)
	fs.SetOutput(io.Discard) // Errors and help are ours.
	run := c.Flags(fs)
	positional, err := parse(fs, rest)
	if errors.Is(err, flag.ErrHelp) {
		a.commandHelp(env.Stdout, c)
		return nil
	}
	if err == nil && c.Arguments == "" && len(positional) > 0 {
		err = fmt.Errorf("unexpected argument %q", positional[0])
	}
	if err == nil {
		err = run(ctx, env, positional)
		var usage *usageError
		if !errors.As(err, &usage) {
			return err
		}
	}
	return Usagef("%s: %v\nSee '%s %s --help'.", c.Name, err, a.Name, c.Name)
}

// parse parses flags that may stand before, between and behind the arguments.
// "--" ends the flags.
func parse(fs *flag.FlagSet, args []string) (positional []string, err error) {
	for {
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		rest := fs.Args()
		if len(rest) == 0 {
			return positional, nil
		}
		if consumed := len(args) - len(rest); consumed > 0 && args[consumed-1] == "--" {
			return append(positional, rest...), nil
		}
		positional, args = append(positional, rest[0]), rest[1:]
	}
}

func (a *App) find(name string) (*Command, error) {
	best, bestDistance := "", 3
	for _, c := range a.Commands {
		if c.Name == name {
			return c, nil
		}
		if d := distance(name, c.Name); d < bestDistance {
			best, bestDistance = c.Name, d
		}
	}
	hint := fmt.Sprintf("See '%s --help'.", a.Name)
	if best != "" {
		hint = fmt.Sprintf("Did you mean '%s'? %s", best, hint)
	}
	return nil, Usagef("unknown command %q\n%s", name, hint)
}

// distance returns how many letters have to be changed, added or taken away to
// turn one word into the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if !strings.EqualFold(a[i:i+1], b[j:j+1]) {
				cost++
			}
			diagonal, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
