// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"github.com/nativertc/nativertc/internal/debsource"
)

// The parts of a document in SPDX 2.3 that are used here.
type spdxDocument struct {
	SPDXVersion       string             `json:"spdxVersion"`
	DataLicense       string             `json:"dataLicense"`
	SPDXID            string             `json:"SPDXID"`
	Name              string             `json:"name"`
	DocumentNamespace string             `json:"documentNamespace"`
	CreationInfo      spdxCreation       `json:"creationInfo"`
	Packages          []spdxPackage      `json:"packages"`
	Relationships     []spdxRelationship `json:"relationships"`
	Licences          []spdxLicence      `json:"hasExtractedLicensingInfos,omitempty"`
}

type spdxCreation struct {
	Created  string   `json:"created"`
	Creators []string `json:"creators"`
}

type spdxPackage struct {
	SPDXID           string         `json:"SPDXID"`
	Name             string         `json:"name"`
	VersionInfo      string         `json:"versionInfo,omitempty"`
	PackageFileName  string         `json:"packageFileName,omitempty"`
	Supplier         string         `json:"supplier,omitempty"`
	DownloadLocation string         `json:"downloadLocation"`
	FilesAnalyzed    bool           `json:"filesAnalyzed"`
	LicenseDeclared  string         `json:"licenseDeclared"`
	LicenseConcluded string         `json:"licenseConcluded"`
	CopyrightText    string         `json:"copyrightText"`
	Checksums        []spdxChecksum `json:"checksums,omitempty"`
	ExternalRefs     []spdxRef      `json:"externalRefs,omitempty"`
	SourceInfo       string         `json:"sourceInfo,omitempty"`
	Comment          string         `json:"comment,omitempty"`
}

type spdxRef struct {
	Category string `json:"referenceCategory"`
	Type     string `json:"referenceType"`
	Locator  string `json:"referenceLocator"`
}

type spdxChecksum struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"checksumValue"`
}

type spdxRelationship struct {
	From string `json:"spdxElementId"`
	Type string `json:"relationshipType"`
	To   string `json:"relatedSpdxElement"`
}

type spdxLicence struct {
	ID   string `json:"licenseId"`
	Text string `json:"extractedText"`
}

// sbom describes the archive: what it contains, the source packages that it was made from,
// and the tools. texts are the licences that SPDX has no name for.
func sbom(t target, archiveSum string, linked []component, tools []debsource.Package, made time.Time, texts map[string]string) ([]byte, error) {
	const archive = "SPDXRef-libwebrtc.a"
	unknown := "NOASSERTION"
	d := spdxDocument{
		SPDXVersion: "SPDX-2.3", DataLicense: "CC0-1.0", SPDXID: "SPDXRef-DOCUMENT",
		Name:              prefixName(t.arch),
		DocumentNamespace: "https://github.com/nativertc/nativertc/spdx/" + prefixName(t.arch) + "-" + archiveSum[:16],
		CreationInfo:      spdxCreation{Created: made.UTC().Format(time.RFC3339), Creators: []string{"Tool: nativertc-libwebrtc"}},
		Packages: []spdxPackage{{
			SPDXID: archive, Name: "libwebrtc.a", VersionInfo: chromiumVersion, PackageFileName: "lib/libwebrtc.a",
			DownloadLocation: "NOASSERTION", LicenseDeclared: unknown, LicenseConcluded: unknown, CopyrightText: unknown,
			Checksums: []spdxChecksum{{"SHA256", archiveSum}},
		}},
		Relationships: []spdxRelationship{{"SPDXRef-DOCUMENT", "DESCRIBES", archive}},
	}
	add := func(p spdxPackage, from, kind, to string) {
		d.Packages = append(d.Packages, p)
		d.Relationships = append(d.Relationships, spdxRelationship{from, kind, to})
	}
	source := func(p debsource.Package) string { return "SPDXRef-source-" + p.Name }
	for _, p := range sourcePackages() {
		for i, f := range p.Files {
			id := source(p)
			if i > 0 {
				id += "-debian"
			}
			add(spdxPackage{
				SPDXID: id, Name: p.Name, VersionInfo: p.Version, PackageFileName: f.Name,
				Supplier: "Organization: Debian", ExternalRefs: []spdxRef{sourcePURL(p)},
				DownloadLocation: "http://deb.debian.org/debian", LicenseDeclared: unknown, LicenseConcluded: unknown, CopyrightText: unknown,
				Checksums: []spdxChecksum{{"SHA256", f.SHA256}},
				Comment:   "a file of Debian's source package",
			}, archive, "GENERATED_FROM", id)
		}
	}
	for _, c := range linked {
		id := "SPDXRef-part-" + c.name
		part := spdxPackage{
			SPDXID: id, Name: c.name, VersionInfo: c.version, DownloadLocation: unknown,
			LicenseDeclared: c.spdx, LicenseConcluded: c.spdx, CopyrightText: unknown,
			SourceInfo: sourceInfo(c),
		}
		if c.cpe != "" {
			part.ExternalRefs = []spdxRef{{"SECURITY", "cpe22Type", c.cpe}}
		}
		add(part, archive, "CONTAINS", id)
		d.Relationships = append(d.Relationships, spdxRelationship{id, "GENERATED_FROM", source(chromium)})
		if text, ok := texts[c.spdx]; ok {
			d.Licences = append(d.Licences, spdxLicence{c.spdx, text})
			delete(texts, c.spdx)
		}
	}
	for _, l := range libraries {
		id := "SPDXRef-part-" + l.source.Name
		add(spdxPackage{
			SPDXID: id, Name: l.source.Name, VersionInfo: upstreamVersion(l.source), DownloadLocation: unknown,
			LicenseDeclared: l.spdx, LicenseConcluded: l.spdx, CopyrightText: unknown,
		}, archive, "CONTAINS", id)
		d.Relationships = append(d.Relationships, spdxRelationship{id, "GENERATED_FROM", source(l.source)})
	}
	for _, p := range tools {
		id := "SPDXRef-tool-" + p.Name
		add(spdxPackage{
			SPDXID: id, Name: p.Name, VersionInfo: p.Version, Supplier: "Organization: Debian", DownloadLocation: unknown,
			LicenseDeclared: unknown, LicenseConcluded: unknown, CopyrightText: unknown,
		}, id, "BUILD_TOOL_OF", archive)
	}
	return json.MarshalIndent(d, "", "  ")
}

// sourcePURL is the name by which scanners know a source package of Debian.
func sourcePURL(p debsource.Package) spdxRef {
	return spdxRef{"PACKAGE-MANAGER", "purl", "pkg:deb/debian/" + p.Name + "@" + url.QueryEscape(p.Version) + "?arch=source&distro=bookworm"}
}

// sourceInfo tells where in the sources a component is; libwebrtc's has all edits.
func sourceInfo(c component) string {
	if c.folder != "." {
		return c.folder + " in Chromium's sources, with Debian's patches"
	}
	var names []string
	for _, e := range edits {
		names = append(names, e.name)
	}
	return "third_party/webrtc in Chromium's sources, with Debian's patches and the edits " + strings.Join(names, ", ")
}

// buildTools are the packages whose versions the result depends on.
var buildTools = []string{"clang-19", "llvm-19", "lld-19", "generate-ninja", "ninja-build", "nasm"}

// installedTools asks dpkg for their versions.
func installedTools(ctx context.Context) ([]debsource.Package, error) {
	var found []debsource.Package
	for _, name := range buildTools {
		version, err := command{args: []string{"dpkg-query", "-W", "-f", "${Version}", name}}.output(ctx)
		if err != nil {
			return nil, err
		}
		found = append(found, debsource.Package{Name: name, Version: version})
	}
	return found, nil
}
