// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// errorName is the name of a DOMException, or of one of ECMAScript's own
// exceptions.
type errorName string

const (
	abortError               errorName = "AbortError"
	invalidAccessError       errorName = "InvalidAccessError"
	invalidCharacterError    errorName = "InvalidCharacterError"
	invalidModificationError errorName = "InvalidModificationError"
	invalidStateError        errorName = "InvalidStateError"
	networkError             errorName = "NetworkError"
	notAllowedError          errorName = "NotAllowedError"
	notFoundError            errorName = "NotFoundError"
	notReadableError         errorName = "NotReadableError"
	notSupportedError        errorName = "NotSupportedError"
	operationError           errorName = "OperationError"
	overconstrainedError     errorName = "OverconstrainedError"
	rangeError               errorName = "RangeError"
	syntaxError              errorName = "SyntaxError"
	typeError                errorName = "TypeError"
	unknownError             errorName = "UnknownError"
)

// AbortError: the operation was ended before it was done, such as by the
// context that was given to it.
type AbortError = Exception[abortKind]

// InvalidAccessError: the object does not allow the operation or the argument,
// such as a track that was added before, or a TURN server without credentials.
type InvalidAccessError = Exception[invalidAccessKind]

// InvalidCharacterError: a string holds a character that is not allowed there,
// such as a tone that DTMF does not have.
type InvalidCharacterError = Exception[invalidCharacterKind]

// InvalidModificationError: what was fixed before cannot be changed so, such as
// the bundle policy of a living PeerConnection or a transaction of parameters
// that is out of date.
type InvalidModificationError = Exception[invalidModificationKind]

// InvalidStateError: the object is in a state that does not allow the operation,
// such as closed.
type InvalidStateError = Exception[invalidStateKind]

// NetworkError: the network failed.
type NetworkError = Exception[networkKind]

// NotAllowedError: the operation is forbidden here.
type NotAllowedError = Exception[notAllowedKind]

// NotFoundError: the object asked for does not exist.
type NotFoundError = Exception[notFoundKind]

// NotReadableError: a source cannot be read, such as an identity provider that
// gave no assertion.
type NotReadableError = Exception[notReadableKind]

// NotSupportedError: the operation or the value is valid, but not offered here.
type NotSupportedError = Exception[notSupportedKind]

// OperationError: the operation failed for a reason of its own. RTCError is an
// OperationError with details.
type OperationError = Exception[operationKind]

// OverconstrainedError: no source meets the constraints.
type OverconstrainedError = Exception[overconstrainedKind]

// RangeError: a number is outside the range allowed. ECMAScript's own exception.
type RangeError = Exception[rangeKind]

// SyntaxError: a string does not follow the grammar that it should.
type SyntaxError = Exception[syntaxKind]

// TypeError: an argument is missing, of the wrong type or against a rule of the
// interface. ECMAScript's own exception.
type TypeError = Exception[typeKind]

// UnknownError: the operation failed and nothing more is known.
type UnknownError = Exception[unknownKind]

// The kinds give each Exception its name.
type (
	abortKind               struct{}
	invalidAccessKind       struct{}
	invalidCharacterKind    struct{}
	invalidModificationKind struct{}
	invalidStateKind        struct{}
	networkKind             struct{}
	notAllowedKind          struct{}
	notFoundKind            struct{}
	notReadableKind         struct{}
	notSupportedKind        struct{}
	operationKind           struct{}
	overconstrainedKind     struct{}
	rangeKind               struct{}
	syntaxKind              struct{}
	typeKind                struct{}
	unknownKind             struct{}
)

func (abortKind) exceptionName() errorName               { return abortError }
func (invalidAccessKind) exceptionName() errorName       { return invalidAccessError }
func (invalidCharacterKind) exceptionName() errorName    { return invalidCharacterError }
func (invalidModificationKind) exceptionName() errorName { return invalidModificationError }
func (invalidStateKind) exceptionName() errorName        { return invalidStateError }
func (networkKind) exceptionName() errorName             { return networkError }
func (notAllowedKind) exceptionName() errorName          { return notAllowedError }
func (notFoundKind) exceptionName() errorName            { return notFoundError }
func (notReadableKind) exceptionName() errorName         { return notReadableError }
func (notSupportedKind) exceptionName() errorName        { return notSupportedError }
func (operationKind) exceptionName() errorName           { return operationError }
func (overconstrainedKind) exceptionName() errorName     { return overconstrainedError }
func (rangeKind) exceptionName() errorName               { return rangeError }
func (syntaxKind) exceptionName() errorName              { return syntaxError }
func (typeKind) exceptionName() errorName                { return typeError }
func (unknownKind) exceptionName() errorName             { return unknownError }

// exceptions holds the constructor of each name.
var exceptions = map[errorName]func(message string, cause error) error{
	abortError:               newException[abortKind],
	invalidAccessError:       newException[invalidAccessKind],
	invalidCharacterError:    newException[invalidCharacterKind],
	invalidModificationError: newException[invalidModificationKind],
	invalidStateError:        newException[invalidStateKind],
	networkError:             newException[networkKind],
	notAllowedError:          newException[notAllowedKind],
	notFoundError:            newException[notFoundKind],
	notReadableError:         newException[notReadableKind],
	notSupportedError:        newException[notSupportedKind],
	operationError:           newException[operationKind],
	overconstrainedError:     newException[overconstrainedKind],
	rangeError:               newException[rangeKind],
	syntaxError:              newException[syntaxKind],
	typeError:                newException[typeKind],
	unknownError:             newException[unknownKind],
}
