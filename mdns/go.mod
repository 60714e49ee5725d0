module github.com/nativertc/nativertc/mdns

go 1.24.0

require (
	github.com/pion/logging v0.2.4
	github.com/pion/mdns/v2 v2.2.2
	github.com/stretchr/testify v1.12.1
	golang.org/x/net v0.50.0
)

require (
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/sys v0.41.0 // indirect
)
