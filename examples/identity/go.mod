module github.com/nativertc/nativertc/examples/identity

go 1.24.0

require (
	github.com/go-jose/go-jose/v4 v4.1.8
	github.com/nativertc/nativertc v0.0.0
	github.com/stretchr/testify v1.11.1
)

require (
	github.com/davecgh/go-spew v1.1.1 // indirect
	github.com/pmezard/go-difflib v1.0.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)

replace github.com/nativertc/nativertc => ../..
