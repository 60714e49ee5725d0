package main

import "github.com/nativertc/nativertc/tools/nativertc/internal/cli"
import "flag"

func serveCommand() *cli.Command {
	return &cli.Command{Name: "serve", Flags: func(*flag.FlagSet) cli.Run { return nil }}
}
func probeCommand() *cli.Command {
	return &cli.Command{Name: "probe", Flags: func(*flag.FlagSet) cli.Run { return nil }}
}
