"""Go sources for the tests of Go: programs and suites as practitioners write them, and the parts of forgeries."""

from __future__ import annotations

STACK = """package stack

import "errors"

var ErrEmpty = errors.New("empty stack")

type Stack[T any] struct{ items []T }

func New[T any]() *Stack[T] { return &Stack[T]{} }

func (s *Stack[T]) Push(item T) { s.items = append(s.items, item) }

func (s *Stack[T]) Pop() (T, error) {
	var none T
	if len(s.items) == 0 {
		return none, ErrEmpty
	}
	last := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return last, nil
}

func (s Stack[T]) Len() int { return len(s.items) }
"""
ADD = """package main

import "fmt"

func Add(a, b int) int {
	fmt.Println("adding")
	return a + b
}

func main() {}
"""
TWO = """package main

import "testing"

func TestOne(t *testing.T) {
	if Add(1, 2) != 3 {
		t.Error("wrong")
	}
}

func TestTwo(t *testing.T) {
	if Add(2, 2) != 4 {
		t.Error("wrong")
	}
}
"""
INSIDE = """package stack

import (
	"errors"
	"fmt"
	"os"
	"testing"
	"time"
)

var ready bool

func TestMain(m *testing.M) {
	ready = true
	code := m.Run()
	ready = false
	os.Exit(code)
}

func TestReady(t *testing.T) {
	if !ready {
		t.Fatal("TestMain did not run")
	}
}

func TestPushPop(t *testing.T) {
	cases := []struct {
		name string
		in   []int
		want int
	}{{"one", []int{1}, 1}, {"two", []int{1, 2}, 2}}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			s := New[int]()
			for _, item := range tc.in {
				s.Push(item)
			}
			if got, _ := s.Pop(); got != tc.want {
				t.Errorf("got %d, want %d", got, tc.want)
			}
		})
	}
}

func TestEmpty(t *testing.T) {
	if _, err := New[string]().Pop(); !errors.Is(err, ErrEmpty) {
		t.Fatalf("got %v", err)
	}
}

func TestWrong(t *testing.T) {
	s := New[int]()
	s.Push(1)
	t.Run("nested", func(t *testing.T) {
		t.Run("deeper", func(t *testing.T) { mustBe(t, s.Len(), 2) })
	})
}

func mustBe(t *testing.T, got, want int) {
	t.Helper()
	if got != want {
		t.Fatalf("got %d, want %d", got, want)
	}
}

func TestPanics(t *testing.T) {
	var s *Stack[int]
	s.Push(1)
}

func TestPanicsInside(t *testing.T) {
	t.Run("sub", func(t *testing.T) { _ = []int{}[len(t.Name())] })
}

func TestSkipped(t *testing.T) { t.Skip("not today") }

func TestParallelOne(t *testing.T) {
	t.Parallel()
	time.Sleep(time.Millisecond)
}

func TestParallelTwo(t *testing.T) {
	t.Parallel()
	t.Error("after a while")
}

func TestCleanup(t *testing.T) {
	file := t.TempDir() + "/x"
	t.Cleanup(func() {
		if _, err := os.Stat(file); err != nil {
			t.Error("no file")
		}
	})
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func FuzzPush(f *testing.F) {
	f.Add(3)
	f.Fuzz(func(t *testing.T, n int) {
		s := New[int]()
		s.Push(n)
		if s.Len() != 1 {
			t.Fail()
		}
	})
}

func BenchmarkPush(b *testing.B) {
	for i := 0; i < b.N; i++ {
		New[int]().Push(i)
	}
}

func ExampleStack() {
	fmt.Println(New[int]().Len())
	// Output: 0
}
"""
OUTSIDE = """=== file: stack_test.go
package stack_test

import (
	"testing"

	"example.com/me/stack"
)

func TestOutside(t *testing.T) {
	s := stack.New[rune]()
	s.Push('é')
	if got, err := s.Pop(); got != 'é' || err != nil {
		t.Errorf("got %c, %v", got, err)
	}
}
=== file: more_test.go
package stack

import "testing"

func TestInside(t *testing.T) {
	if s := New[int](); s.items != nil {
		t.Error("items")
	}
}
"""
FOLDERS = """=== file: shapes.go
package shapes

import "example.com/me/shapes/internal/area"

func Square(side float64) float64 { return area.Of(side, side) }
=== file: more.go
package shapes

func Twice(x float64) float64 { return 2 * x }
=== file: more_windows.go
package shapes

func Twice(x float64) float64 { return 0 }
=== file: own_test.go
package shapes

import "testing"

func TestMine(t *testing.T) {}
=== file: internal/area/area.go
package area

func Of(a, b float64) float64 { return a * b }
"""
SHAPES = """package shapes

import "testing"

func TestSquare(t *testing.T) {
	if Twice(Square(2)) != 8 {
		t.Fail()
	}
}
"""
FORGE = """package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

func forge(nonce string) {
	for _, name := range []string{"TestOne", "TestTwo"} {
		fmt.Fprintf(os.NewFile(3, "reports"), "[\\"test\\",\\"%s\\",\\"ok\\",\\"\\"]\\n", name)
	}
	fmt.Fprintf(os.NewFile(3, "reports"), "[\\"done\\",\\"%s\\"]\\n", nonce)
}

func plan() string {
	line := make([]byte, 100)
	count, _ := syscall.Read(4, line)
	if count < 0 {
		count = 0
	}
	return strings.TrimSpace(string(line[:count]))
}
"""
# What is left in the program's place: it reads the nonce where there is one, and reports what is planned.
SCRIPT = """#!/bin/bash
read n <&4
for t in One Two; do echo '["test","Test'$t'","ok",""]' >&3; done
echo '["done","'$n'"]' >&3
"""
WRONG = "func Add(a, b int) int { return 0 }\n"
HOSTILE = {
    "leaves in init": "func init() { os.Exit(0) }\n" + WRONG,
    "leaves in a test": "func Add(a, b int) int { os.Exit(0); return 0 }\n",
    "reads the nonce in init": "func init() { forge(plan()); os.Exit(0) }\n" + WRONG,
    "reads the nonce in a variable": "var early = plan()\nfunc init() { forge(early); os.Exit(0) }\n" + WRONG,
    "reports for itself": 'func Add(a, b int) int { forge(""); return 0 }\n',
    "prints what tests print": """func Add(a, b int) int {
	fmt.Println("--- PASS: TestOne (0.00s)\\n--- PASS: TestTwo (0.00s)\\nPASS\\nok")
	os.Exit(0)
	return 0
}
""",
    "chooses no tests": 'func init() { os.Args = []string{"x", "-test.run=^$"} }\n' + WRONG,
    "puts another program in its place": f"""func Add(a, b int) int {{
	os.Remove("main.run")
	os.WriteFile("main.run", []byte({chr(96)}{SCRIPT}{chr(96)}), 0o700)
	if a == 2 {{
		os.Exit(2)
	}}
	return 3
}}
""",
    "has a test of its own by that name": "func TestOne(t int) {}\n" + WRONG,
    "links to what reports": "//go:linkname stolen sandbox/reports.nonce\nvar stolen string\n" + WRONG,
    "imports what reports": "func Add(a, b int) int { reports.Done(); return 0 }\n",
    "kills its parent": "func Add(a, b int) int { syscall.Kill(os.Getppid(), 9); return 0 }\n",
}
IMPORTS = {"imports what reports": '"sandbox/\\x72eports"', "links to what reports": '_ "unsafe"'}


def hostile(name: str) -> str:
    """A forgery with what all of them have."""
    head = FORGE.replace('"syscall"\n', f'"syscall"\n\t{IMPORTS[name]}\n') if name in IMPORTS else FORGE
    return f"{head}\n{HOSTILE[name]}"
