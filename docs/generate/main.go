// Command generate writes the parts of the documentation that follow from the domain: state tables, refusal codes and the national profile's figures.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: generate DIRECTORY")
	}
	for name, page := range map[string][]byte{"lifecycle.md": lifecycles(), "refusals.md": refusals()} {
		if err := os.WriteFile(filepath.Join(os.Args[1], name), page, 0o644); err != nil { //nolint:gosec // documentation is for everybody to read
			log.Fatal(err)
		}
	}
}

const origin = "<!-- Generated from the domain by `make generate`; do not edit. -->\n\n"

func lifecycles() []byte {
	var b bytes.Buffer
	b.WriteString("# Lifecycles 状态表\n\n" + origin)
	b.WriteString("Each table is the one that the API checks, the `allowed` lists and the tests read. A rule's *step* is what separation of duty counts: one person acts in one step of a case.\n")
	for _, def := range kinds.All {
		table(&b, def.Table())
	}
	return b.Bytes()
}

func table(b *bytes.Buffer, t lifecycle.Table) {
	fmt.Fprintf(b, "\n## %s %s (`%s`)\n\n### States 状态\n\n| state | phase | 中文 | English | whose turn 轮到谁 | |\n|---|---|---|---|---|---|\n", t.Words.ZH, t.Words.EN, t.Kind)
	for _, s := range t.States {
		note := ""
		switch {
		case s.Final:
			note = "final 终态"
		case s.Draft:
			note = "no workflow yet 未启动流程"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s | %s |\n", s.Name, s.Phase, s.Words.ZH, s.Words.EN, parties(s.Turn), note)
	}
	b.WriteString("\n### Commands 操作\n\n| command | 中文 · English | from | to | who | step | guards | events |\n|---|---|---|---|---|---|---|---|\n")
	for _, r := range t.Rows {
		fmt.Fprintf(b, "| `%s` | %s · %s | %s | %s | %s | %s | %s | %s |\n", r.Command, r.Words.ZH, r.Words.EN,
			names(r.From, t), names(r.To, t), parties(r.By), r.Step, guards(r), code(r.Events))
	}
}

// names lists states, or says so when they are all of the open ones or simply all.
func names(states []lifecycle.State, t lifecycle.Table) string {
	if len(states) == 0 {
		return "–"
	}
	if len(states) == len(t.States) {
		return "any"
	}
	open := 0
	for _, s := range t.States {
		if !s.Final && !s.Draft {
			open++
		}
	}
	closed := slices.ContainsFunc(states, func(s lifecycle.State) bool {
		i := slices.IndexFunc(t.States, func(i lifecycle.StateInfo) bool { return i.Name == s })
		return t.States[i].Final || t.States[i].Draft
	})
	if len(states) == open && !closed {
		return "any open"
	}
	out := make([]string, len(states))
	for i, s := range states {
		out[i] = "`" + string(s) + "`"
	}
	return strings.Join(out, ", ")
}

func parties(by []lifecycle.Party) string {
	out := make([]string, len(by))
	for i, p := range by {
		out[i] = string(p.Where)
		if p.Role != "" {
			out[i] = fmt.Sprintf("%s of the %s", p.Role, p.Where)
		}
	}
	return strings.Join(out, "; ")
}

func guards(r lifecycle.Row) string {
	out := make([]string, len(r.Guards))
	for i, g := range r.Guards {
		out[i] = g.ZH + " · " + g.EN
	}
	return strings.Join(out, "; ")
}

func code(events []string) string {
	out := make([]string, len(events))
	for i, e := range events {
		out[i] = "`" + e + "`"
	}
	return strings.Join(out, ", ")
}

func refusals() []byte {
	var b bytes.Buffer
	b.WriteString("# Refusal codes 拒绝代码\n\n" + origin)
	b.WriteString("Codes are stable: programs may rely on them. The class decides the HTTP status.\n\n| code | class | 中文 | English |\n|---|---|---|---|\n")
	for _, c := range refusal.Codes() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", c.Name, c.Class, c.Words.ZH, c.Words.EN)
	}
	return b.Bytes()
}
