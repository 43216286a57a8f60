package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"datacharter/domain/identity"
	"datacharter/store"
)

// UsersFile is the name of the file with the demo people's tokens, in the data directory.
const UsersFile = "demo-users.json"

// tokenLife is how long the tokens of the fictitious people are valid.
const tokenLife = 365 * 24 * time.Hour

// User is one fictitious person with a token, as UsersFile lists them.
type User struct {
	User         string          `json:"user"`
	Name         string          `json:"name"`
	Organization string          `json:"organisation"`
	Roles        []identity.Role `json:"roles"`
	Token        string          `json:"token"`
}

// Seed creates the fictitious organisations, people, resources and plans that are not there yet and writes their tokens to UsersFile in dir.
// A file that is there stays as it is. It returns the file's path.
func Seed(ctx context.Context, db *store.Store, dir string) (string, error) {
	path := filepath.Join(dir, UsersFile)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	for _, o := range organizations {
		if err := db.CreateOrganization(ctx, o); err != nil && !errors.Is(err, store.ErrTaken) {
			return "", fmt.Errorf("organisation %s: %w", o.ID, err)
		}
	}
	users := make([]User, len(people))
	for i, p := range people {
		var err error
		if users[i], err = p.create(ctx, db); err != nil {
			return "", fmt.Errorf("person %s: %w", p.id, err)
		}
	}
	if err := plans(ctx, db); err != nil {
		return "", fmt.Errorf("plans: %w", err)
	}
	return path, write(path, users)
}

func (p person) create(ctx context.Context, db *store.Store) (User, error) {
	if err := db.CreatePerson(ctx, p.id, p.name); err != nil && !errors.Is(err, store.ErrTaken) {
		return User{}, err
	}
	for _, role := range p.roles {
		if err := db.Grant(ctx, p.id, p.organization, role); err != nil && !errors.Is(err, store.ErrTaken) {
			return User{}, err
		}
	}
	secret, _, err := db.IssueToken(ctx, p.id, "demo", time.Now().Add(tokenLife))
	return User{User: p.id, Name: p.name, Organization: p.organization, Roles: p.roles, Token: secret}, err
}

// write makes the file whole or not at all, readable by its owner alone: the tokens are keys.
func write(path string, users []User) error {
	raw, err := json.MarshalIndent(users, "", "  ")
	if err != nil {
		return err
	}
	part := path + ".part"
	if err := os.WriteFile(part, append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(part, path)
}

// Users reads a file that Seed wrote.
func Users(path string) ([]User, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var users []User
	if err := json.Unmarshal(raw, &users); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return users, nil
}
