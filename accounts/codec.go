package accounts

import (
	"encoding/json"
	"fmt"
	"time"
)

// codec writes what a session holds as JSON with its keys in order: equal sessions are written alike, so that the store sees when nothing has changed.
type codec struct{}

// sessionJSON is a session as it is stored, times in microseconds since 1970.
type sessionJSON struct {
	Deadline int64                `json:"deadline"`
	Values   map[string]valueJSON `json:"values"`
}

// valueJSON is a value of one of four types.
type valueJSON struct {
	Text    *string `json:"s,omitempty"`
	Bool    *bool   `json:"b,omitempty"`
	Integer *int    `json:"i,omitempty"`
	Time    *int64  `json:"t,omitempty"`
}

// Encode implements scs.Codec.
func (codec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	s := sessionJSON{Deadline: deadline.UnixMicro(), Values: make(map[string]valueJSON, len(values))}
	for key, value := range values {
		switch v := value.(type) {
		case string:
			s.Values[key] = valueJSON{Text: &v}
		case bool:
			s.Values[key] = valueJSON{Bool: &v}
		case int:
			s.Values[key] = valueJSON{Integer: &v}
		case time.Time:
			us := v.UnixMicro()
			s.Values[key] = valueJSON{Time: &us}
		default:
			return nil, fmt.Errorf("accounts: a session cannot hold the %T %s", value, key)
		}
	}
	return json.Marshal(s)
}

// Decode implements scs.Codec.
func (codec) Decode(raw []byte) (time.Time, map[string]any, error) {
	var s sessionJSON
	if err := json.Unmarshal(raw, &s); err != nil {
		return time.Time{}, nil, fmt.Errorf("accounts: a stored session: %w", err)
	}
	values := make(map[string]any, len(s.Values))
	for key, v := range s.Values {
		switch {
		case v.Text != nil:
			values[key] = *v.Text
		case v.Bool != nil:
			values[key] = *v.Bool
		case v.Integer != nil:
			values[key] = *v.Integer
		case v.Time != nil:
			values[key] = time.UnixMicro(*v.Time).UTC()
		}
	}
	return time.UnixMicro(s.Deadline).UTC(), values, nil
}
