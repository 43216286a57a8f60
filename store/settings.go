package store

import "context"

// GetSetting reads a setting into value, which JSON must fit; false when there is none of the key.
func (s *Store) GetSetting(ctx context.Context, key string, value any) (bool, error) {
	panic("not yet")
}

// PutSettingIfAbsent stores value as JSON unless the key is set already, and returns whether it did.
func (s *Store) PutSettingIfAbsent(ctx context.Context, key string, value any) (bool, error) {
	panic("not yet")
}
