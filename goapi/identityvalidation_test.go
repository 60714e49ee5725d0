// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// withIdentity replaces the assertion of a description.
func withIdentity(d SessionDescription, value string) SessionDescription {
	var kept []string
	for line := range strings.Lines(d.SDP) {
		if !strings.HasPrefix(line, identityPrefix) {
			kept = append(kept, line)
		}
	}
	d.SDP = strings.Join(kept, "")
	if value != "" {
		d.SDP = withExtraLines(d.SDP, []string{identityPrefix + value})
	}
	return d
}

// asserted is an assertion of testDomain's, as it stands in a description.
func asserted(t testing.TB, name string, contents string) string {
	t.Helper()
	text, err := json.Marshal(testAssertion{Contents: contents, Name: name})
	require.NoError(t, err)
	value, err := encodeAssertion(IdentityAssertionResult{IdentityProviderDetails{testDomain, ""}, string(text)})
	require.NoError(t, err)
	return value
}

func contentsOf(t testing.TB, fingerprints ...identityFingerprint) string {
	t.Helper()
	text, err := json.Marshal(identityContents{fingerprints})
	require.NoError(t, err)
	return string(text)
}

func TestIdentity_AssertionsThatDoNotHold(t *testing.T) {
	api, providers := identityAPI(&testIdP{})
	for _, c := range failing {
		if c.name != "unknown" && c.name != "names no provider" {
			domain := strings.ReplaceAll(c.name, " ", "-") + ".example"
			own := &IdentityProviders{}
			c.add(own)
			providers.Add(domain, "", own.scripts[IdentityProviderDetails{testDomain, "default"}])
		}
	}
	_, offer := signedOffer(t, api, "")
	fingerprints := fingerprintsOf(offer.SDP)
	require.NotEmpty(t, fingerprints)
	good := contentsOf(t, fingerprints...)
	of := func(domain string) string {
		value, err := encodeAssertion(IdentityAssertionResult{IdentityProviderDetails{domain, ""}, "{}"})
		require.NoError(t, err)
		return value
	}
	raw := func(json string) string { return base64.StdEncoding.EncodeToString([]byte(json)) }
	second := strings.Replace(offer.SDP, "a=fingerprint:", "a=fingerprint:sha-256 00:11\r\na=fingerprint:", 1)
	for _, c := range []struct {
		name   string
		offer  SessionDescription
		detail ErrorDetail
	}{
		{"another certificate", withIdentity(offer, asserted(t, "alice@"+testDomain, contentsOf(t, identityFingerprint{"sha-256", "AA:BB"}))), ErrorDetailIdPTokenInvalid},
		{"another algorithm", withIdentity(offer, asserted(t, "alice@"+testDomain, contentsOf(t, identityFingerprint{"sha-1", fingerprints[0].Digest}))), ErrorDetailIdPTokenInvalid},
		{"one certificate of two", withIdentity(SessionDescription{SDPTypeOffer, second}, asserted(t, "alice@"+testDomain, good)), ErrorDetailIdPTokenInvalid},
		{"no contents", withIdentity(offer, asserted(t, "alice@"+testDomain, "")), ErrorDetailIdPTokenInvalid},
		{"another domain", withIdentity(offer, asserted(t, "alice@elsewhere.example", good)), ErrorDetailIdPTokenInvalid},
		{"no domain", withIdentity(offer, asserted(t, "alice", good)), ErrorDetailIdPTokenInvalid},
		{"no user", withIdentity(offer, asserted(t, "@"+testDomain, good)), ErrorDetailIdPTokenInvalid},
		{"not base64", withIdentity(offer, "?"), ErrorDetailIdPTokenInvalid},
		{"not JSON", withIdentity(offer, raw("nonsense")), ErrorDetailIdPTokenInvalid},
		{"no provider", withIdentity(offer, raw(`{"assertion":"x"}`)), ErrorDetailIdPTokenInvalid},
		{"no assertion", withIdentity(offer, raw(`{"idp":{"domain":"idp.example"}}`)), ErrorDetailIdPTokenInvalid},
		{"two", withIdentity(offer, asserted(t, "alice@"+testDomain, good)+"\r\n"+identityPrefix+asserted(t, "bob@"+testDomain, good)), ErrorDetailIdPTokenInvalid},
		{"unknown provider", withIdentity(offer, of("nowhere.example")), ErrorDetailIdPLoadFailure},
		{"not registered", withIdentity(offer, of("not-registered.example")), ErrorDetailIdPBadScriptFailure},
		{"not loaded", withIdentity(offer, of("not-loaded.example")), ErrorDetailIdPLoadFailure},
		{"tls", withIdentity(offer, of("tls.example")), ErrorDetailIdPTLSFailure},
		{"expired", withIdentity(offer, of("expired.example")), ErrorDetailIdPTokenExpired},
		{"login", withIdentity(offer, of("login.example")), ErrorDetailIdPNeedLogin},
		{"plain error", withIdentity(offer, of("plain-error.example")), ErrorDetailIdPExecutionFailure},
	} {
		t.Run(c.name, func(t *testing.T) {
			pc, strict := newPairOf(t, api, api, Configuration{}, Configuration{PeerIdentity: "alice@" + testDomain})
			// Without a target the description is applied all the same.
			rejected := make(chan error, 1)
			go func() {
				_, err := pc.PeerIdentity(context.Background())
				rejected <- err
			}()
			eventually(t, func() bool {
				pc.identity.mu.Lock()
				defer pc.identity.mu.Unlock()
				return pc.identity.promise != nil
			}, "PeerIdentity waits")
			require.NoError(t, pc.SetRemoteDescription(c.offer))
			err := receive(t, rejected, "the end of PeerIdentity")
			requireError(t, operationError, err)
			requireDetail(t, c.detail, err)
			assert.Equal(t, SignalingStateHaveRemoteOffer, pc.SignalingState())
			// Another description may do better.
			require.NoError(t, pc.SetRemoteDescription(withIdentity(offer, asserted(t, "alice@"+testDomain, good))))
			identity, err := pc.PeerIdentity(identityContext(t))
			require.NoError(t, err)
			assert.Equal(t, "alice@"+testDomain, identity.Name)

			// With one, it is not applied.
			err = strict.SetRemoteDescription(c.offer)
			requireError(t, operationError, err)
			requireDetail(t, c.detail, err)
			assert.Nil(t, strict.RemoteDescription())
			_, err = strict.PeerIdentity(identityContext(t))
			requireDetail(t, c.detail, err)
		})
	}
}

func TestIdentity_DomainsOfIdentities(t *testing.T) {
	for _, c := range []struct {
		identity, domain string
		ok               bool
	}{
		{"alice@example.com", "example.com", true},
		{"alice@Example.COM", "example.com", true},
		{"alice@home@example.com", "example.com", true},
		{"alice@example.com", "example.com:8443", true},
		{"alice@example.com:8443", "example.com:8443", true},
		{"alice@example.com:8443", "example.com", false},
		{"alice@evil.example.com", "example.com", false},
		{"alice@example.com.evil", "example.com", false},
		{"example.com", "example.com", false},
		{"@example.com", "example.com", false},
		{"", "example.com", false},
	} {
		assert.Equal(t, c.ok, identityOfDomain(c.identity, c.domain), "%v", c)
	}
	assert.True(t, sameIdentity("a@B.c", "a@b.C"))
	assert.False(t, sameIdentity("A@b.c", "a@b.c"))
	assert.False(t, sameIdentity("abc", "abc"))
}

func TestIdentity_TargetOfTheConfiguration(t *testing.T) {
	api, _ := identityAPI(&testIdP{})
	target := Configuration{PeerIdentity: "alice@" + testDomain}
	a, b := newPairOf(t, api, api, Configuration{}, target)
	require.NoError(t, a.SetIdentityProvider(testDomain, hint("alice")))
	channelPair(t, a, b, nil)
	identity, err := b.PeerIdentity(t.Context())
	require.NoError(t, err, "it was validated before the description was applied")
	assert.Equal(t, target.PeerIdentity, identity.Name)

	// Somebody else.
	_, strict := newPairOf(t, api, api, Configuration{}, target)
	_, offer := signedOffer(t, api, "mallory")
	err = strict.SetRemoteDescription(offer)
	requireError(t, operationError, err)
	assert.Equal(t, SignalingStateClosed, strict.SignalingState())
	_, err = strict.PeerIdentity(t.Context())
	requireError(t, operationError, err)

	// Nobody at all.
	_, strict = newPairOf(t, api, api, Configuration{}, target)
	_, offer = signedOffer(t, api, "")
	requireDetail(t, ErrorDetailIdPTokenInvalid, strict.SetRemoteDescription(offer))
	assert.Nil(t, strict.RemoteDescription())
	// A rollback has no identity.
	requireError(t, invalidStateError, strict.SetRemoteDescription(SessionDescription{Type: SDPTypeRollback}))

	// The target cannot change.
	requireError(t, invalidModificationError, strict.SetConfiguration(Configuration{PeerIdentity: "bob@" + testDomain}))
	require.NoError(t, strict.SetConfiguration(target))
	require.NoError(t, strict.SetConfiguration(Configuration{}))
	assert.Equal(t, target.PeerIdentity, strict.GetConfiguration().PeerIdentity)
}

func TestIdentity_OnceKnownNeverChanges(t *testing.T) {
	idp := &testIdP{}
	api, _ := identityAPI(idp)
	alice := "alice@" + testDomain
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.NoError(t, a.SetIdentityProvider(testDomain, hint("alice")))
	channelPair(t, a, b, nil)
	_, err := b.PeerIdentity(identityContext(t))
	require.NoError(t, err)
	requireError(t, invalidModificationError, b.SetConfiguration(Configuration{PeerIdentity: "bob@" + testDomain}))
	require.NoError(t, b.SetConfiguration(Configuration{PeerIdentity: alice}))

	// The same again.
	negotiate(t, a, b)
	// The same certificate without an assertion.
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, b.SetRemoteDescription(withIdentity(offer, "")))
	require.NoError(t, b.SetRemoteDescription(SessionDescription{Type: SDPTypeRollback}))
	// Another certificate without one.
	_, strange := signedOffer(t, api, "")
	requireDetail(t, ErrorDetailIdPTokenInvalid, b.SetRemoteDescription(strange))
	assert.Equal(t, SignalingStateStable, b.SignalingState())
	// An assertion that does not hold, for another certificate or the same.
	requireDetail(t, ErrorDetailIdPTokenInvalid, b.SetRemoteDescription(withIdentity(offer, "?")))
	requireDetail(t, ErrorDetailIdPTokenInvalid, b.SetRemoteDescription(withIdentity(strange, sessionValues(offer.SDP, identityPrefix)[0])))
	identity, err := b.PeerIdentity(t.Context())
	require.NoError(t, err)
	assert.Equal(t, NewIdentityAssertion(testDomain, alice), identity)

	// Somebody else.
	require.NoError(t, a.SetIdentityProvider(testDomain, hint("mallory")))
	offer, err = a.CreateOffer(nil)
	require.NoError(t, err)
	requireError(t, invalidModificationError, b.SetRemoteDescription(offer))
	assert.Equal(t, SignalingStateClosed, b.SignalingState())
	identity, err = b.PeerIdentity(t.Context())
	require.NoError(t, err)
	assert.Equal(t, NewIdentityAssertion(testDomain, alice), identity)
}

func TestIdentity_OneValidationAtATime(t *testing.T) {
	begun, release := make(chan string, 10), make(chan struct{})
	idp := &testIdP{}
	idp.validate = func(ctx context.Context, assertion, origin string) (IdentityValidationResult, error) {
		result, err := (&testIdP{}).ValidateAssertion(ctx, assertion, origin)
		begun <- result.Identity
		<-release
		return result, err
	}
	api, _ := identityAPI(idp)
	_, pc := newPairOf(t, api, api, Configuration{}, Configuration{})
	_, alice := signedOffer(t, api, "alice")
	_, mallory := signedOffer(t, api, "mallory")
	// Neither waits for its validation.
	require.NoError(t, pc.SetRemoteDescription(alice))
	assert.Equal(t, "alice@"+testDomain, receive(t, begun, "a validation"))
	require.NoError(t, pc.SetRemoteDescription(mallory))
	assert.EqualValues(t, 1, idp.validated.Load())
	select {
	case name := <-begun:
		require.Fail(t, "two validations at a time", name)
	default:
	}
	release <- struct{}{}
	identity, err := pc.PeerIdentity(identityContext(t))
	require.NoError(t, err)
	assert.Equal(t, "alice@"+testDomain, identity.Name)
	// The other description is in force by now, and is somebody else's.
	assert.Equal(t, "mallory@"+testDomain, receive(t, begun, "the second validation"))
	release <- struct{}{}
	eventually(t, func() bool { return pc.SignalingState() == SignalingStateClosed }, "the connection closes")
}

func TestIdentity_LateDescriptionWithoutAssertionIsOfThePeer(t *testing.T) {
	release := make(chan struct{})
	idp := &testIdP{}
	idp.validate = func(ctx context.Context, assertion, origin string) (IdentityValidationResult, error) {
		<-release
		return (&testIdP{}).ValidateAssertion(ctx, assertion, origin)
	}
	api, _ := identityAPI(idp)
	_, pc := newPairOf(t, api, api, Configuration{}, Configuration{})
	_, alice := signedOffer(t, api, "alice")
	_, stranger := signedOffer(t, api, "")
	require.NoError(t, pc.SetRemoteDescription(alice))
	require.NoError(t, pc.SetRemoteDescription(stranger))
	close(release)
	eventually(t, func() bool { return pc.SignalingState() == SignalingStateClosed }, "the connection closes")
}

func TestIdentityProviders_ByDomainAndProtocol(t *testing.T) {
	var p *IdentityProviders
	_, err := p.instantiate(t.Context(), IdentityProviderDetails{Domain: "a.example"})
	require.Error(t, err)
	p = &IdentityProviders{}
	one, two := &testIdP{}, &testIdP{}
	p.Register("A.example", "", one)
	p.Register("a.example", "other", two)
	for _, c := range []struct {
		domain, protocol string
		want             IdentityProvider
	}{{"a.example", "default", one}, {"a.EXAMPLE", "", one}, {"a.example", "other", two}} {
		got, err := p.instantiate(t.Context(), IdentityProviderDetails{c.domain, c.protocol})
		require.NoError(t, err)
		assert.Same(t, c.want, got)
	}
	p.Add("a.example", "", func(_ context.Context, scope *IdentityProviderGlobalScope) error {
		assert.Same(t, scope.RTCIdentityProvider(), scope.RTCIdentityProvider())
		scope.RTCIdentityProvider().Register(one)
		scope.RTCIdentityProvider().Register(two)
		return nil
	})
	got, err := p.instantiate(t.Context(), IdentityProviderDetails{Domain: "a.example"})
	require.NoError(t, err)
	assert.Same(t, two, got)
	p.Add("a.example", "", nil)
	_, err = p.instantiate(t.Context(), IdentityProviderDetails{Domain: "a.example"})
	var e *IdPError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, ErrorDetailIdPLoadFailure, e.ErrorDetail)
	assert.Contains(t, e.Error(), "idp-load-failure")
}

func TestIdentity_DescriptionsKeepWhatLibwebrtcForgets(t *testing.T) {
	sdp := "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
	media := "m=audio 9 UDP 0\r\na=identity:no\r\n"
	signed := withExtraLines(sdp+media, []string{"a=identity:yes", "a=x-nativertc-isolation:supported"})
	assert.Equal(t, sdp+"a=identity:yes\r\na=x-nativertc-isolation:supported\r\n"+media, signed)
	assert.Equal(t, []string{"yes"}, sessionValues(signed, identityPrefix))
	assert.Equal(t, isolationSupported, isolationOf(signed))
	assert.Empty(t, isolationOf(sdp))
	assert.Equal(t, sdp+"a=identity:yes\r\n", withExtraLines(sdp, []string{"a=identity:yes"}))
	var kept keptLines
	for i := range 20 {
		kept.keep(strings.Replace(signed, "o=- 1 2", "o=- 1 "+string(rune('a'+i)), 1))
	}
	assert.Len(t, kept, mostKeptLines)
	kept.keep(signed)
	d := &SessionDescription{SDP: sdp + media}
	kept.restore(d)
	kept.restore(nil)
	assert.Equal(t, signed, d.SDP)
	kept.keep(sdp + media)
	d = &SessionDescription{SDP: sdp + media}
	kept.restore(d)
	assert.Equal(t, sdp+media, d.SDP)
}
