package api

import (
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// collection is one kind of case as it stands under /api/v1.
type collection struct {
	server   *server
	def      lifecycle.Definition
	name     string // in paths
	content  content
	phases   map[lifecycle.Phase]text.Text
	rows     map[string]lifecycle.Row
	commands []string // that have a route
}

// collect makes a collection with the routes by which cases are read.
func (s *server) collect(def lifecycle.Definition, name string) *collection {
	table := def.Table()
	c := &collection{
		server: s, def: def, name: name, content: contentOf(def),
		phases: map[lifecycle.Phase]text.Text{}, rows: map[string]lifecycle.Row{},
	}
	for _, p := range table.Phases {
		c.phases[p.Name] = p.Words
	}
	for _, r := range table.Rows {
		c.rows[r.Command] = r
	}
	s.collections = append(s.collections, c)
	c.reads(table.Words)
	return c
}

// collectionOf returns the collection of a kind, or nil.
func (s *server) collectionOf(kind lifecycle.Kind) *collection {
	for _, c := range s.collections {
		if c.def.Kind() == kind {
			return c
		}
	}
	return nil
}

func (c *collection) href(id string) string { return base + "/" + c.name + "/" + id }
