// Package suites runs tests as `go test` does, with a report on each by its name.
//
// A test is reported when it and all of its subtests have ended; the completion mark follows the last of them. The
// tests named on the command line are left out: they were reported by a run before, which one of them ended.
package suites

import (
	"os"
	"reflect"
	"sandbox/reports"
	"strings"
	"sync/atomic"
	"testing"
	"testing/internal/testdeps"
)

var (
	arguments = append([]string{}, os.Args...) // before the candidate can change them
	waiting   int64
)

// Run runs the tests, through the suite's TestMain where it has one, and ends the program as `go test` would.
func Run(tests []testing.InternalTest, targets []testing.InternalFuzzTarget, own func(*testing.M)) {
	before := map[string]bool{}
	for _, name := range arguments[1:] {
		before[name] = true
	}
	os.Args = append(arguments[:1:1], "-test.paniconexit0")
	var left []testing.InternalTest
	for _, test := range tests {
		if test := test; !before[test.Name] {
			run := func(t *testing.T) { watch(t, test.Name, func() { test.F(t) }) }
			left = append(left, testing.InternalTest{Name: test.Name, F: run})
		}
	}
	var seeds []testing.InternalFuzzTarget
	for _, target := range targets {
		if target := target; !before[target.Name] {
			run := func(f *testing.F) { watch(f, target.Name, func() { target.Fn(f) }) }
			seeds = append(seeds, testing.InternalFuzzTarget{Name: target.Name, Fn: run})
		}
	}
	waiting = int64(len(left) + len(seeds))
	if waiting == 0 {
		reports.Done()
		os.Exit(0)
	}
	m := testing.MainStart(testdeps.TestDeps{}, left, nil, seeds, nil)
	if own == nil {
		os.Exit(m.Run())
	}
	own(m)
	os.Exit(int(reflect.ValueOf(m).Elem().FieldByName("exitCode").Int()))
}

// watch runs a test and reports on it at its very end. A panic is an error of that test alone; a panic in a subtest ends
// the program, but not before the report.
func watch(t testing.TB, name string, test func()) {
	returned, left, why := false, false, ""
	t.Cleanup(func() {
		kind := "ok"
		switch {
		case why != "" || !left:
			kind, why = "error", why+said(t)
		case t.Failed():
			kind, why = "fail", said(t)
		case t.Skipped():
			kind, why = "skip", said(t)
		}
		reports.Test(name, kind, why)
		if atomic.AddInt64(&waiting, -1) == 0 {
			reports.Done()
		}
	})
	defer func() {
		left = true
		reason := recover()
		if reason != nil || !(returned || t.Failed() || t.Skipped()) {
			why = "panic: " + reports.Reason(reason) + "\n"
			t.Fail()
		}
	}()
	test()
	returned = true
}

// said is what the test logged: the testing package has no other way to ask.
func said(t testing.TB) string {
	output := reflect.ValueOf(t).Elem().FieldByName("output")
	if !output.IsValid() || output.Kind() != reflect.Slice || output.Type().Elem().Kind() != reflect.Uint8 {
		return ""
	}
	return strings.TrimSpace(string(output.Bytes()))
}
