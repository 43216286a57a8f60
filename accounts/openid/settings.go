// Package openid signs people in through an identity provider that speaks OpenID Connect: this program is its relying party.
//
// It uses the authorization code flow with state, nonce and PKCE, reads the ID token alone, and asks the provider for nothing afterwards.
package openid

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"datacharter/domain/identity"
)

// Settings are what an installation agrees on with its identity provider: a file in YAML or JSON.
type Settings struct {
	Issuer           string           `yaml:"issuer"`             // the provider's address, exactly as its discovery document gives it
	ClientID         string           `yaml:"client_id"`          // this installation's name with the provider
	ClientSecretFile string           `yaml:"client_secret_file"` // a file that holds the secret and nothing else; none for a public client
	RedirectURL      string           `yaml:"redirect_url"`       // where the provider sends people back
	Scopes           []string         `yaml:"scopes"`             // besides openid; profile when there are none
	NameClaim        string           `yaml:"name_claim"`         // holds the full name; "name" when empty
	RoleClaim        string           `yaml:"role_claim"`         // holds one value or a list; a path such as realm_access.roles is followed. No roles when empty
	Roles            map[string]Grant `yaml:"roles"`              // what each value gives; other values give nothing

	secret string
}

// Grant is the role in an organisation that a value of the role claim gives.
type Grant struct {
	Organization string        `yaml:"organization"`
	Role         identity.Role `yaml:"role"`
}

// Load reads a file of settings and the secret that it names. The error says in one line what is wrong, and repeats no secret.
func Load(path string) (Settings, error) {
	var s Settings
	raw, err := os.ReadFile(path)
	if err != nil {
		return s, fmt.Errorf("identity provider: %w", err)
	}
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.DisallowUnknownField()).Decode(&s); err != nil {
		return s, fmt.Errorf("identity provider: %s: %s", path, oneLine(err))
	}
	if err := s.check(); err != nil {
		return s, fmt.Errorf("identity provider: %s: %w", path, err)
	}
	if s.NameClaim == "" {
		s.NameClaim = "name"
	}
	if len(s.Scopes) == 0 {
		s.Scopes = []string{"profile"}
	}
	if s.ClientSecretFile == "" {
		return s, nil
	}
	secret, err := os.ReadFile(s.ClientSecretFile)
	if s.secret = strings.TrimSpace(string(secret)); err == nil && s.secret == "" {
		err = fmt.Errorf("%s is empty", s.ClientSecretFile)
	}
	if err != nil {
		return s, fmt.Errorf("identity provider: client_secret_file: %w", err)
	}
	return s, nil
}

// oneLine is the gist of an error of the YAML reader, which goes on to show the lines around it.
func oneLine(err error) string {
	var e yaml.Error
	if errors.As(err, &e) {
		return fmt.Sprintf("line %d: %s", e.GetToken().Position.Line, e.GetMessage())
	}
	return strings.ReplaceAll(err.Error(), "\n", " ")
}

func (s Settings) check() error {
	if s.ClientID == "" {
		return errors.New("client_id is missing")
	}
	if err := checkURL(s.Issuer); err != nil {
		return fmt.Errorf("issuer: %w", err)
	}
	if err := checkURL(s.RedirectURL); err != nil {
		return fmt.Errorf("redirect_url: %w", err)
	}
	if len(s.Roles) > 0 && s.RoleClaim == "" {
		return errors.New("roles are given but no role_claim")
	}
	for value, g := range s.Roles {
		known := slices.ContainsFunc(identity.Kinds, func(k identity.KindInfo) bool { return identity.MayGive(k.Kind, g.Role) })
		if !known || g.Organization == "" {
			return fmt.Errorf("roles: %s needs an organization and a role of the list", value)
		}
	}
	return nil
}

// checkURL accepts https, and http on this machine alone.
func checkURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return errors.New("not a complete address")
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	if u.Scheme != "https" && (u.Scheme != "http" || !local) {
		return errors.New("it must begin with https://")
	}
	return nil
}
