// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"encoding/json"
	"fmt"
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
	DownloadLocation string         `json:"downloadLocation"`
	FilesAnalyzed    bool           `json:"filesAnalyzed"`
	LicenseDeclared  string         `json:"licenseDeclared"`
	LicenseConcluded string         `json:"licenseConcluded"`
	CopyrightText    string         `json:"copyrightText"`
	Checksums        []spdxChecksum `json:"checksums,omitempty"`
	Comment          string         `json:"comment,omitempty"`
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

// sbom describes the archive: what it contains, and the source packages that it was
// made from. texts are the licences that SPDX has no name for.
func sbom(t target, archiveSum string, linked []component, made time.Time, texts map[string]string) ([]byte, error) {
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
				DownloadLocation: "http://deb.debian.org/debian", LicenseDeclared: unknown, LicenseConcluded: unknown, CopyrightText: unknown,
				Checksums: []spdxChecksum{{"SHA256", f.SHA256}},
				Comment:   "a file of Debian's source package",
			}, archive, "GENERATED_FROM", id)
		}
	}
	for _, c := range linked {
		id := "SPDXRef-part-" + c.name
		add(spdxPackage{
			SPDXID: id, Name: c.name, VersionInfo: c.version, DownloadLocation: unknown,
			LicenseDeclared: c.spdx, LicenseConcluded: c.spdx, CopyrightText: unknown,
			Comment: fmt.Sprintf("%s in Chromium's sources", c.folder),
		}, archive, "CONTAINS", id)
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
	return json.MarshalIndent(d, "", "  ")
}
