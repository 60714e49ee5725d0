// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const testDomain = "idp.example"

// testIdP believes everything: its assertions are plain text. A test replaces what
// it wants to see fail.
type testIdP struct {
	generate func(ctx context.Context, contents, origin, hint string) (IdentityAssertionResult, error)
	validate func(ctx context.Context, assertion, origin string) (IdentityValidationResult, error)

	generated, validated atomic.Int32
}

type testAssertion struct{ Contents, Name, Origin string }

func (p *testIdP) GenerateAssertion(ctx context.Context, contents, origin, hint string) (IdentityAssertionResult, error) {
	p.generated.Add(1)
	if p.generate != nil {
		return p.generate(ctx, contents, origin, hint)
	}
	text, err := json.Marshal(testAssertion{contents, hint + "@" + testDomain, origin})
	return IdentityAssertionResult{IdP: IdentityProviderDetails{Domain: testDomain}, Assertion: string(text)}, err
}

func (p *testIdP) ValidateAssertion(ctx context.Context, assertion, origin string) (IdentityValidationResult, error) {
	p.validated.Add(1)
	if p.validate != nil {
		return p.validate(ctx, assertion, origin)
	}
	var a testAssertion
	err := json.Unmarshal([]byte(assertion), &a)
	return IdentityValidationResult{Identity: a.Name, Contents: a.Contents}, err
}

// identityAPI makes an API with the providers, and one of testDomain.
func identityAPI(idp IdentityProvider, options ...func(*SettingEngine)) (*API, *IdentityProviders) {
	providers := &IdentityProviders{}
	if idp != nil {
		providers.Register(testDomain, "", idp)
	}
	return loopbackAPI(append(options, func(s *SettingEngine) {
		s.SetIdentityProviders(providers)
		s.SetIdentityOrigin("https://app.example")
	})...), providers
}

func hint(name string) IdentityProviderOptions { return IdentityProviderOptions{UsernameHint: name} }

func identityContext(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// requireDetail requires an RTCError with a detail.
func requireDetail(t testing.TB, detail ErrorDetail, err error) *RTCError {
	t.Helper()
	var e *RTCError
	require.ErrorAs(t, err, &e)
	require.Equal(t, detail.String(), e.ErrorDetail.String(), "%v", err)
	return e
}

// signedOffer makes an offer of a new connection whose user is name.
func signedOffer(t testing.TB, api *API, name string) (*PeerConnection, SessionDescription) {
	t.Helper()
	pc, err := api.NewPeerConnection(Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pc.GracefulClose() })
	if name != "" {
		require.NoError(t, pc.SetIdentityProvider(testDomain, hint(name)))
	}
	_, err = pc.CreateDataChannel("data", nil)
	require.NoError(t, err)
	offer, err := pc.CreateOffer(nil)
	require.NoError(t, err)
	return pc, offer
}

func TestIdentity_OfOnePeerIsKnownToTheOther(t *testing.T) {
	idp := &testIdP{}
	var contents, origins atomic.Value
	idp.generate = func(ctx context.Context, c, origin, user string) (IdentityAssertionResult, error) {
		contents.Store(c)
		return (&testIdP{}).GenerateAssertion(ctx, c, origin, user)
	}
	idp.validate = func(ctx context.Context, assertion, origin string) (IdentityValidationResult, error) {
		origins.Store(origin)
		return (&testIdP{}).ValidateAssertion(ctx, assertion, origin)
	}
	api, _ := identityAPI(idp)
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.NoError(t, a.SetIdentityProvider(testDomain, hint("alice")))
	require.NoError(t, b.SetIdentityProvider(testDomain, hint("bob")))
	assert.Zero(t, idp.generated.Load(), "nothing is asked before an assertion is needed")
	channelPair(t, a, b, nil)

	for _, want := range []struct {
		pc   *PeerConnection
		peer string
	}{{a, "bob"}, {b, "alice"}} {
		identity, err := want.pc.PeerIdentity(identityContext(t))
		require.NoError(t, err)
		assert.Equal(t, NewIdentityAssertion(testDomain, want.peer+"@"+testDomain), identity)
		assert.Nil(t, want.pc.GetConfiguration().Certificates, "the configuration has none")
		for _, d := range []*SessionDescription{
			want.pc.LocalDescription(), want.pc.CurrentLocalDescription(),
			want.pc.RemoteDescription(), want.pc.CurrentRemoteDescription(),
		} {
			assert.Len(t, sessionValues(d.SDP, identityPrefix), 1)
			assert.Equal(t, 1, strings.Count(d.SDP, "a=identity:"))
		}
	}
	assert.Equal(t, sessionValues(a.LocalDescription().SDP, identityPrefix), sessionValues(b.RemoteDescription().SDP, identityPrefix))
	assert.Equal(t, sessionValues(b.LocalDescription().SDP, identityPrefix), sessionValues(a.RemoteDescription().SDP, identityPrefix))

	// What is asserted is the answerer's certificate, of the last call.
	var covered identityContents
	require.NoError(t, json.Unmarshal([]byte(contents.Load().(string)), &covered))
	assert.Equal(t, fingerprintsOf(b.LocalDescription().SDP), covered.Fingerprint)
	assert.Equal(t, "https://app.example", origins.Load())
	assert.EqualValues(t, 2, idp.generated.Load())
	assert.EqualValues(t, 2, idp.validated.Load())
}

func TestIdentity_SetLocalDescriptionWithoutArgumentCarriesTheAssertion(t *testing.T) {
	api, _ := identityAPI(&testIdP{})
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.NoError(t, a.SetIdentityProvider(testDomain, hint("alice")))
	require.NoError(t, b.SetIdentityProvider(testDomain, hint("bob")))
	_, err := a.CreateDataChannel("data", nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(SessionDescription{}))
	assert.Len(t, sessionValues(a.PendingLocalDescription().SDP, identityPrefix), 1)
	require.NoError(t, b.SetRemoteDescription(*a.LocalDescription()))
	require.NoError(t, b.SetLocalDescription(SessionDescription{}))
	require.NoError(t, a.SetRemoteDescription(*b.LocalDescription()))
	identity, err := a.PeerIdentity(identityContext(t))
	require.NoError(t, err)
	assert.Equal(t, "bob@"+testDomain, identity.Name)
}

func TestIdentity_AssertionIsKeptUntilTheProviderChanges(t *testing.T) {
	idp := &testIdP{}
	api, _ := identityAPI(idp)
	pc, _ := newPairOf(t, api, api, Configuration{}, Configuration{})
	_, err := pc.GetIdentityAssertion(t.Context())
	requireError(t, invalidStateError, err) // no provider
	require.NoError(t, pc.SetIdentityProvider(testDomain, hint("alice")))
	_, err = pc.CreateDataChannel("data", nil)
	require.NoError(t, err)

	asserted, err := pc.GetIdentityAssertion(t.Context())
	require.NoError(t, err)
	decoded, err := decodeAssertion(asserted)
	require.NoError(t, err)
	assert.Equal(t, IdentityProviderDetails{testDomain, "default"}, decoded.IdP)
	offer, err := pc.CreateOffer(nil)
	require.NoError(t, err)
	assert.Equal(t, []string{asserted}, sessionValues(offer.SDP, identityPrefix))
	require.NoError(t, pc.SetIdentityProvider(strings.ToUpper(testDomain), IdentityProviderOptions{"default", "alice"}))
	again, err := pc.GetIdentityAssertion(t.Context())
	require.NoError(t, err)
	assert.Equal(t, asserted, again)
	assert.EqualValues(t, 1, idp.generated.Load(), "the same provider and user")

	require.NoError(t, pc.SetIdentityProvider(testDomain, hint("mallory")))
	other, err := pc.GetIdentityAssertion(t.Context())
	require.NoError(t, err)
	assert.NotEqual(t, asserted, other)
	assert.EqualValues(t, 2, idp.generated.Load())

	requireError(t, typeError, pc.SetIdentityProvider(""))
	requireError(t, typeError, pc.SetIdentityProvider(testDomain, hint("a"), hint("b")))
	require.NoError(t, pc.Close())
	requireError(t, invalidStateError, pc.SetIdentityProvider(testDomain))
	_, err = pc.GetIdentityAssertion(t.Context())
	require.ErrorIs(t, err, ErrConnectionClosed)
}

func TestIdentity_OneAssertionServesConcurrentCalls(t *testing.T) {
	idp := &testIdP{}
	release := make(chan struct{})
	idp.generate = func(ctx context.Context, contents, origin, user string) (IdentityAssertionResult, error) {
		<-release
		return (&testIdP{}).GenerateAssertion(ctx, contents, origin, user)
	}
	api, _ := identityAPI(idp)
	pc, _ := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.NoError(t, pc.SetIdentityProvider(testDomain, hint("alice")))
	var all sync.WaitGroup
	for range 4 {
		all.Add(1)
		go func() {
			defer all.Done()
			_, err := pc.GetIdentityAssertion(identityContext(t))
			assert.NoError(t, err)
		}()
	}
	eventually(t, func() bool { return idp.generated.Load() == 1 }, "the provider is asked")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := pc.GetIdentityAssertion(ctx)
	require.ErrorIs(t, err, context.Canceled, "while another waits for the provider")
	close(release)
	all.Wait()
	assert.EqualValues(t, 1, idp.generated.Load())
}

// failing is an identity provider, or its script, that does not work.
var failing = []struct {
	name   string
	detail ErrorDetail
	add    func(*IdentityProviders)
}{
	{"unknown", ErrorDetailIdPLoadFailure, func(*IdentityProviders) {}},
	{"not registered", ErrorDetailIdPBadScriptFailure, func(p *IdentityProviders) {
		p.Add(testDomain, "", func(context.Context, *IdentityProviderGlobalScope) error { return nil })
	}},
	{"not loaded", ErrorDetailIdPLoadFailure, func(p *IdentityProviders) {
		p.Add(testDomain, "", func(context.Context, *IdentityProviderGlobalScope) error {
			return &IdPError{ErrorDetail: ErrorDetailIdPLoadFailure, HTTPRequestStatusCode: 404}
		})
	}},
	{"script fails", ErrorDetailIdPLoadFailure, func(p *IdentityProviders) {
		p.Add(testDomain, "", func(context.Context, *IdentityProviderGlobalScope) error { return errors.New("oops") })
	}},
	{"script throws", ErrorDetailIdPExecutionFailure, func(p *IdentityProviders) {
		p.Add(testDomain, "", func(context.Context, *IdentityProviderGlobalScope) error {
			return &IdPError{ErrorDetail: ErrorDetailIdPExecutionFailure}
		})
	}},
	{"tls", ErrorDetailIdPTLSFailure, func(p *IdentityProviders) {
		p.Register(testDomain, "", failingIdP(&IdPError{ErrorDetail: ErrorDetailIdPTLSFailure}))
	}},
	{"expired", ErrorDetailIdPTokenExpired, func(p *IdentityProviders) {
		p.Register(testDomain, "", failingIdP(&IdPError{ErrorDetail: ErrorDetailIdPTokenExpired}))
	}},
	{"plain error", ErrorDetailIdPExecutionFailure, func(p *IdentityProviders) {
		p.Register(testDomain, "", failingIdP(errors.New("oops")))
	}},
	{"a detail that is not the provider's", ErrorDetailIdPExecutionFailure, func(p *IdentityProviders) {
		p.Register(testDomain, "", failingIdP(&IdPError{ErrorDetail: ErrorDetailDTLSFailure}))
	}},
	{"login", ErrorDetailIdPNeedLogin, func(p *IdentityProviders) {
		p.Register(testDomain, "", failingIdP(&IdPError{LoginURL: "https://idp.example/login", Info: "who are you?"}))
	}},
	{"names no provider", ErrorDetailIdPExecutionFailure, func(p *IdentityProviders) {
		p.Register(testDomain, "", &testIdP{
			generate: func(context.Context, string, string, string) (IdentityAssertionResult, error) {
				return IdentityAssertionResult{Assertion: "x"}, nil
			},
			validate: failingIdP(errors.New("oops")).validate,
		})
	}},
}

func failingIdP(err error) *testIdP {
	return &testIdP{
		generate: func(context.Context, string, string, string) (IdentityAssertionResult, error) {
			return IdentityAssertionResult{}, err
		},
		validate: func(context.Context, string, string) (IdentityValidationResult, error) {
			return IdentityValidationResult{}, err
		},
	}
}

func TestIdentity_FailuresToGenerate(t *testing.T) {
	for _, c := range failing {
		t.Run(c.name, func(t *testing.T) {
			api, providers := identityAPI(nil)
			c.add(providers)
			pc, peer := newPairOf(t, api, api, Configuration{}, Configuration{})
			require.NoError(t, pc.SetIdentityProvider(testDomain, hint("alice")))
			_, err := pc.GetIdentityAssertion(t.Context())
			requireError(t, operationError, err)
			e := requireDetail(t, c.detail, err)
			if c.name == "not loaded" {
				assert.Equal(t, ptr(404), e.HTTPRequestStatusCode)
			}
			if c.detail == ErrorDetailIdPNeedLogin {
				assert.Equal(t, ptr("https://idp.example/login"), pc.IdPLoginURL())
				assert.Equal(t, ptr("who are you?"), pc.IdPErrorInfo())
			} else {
				assert.Nil(t, pc.IdPLoginURL())
			}

			_, err = pc.CreateDataChannel("data", nil)
			require.NoError(t, err)
			_, err = pc.CreateOffer(nil)
			requireError(t, notReadableError, err)
			requireDetail(t, c.detail, err)
			requireError(t, notReadableError, pc.SetLocalDescription(SessionDescription{}))
			_, offer := signedOffer(t, api, "")
			require.NoError(t, peer.SetRemoteDescription(offer))
			require.NoError(t, peer.SetIdentityProvider(testDomain))
			_, err = peer.CreateAnswer(nil)
			requireError(t, notReadableError, err)

			// Once it works, the traces of the failure are gone.
			providers.Register(testDomain, "", &testIdP{})
			_, err = pc.CreateOffer(nil)
			require.NoError(t, err)
			assert.Nil(t, pc.IdPLoginURL())
			assert.Nil(t, pc.IdPErrorInfo())
		})
	}
}

func TestIdentity_ProviderThatTakesTooLong(t *testing.T) {
	never := func(ctx context.Context) error {
		<-ctx.Done()
		<-t.Context().Done() // ignores its context
		return ctx.Err()
	}
	idp := &testIdP{
		generate: func(ctx context.Context, _, _, _ string) (IdentityAssertionResult, error) {
			return IdentityAssertionResult{}, never(ctx)
		},
		validate: func(ctx context.Context, _, _ string) (IdentityValidationResult, error) {
			return IdentityValidationResult{}, never(ctx)
		},
	}
	var s SettingEngine
	requireError(t, rangeError, s.SetIdentityTimeout(-1))
	api, _ := identityAPI(idp, func(s *SettingEngine) { require.NoError(t, s.SetIdentityTimeout(20*time.Millisecond)) })
	pc, peer := newPairOf(t, api, api, Configuration{}, Configuration{PeerIdentity: "alice@" + testDomain})
	require.NoError(t, pc.SetIdentityProvider(testDomain))
	_, err := pc.GetIdentityAssertion(t.Context())
	requireDetail(t, ErrorDetailIdPTimeout, err)

	working, _ := identityAPI(&testIdP{})
	_, offer := signedOffer(t, working, "alice")
	requireDetail(t, ErrorDetailIdPTimeout, peer.SetRemoteDescription(offer))
}

func TestIdentity_CloseEndsWhatIsUnderWay(t *testing.T) {
	asked := make(chan struct{}, 2)
	idp := &testIdP{
		generate: func(ctx context.Context, _, _, _ string) (IdentityAssertionResult, error) {
			asked <- struct{}{}
			<-ctx.Done()
			return IdentityAssertionResult{}, ctx.Err()
		},
		validate: func(ctx context.Context, _, _ string) (IdentityValidationResult, error) {
			asked <- struct{}{}
			<-ctx.Done()
			return IdentityValidationResult{}, ctx.Err()
		},
	}
	api, _ := identityAPI(idp)
	pc, peer := newPairOf(t, api, api, Configuration{}, Configuration{PeerIdentity: "alice@" + testDomain})
	require.NoError(t, pc.SetIdentityProvider(testDomain))
	working, _ := identityAPI(&testIdP{})
	_, offer := signedOffer(t, working, "alice")
	results := make(chan error, 4)
	go func() {
		_, err := pc.GetIdentityAssertion(context.Background())
		results <- err
	}()
	go func() { results <- peer.SetRemoteDescription(offer) }()
	go func() {
		_, err := peer.PeerIdentity(context.Background())
		results <- err
	}()
	<-asked
	<-asked
	_, err := pc.CreateDataChannel("data", nil)
	require.NoError(t, err)
	go func() {
		_, err := pc.CreateOffer(nil) // waits for GetIdentityAssertion
		results <- err
	}()
	require.NoError(t, pc.Close())
	require.NoError(t, peer.Close())
	for range 4 {
		require.ErrorIs(t, receive(t, results, "the end of an operation"), ErrConnectionClosed)
	}
	_, err = peer.PeerIdentity(context.Background())
	require.ErrorIs(t, err, ErrConnectionClosed)

	never, _ := newPairOf(t, api, api, Configuration{}, Configuration{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = never.PeerIdentity(ctx)
	require.ErrorIs(t, err, context.Canceled)
}
