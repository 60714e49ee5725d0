// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package serve

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
)

// guard keeps pages of other sites from using the server through the browser of
// someone who can reach it. Requests that change something must come from the
// page itself. On a loopback address, where only programs on this machine get to,
// the name in the URL must be one of loopback too: any other was made to point
// here.
func guard(address net.Addr, next http.Handler) http.Handler {
	local := false
	if a, ok := address.(*net.TCPAddr); ok {
		local = a.IP.IsLoopback()
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if local && !loopbackHost(r.Host) {
			http.Error(w, "this server is for the machine it runs on", http.StatusMisdirectedRequest)
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" && r.Method != http.MethodGet && r.Method != http.MethodHead {
			if u, err := url.Parse(origin); err != nil || u.Host != r.Host {
				http.Error(w, "this request comes from another site", http.StatusForbidden)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// loopbackHost says whether a Host header names this machine.
func loopbackHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(trimBrackets(host))
	return err == nil && addr.IsLoopback()
}

// trimBrackets takes the brackets off an IPv6 address without a port.
func trimBrackets(host string) string {
	if n := len(host); n > 2 && host[0] == '[' && host[n-1] == ']' {
		return host[1 : n-1]
	}
	return host
}
