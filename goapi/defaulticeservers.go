// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "slices"

// SetDefaultICEServers sets what DefaultICEServers of the API returns: the STUN
// and TURN servers that the host recommends. No connection uses them by itself.
// The default is none. servers is copied.
func (e *SettingEngine) SetDefaultICEServers(servers []ICEServer) {
	e.defaultICEServers = cloneICEServers(servers)
}

// DefaultICEServers returns the servers of the default API: none. See the method
// of API.
//
// https://www.w3.org/standards/history/webrtc/
func DefaultICEServers() []ICEServer { return defaultAPI.DefaultICEServers() }

// DefaultICEServers returns a copy of the servers that were set by
// SettingEngine.SetDefaultICEServers, for an application to use in its
// Configuration or not. It is the static attribute defaultIceServers of the
// drafts of the specification: a browser lists there what its user or
// administrator has configured.
//
// https://www.w3.org/standards/history/webrtc/
func (a *API) DefaultICEServers() []ICEServer {
	return cloneICEServers(a.settings.defaultICEServers)
}

func cloneICEServers(servers []ICEServer) []ICEServer {
	servers = slices.Clone(servers)
	for i := range servers {
		servers[i].URLs = slices.Clone(servers[i].URLs)
	}
	return servers
}
