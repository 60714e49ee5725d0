// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command identity is a call between two peers who prove to each other who they are.
// The identity provider is an OpenID provider that it runs on this machine; how it is
// spoken to is in package oidc, which would serve with any other. The caller insists on
// whom it calls; a camera that is meant for that peer alone (an isolated track) shows
// them its picture, and black to anybody else.
//
// What it needs beyond nativertc, a library for JSON Web Tokens, is why it is a module
// of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/signal"
	"strings"

	"github.com/nativertc/nativertc/examples/identity/oidc"
	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

const origin = "https://call.example"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, out io.Writer) error {
	provider, err := newServer()
	if err != nil {
		return err
	}
	defer provider.Close()
	alice, err := newUser("alice", provider)
	if err != nil {
		return err
	}
	bob, err := newUser("bob", provider)
	if err != nil {
		return err
	}

	caller, err := alice.connection(ctx, out, webrtc.Configuration{PeerIdentity: "bob@" + provider.domain()})
	if err != nil {
		return err
	}
	defer caller.Close()
	callee, err := bob.connection(ctx, out, webrtc.Configuration{})
	if err != nil {
		return err
	}
	defer callee.Close()

	camera, err := alice.api.NewVideoSource(webrtc.VideoSourceInit{PeerIdentity: "bob@" + provider.domain()})
	if err != nil {
		return err
	}
	defer camera.Close()
	track, err := camera.NewTrack("", "")
	if err != nil {
		return err
	}
	if _, err := caller.AddTrack(track); err != nil {
		return err
	}
	received := make(chan *webrtc.TrackRemote, 1)
	callee.OnTrack(func(t *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { received <- t })
	if err := signaling.Join(ctx, caller, callee); err != nil {
		return err
	}

	for _, end := range []struct {
		user string
		pc   *webrtc.PeerConnection
	}{{"alice", caller}, {"bob", callee}} {
		peer, err := end.pc.PeerIdentity(ctx)
		if err != nil {
			return err
		}
		user, _, _ := strings.Cut(peer.Name, "@")
		fmt.Fprintf(out, "%s talks to %s, says %s\n", end.user, user, domainName(peer.IdP, provider))
	}
	select {
	case t := <-received:
		fmt.Fprintf(out, "the picture is for bob's eyes only: isolated %t\n", t.Isolated())
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// domainName spares the reader the port of the day.
func domainName(domain string, s *server) string {
	if domain == s.domain() {
		return "the local provider"
	}
	return domain
}

// user is somebody with a browser of their own.
type user struct {
	name     string
	provider *server
	client   *http.Client
	api      *webrtc.API
}

func newUser(name string, provider *server) (*user, error) {
	cookies, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := *provider.Client()
	client.Jar = cookies
	providers := &webrtc.IdentityProviders{}
	providers.Register(provider.domain(), "", &oidc.Provider{
		Domain: provider.domain(), Client: &client, LoginURL: provider.URL + "/login",
	})
	var s webrtc.SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	s.SetIdentityProviders(providers)
	s.SetIdentityOrigin(origin)
	return &user{name, provider, &client, webrtc.NewAPI(webrtc.WithSettingEngine(s))}, nil
}

// connection makes a connection that proves the user's identity, logging in if need
// be.
func (u *user) connection(ctx context.Context, out io.Writer, configuration webrtc.Configuration) (*webrtc.PeerConnection, error) {
	pc, err := u.api.NewPeerConnection(configuration)
	if err != nil {
		return nil, err
	}
	if err := pc.SetIdentityProvider(u.provider.domain(), webrtc.IdentityProviderOptions{UsernameHint: u.name}); err != nil {
		return nil, errors.Join(err, pc.Close())
	}
	_, err = pc.GetIdentityAssertion(ctx)
	if page := pc.IdPLoginURL(); err != nil && page != nil {
		fmt.Fprintf(out, "%s logs in\n", u.name)
		if err = u.login(ctx, *page); err == nil {
			_, err = pc.GetIdentityAssertion(ctx)
		}
	}
	if err != nil {
		return nil, errors.Join(err, pc.Close())
	}
	return pc, nil
}

// login fills in the page that a browser would show.
func (u *user) login(ctx context.Context, page string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, page+"?user="+url.QueryEscape(u.name), nil)
	if err != nil {
		return err
	}
	response, err := u.client.Do(request)
	if err != nil {
		return err
	}
	return response.Body.Close()
}
