package notice_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"datacharter/domain/notice"
)

// Every subject that domain code sends has words in both languages: the sources are read, so that a new subject cannot be forgotten.
func TestEverySubjectHasWords(t *testing.T) {
	found := 0
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !sends(call.Fun) {
				return true
			}
			subjects := literals(call.Args)
			if len(subjects) == 0 {
				return true
			}
			found++
			if words, ok := notice.Words(subjects[0], nil); !ok || !words.Complete() { // what follows the subject are parameters
				t.Errorf("%s: subject %q has no words", file, subjects[0])
			}
			return true
		})
	}
	if found < 40 {
		t.Fatalf("only %d subjects were found: the test no longer reads them", found)
	}
}

// sends reports whether a function is one of those that take a subject.
func sends(fun ast.Expr) bool {
	name := ""
	switch f := fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	switch name {
	case "Tell", "tell", "tellMembers", "tellOf", "Publish":
		return true
	default:
		return false
	}
}

func literals(args []ast.Expr) []string {
	var out []string
	for _, a := range args {
		if id, ok := a.(*ast.Ident); ok && id.Name == "subject" {
			return nil // handed on: its literal stands in another call
		}
		if lit, ok := a.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				out = append(out, s)
			}
		}
	}
	return out
}

func TestWordsFillParameters(t *testing.T) {
	words, ok := notice.Words("exit-notice", map[string]string{"case": "x-1", "ground_zh": "违约", "ground_en": "breach"})
	if !ok || words.ZH != "退出告知:x-1,情形:违约。" || words.EN != "Notice of exit x-1 on the ground: breach." {
		t.Errorf("got %+v", words)
	}
	if _, ok := notice.Words("no-such-subject", nil); ok {
		t.Error("a subject that is not listed has words")
	}
}
