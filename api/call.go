package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"

	"datacharter/domain/identity"
)

// call is what is known of one request while it is handled.
type call struct {
	id       string // names the request to the caller and in the log
	language string // "zh" or "en"
	actor    identity.Actor
	fault    error // why it was answered with a 5xx, for the log
}

type callKey struct{}

// callOf returns the call that a context belongs to.
func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{language: "zh"}
}

var callerID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// requestID takes over the caller's name for a request when it is a plain one, so that his log and ours can be brought together.
func requestID(given string) string {
	if callerID.MatchString(given) {
		return given
	}
	var random [12]byte
	rand.Read(random[:]) // it never returns an error
	return "req-" + hex.EncodeToString(random[:])
}

// languageOf chooses Chinese or English by an Accept-Language header: Chinese when neither is asked for.
func languageOf(accept string) string {
	language, best := "zh", 0.0
	for part := range strings.SplitSeq(accept, ",") {
		tag, params, _ := strings.Cut(part, ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if q := preference(params); (primary == "zh" || primary == "en") && q > best {
			language, best = primary, q
		}
	}
	return language
}

// preference reads "q=0.8"; 1 when there is none, 0 when it cannot be read.
func preference(params string) float64 {
	value, given := strings.CutPrefix(strings.TrimSpace(params), "q=")
	if !given {
		return 1
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil || q > 1 {
		return 0
	}
	return q
}
