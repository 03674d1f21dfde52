// Package reports answers for cases on descriptor 3, one line of JSON each. The completion mark's nonce comes on
// descriptor 4 and is gone before the candidate's first line: packages are initialised in the order of their paths.
package reports

import (
	"encoding/hex"
	"math"
	"reflect"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"
)

const (
	out       = 3
	plan      = 4
	deepest   = 60
	longest   = 300       // bytes of a text
	stack     = 200 << 20 // bytes; without it, endless recursion would end for memory
	mostItems = 100_000   // of one answer
)

var nonce = begin()

func begin() string {
	line := make([]byte, 256)
	count, _ := syscall.Read(plan, line)
	syscall.Close(plan)
	syscall.CloseOnExec(out)
	debug.SetMaxStack(stack)
	if count <= 0 {
		return ""
	}
	return strings.TrimSpace(string(line[:count]))
}

func say(line string) {
	for data := []byte(line + "\n"); len(data) > 0; {
		count, err := syscall.Write(out, data)
		if count > 0 {
			data = data[count:]
		} else if err != syscall.EINTR {
			return
		}
	}
}

// Done is the completion mark.
func Done() { say(`["done",` + Quoted(nonce) + `]`) }

// Test reports how a test ended: ok, fail, error or skip.
func Test(name, kind, why string) {
	say(`["test",` + Quoted(name) + `,"` + kind + `",` + text(why) + `]`)
}

// Cases answers for each case in order, then writes the completion mark.
func Cases(cases []func() any) {
	for index, answer := range cases {
		one(index, answer)
	}
	Done()
}

func one(index int, answer func() any) {
	answered := false
	defer func() {
		if why := recover(); !answered {
			say(`[` + strconv.Itoa(index) + `,"x",["panic","Exception"],` + text(Reason(why)) + `]`)
		}
	}()
	value := answer()
	answered = true
	budget := mostItems
	said := `{"o":"nothing that can be told"}`
	if value == nil {
		said = "[]" // a nil without a type: there is no null among the cases, so it can only be an empty list
	} else {
		said = tagged(reflect.ValueOf(value), 0, &budget)
	}
	say(`[` + strconv.Itoa(index) + `,"v",` + said + `]`)
}

// Reason is what a panic was called with, as text.
func Reason(why any) (said string) {
	defer func() {
		if recover() != nil {
			said = "a panic whose reason panics"
		}
	}()
	switch why := why.(type) {
	case nil:
		return "it ended without an answer"
	case error:
		return why.Error()
	case string:
		return why
	}
	value := reflect.ValueOf(why)
	if value.CanInt() {
		return strconv.FormatInt(value.Int(), 10)
	}
	return value.Type().String()
}

func tagged(v reflect.Value, depth int, budget *int) string {
	*budget--
	if *budget < 0 || depth > deepest {
		return `{"o":"too large"}`
	}
	switch v.Kind() {
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		return number(v.Float())
	case reflect.String:
		if s := v.String(); utf8.ValidString(s) {
			return Quoted(s)
		}
		return `{"b":"` + hex.EncodeToString([]byte(v.String())) + `"}`
	case reflect.Slice, reflect.Array:
		items := make([]string, 0, v.Len())
		for i := 0; i < v.Len() && *budget >= 0; i++ {
			items = append(items, tagged(v.Index(i), depth+1, budget))
		}
		return "[" + strings.Join(items, ",") + "]"
	case reflect.Map:
		pairs := []string{}
		for each := v.MapRange(); *budget >= 0 && each.Next(); {
			pairs = append(pairs, "["+tagged(each.Key(), depth+1, budget)+","+tagged(each.Value(), depth+1, budget)+"]")
		}
		return `{"d":[` + strings.Join(pairs, ",") + `]}`
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return "null"
		}
		if _, failed := v.Interface().(error); !failed && v.Elem().Kind() != reflect.Struct {
			return tagged(v.Elem(), depth+1, budget)
		}
	}
	return `{"o":` + Quoted(v.Type().String()) + `}`
}

func number(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	}
	said := strconv.FormatFloat(f, 'g', -1, 64)
	if strings.ContainsAny(said, ".e") {
		return said
	}
	return said + ".0"
}

func text(s string) string {
	if len(s) > longest {
		s = s[:longest]
	}
	return Quoted(s)
}

// Quoted is the text as JSON has it.
func Quoted(s string) string {
	var made strings.Builder
	made.WriteByte('"')
	for _, c := range strings.ToValidUTF8(s, "?") {
		switch {
		case c == '"' || c == '\\':
			made.WriteByte('\\')
			made.WriteRune(c)
		case c < 32 || c == 127:
			made.WriteString(`\u00` + hex.EncodeToString([]byte{byte(c)}))
		default:
			made.WriteRune(c)
		}
	}
	made.WriteByte('"')
	return made.String()
}
