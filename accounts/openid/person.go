package openid

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"unicode/utf8"

	"datacharter/domain/refusal"
	"datacharter/store"
)

// maxName is the length of a name that is taken over, in characters.
const maxName = 100

// person finds who the subject is, or adds him with the name claimed for him. When somebody is to enter anew, it is he or nobody.
func (p *Party) person(ctx context.Context, subject string, all map[string]any, anew string) (string, *refusal.Refusal, error) {
	person, err := p.store.Login(ctx, p.settings.Issuer, subject)
	missing := errors.Is(err, store.ErrNotFound)
	switch {
	case err != nil && !missing:
		return "", nil, err
	case anew != "" && person != anew:
		return "", refusal.OtherPerson.With(), nil
	case !missing:
		return person, nil, nil
	}
	name, _ := all[p.settings.NameClaim].(string)
	if name = strings.TrimSpace(name); name == "" || utf8.RuneCountInString(name) > maxName {
		return "", refusal.ProviderNoName.With(), nil
	}
	if person, err = p.personID(ctx, subject); err != nil {
		return "", nil, err
	}
	return person, nil, p.store.CreateLogin(ctx, p.settings.Issuer, subject, person, name)
}

// keySetting holds the key from which personID derives names, made once in the life of a database.
const keySetting = "openid-key"

// personID is a name for the record that tells nobody who the subject is: without the key, the subjects that there can be could be tried out.
func (p *Party) personID(ctx context.Context, subject string) (string, error) {
	key := rand.Text()
	if _, err := p.store.PutSettingIfAbsent(ctx, keySetting, key); err != nil {
		return "", err
	}
	if _, err := p.store.GetSetting(ctx, keySetting, &key); err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(p.settings.Issuer + "\x00" + subject))
	return "oidc-" + hex.EncodeToString(mac.Sum(nil)[:8]), nil
}

// grant brings the grants that came from the provider in line with what it claims now. A claim that cannot be fulfilled is logged, without saying for whom.
func (p *Party) grant(ctx context.Context, person string, all map[string]any) (*refusal.Refusal, error) {
	var claimed []store.RoleClaim
	for _, value := range values(all, p.settings.RoleClaim) {
		if g, ok := p.settings.Roles[value]; ok {
			claimed = append(claimed, store.RoleClaim(g))
		}
	}
	unfulfilled, err := p.store.SyncGrants(ctx, person, p.settings.Issuer, claimed)
	if errors.Is(err, store.ErrClosed) {
		return refusal.PartyClosed.With(), nil
	}
	for _, u := range unfulfilled {
		p.logger.WarnContext(ctx, "a role that the identity provider claims was not given", "organization", u.Organization, "role", string(u.Role), "reason", u.Reason)
	}
	return nil, err
}

// values are the texts of a claim: one, or a list.
func values(all map[string]any, claim string) []string {
	switch v := find(all, claim).(type) {
	case string:
		return []string{v}
	case []any:
		var texts []string
		for _, item := range v {
			if text, ok := item.(string); ok {
				texts = append(texts, text)
			}
		}
		return texts
	default:
		return nil
	}
}

// find looks for a claim under its name, then along its path.
func find(all map[string]any, claim string) any {
	if v, ok := all[claim]; ok {
		return v
	}
	key, rest, _ := strings.Cut(claim, ".")
	inner, ok := all[key].(map[string]any)
	if !ok {
		return nil
	}
	return find(inner, rest)
}
