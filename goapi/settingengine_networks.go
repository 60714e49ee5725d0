// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"net"
	"slices"
)

// allowedNetworks evaluates the filters over the interfaces that there are now:
// a list of "interface/address", as libwebrtc spells addresses. An interface
// that cannot be asked is left out.
func (e *SettingEngine) allowedNetworks() []string {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil
	}
	var allowed []string
	for _, i := range interfaces {
		if e.interfaceFilter != nil && !e.interfaceFilter(i.Name) {
			continue
		}
		addresses, err := i.Addrs()
		if err != nil {
			continue
		}
		for _, a := range addresses {
			if ip, ok := a.(*net.IPNet); ok && e.allowsIP(ip.IP) {
				allowed = append(allowed, i.Name+"/"+ip.IP.String())
			}
		}
	}
	return allowed
}

func (e *SettingEngine) allowsIP(ip net.IP) bool {
	if len(e.networkTypes) > 0 {
		family := NetworkType.isIPv6
		if ip.To4() != nil {
			family = NetworkType.isIPv4
		}
		if !slices.ContainsFunc(e.networkTypes, family) {
			return false
		}
	}
	return e.ipFilter == nil || e.ipFilter(ip)
}
