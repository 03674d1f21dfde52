// Compiles a job inside its walls: the candidate's package, the tests beside it and outside of it, and a main that
// reports. Called as `build MODE CODE`; what it leaves is ./main.run.
//
// The compiler and the linker are called as `go test` calls them, without what takes most of its time: modules, the
// cache, vet. No cgo, no assembly, no embedded files. Any import that is not of the standard library is one of the job's
// own folders, or the candidate.
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"strconv"
	"strings"
)

const (
	own  = "/sandbox/go/"
	made = ".build/"
	// Packages are initialised in the order of their paths: the candidate's come after those that report.
	prefix = "zz/"
	cases  = "SandboxCases__"
)

// unit is one package: a folder's sources, with the tests of the same package, or the tests outside of it.
type unit struct {
	folder, name, path, archive string
	outside, busy               bool
	files                       []string
	imports                     map[string]bool
	tests, targets              []string
	main                        bool // whether it has a TestMain
}

var (
	units    []*unit
	linked   bytes.Buffer // importcfg of everything compiled here
	standard = map[string]bool{"unsafe": true, "C": true}
	linkname = regexp.MustCompile(`(?m)^//go:linkname\b`)
	named    = regexp.MustCompile(`^(Test|Fuzz)($|[^\p{Ll}])`)
)

func main() {
	mode, code := os.Args[1], os.Args[2]
	public := string(read(own + "public.cfg"))
	for _, line := range strings.Split(public, "\n") {
		if path, _, found := strings.Cut(strings.TrimPrefix(line, "packagefile "), "="); found {
			standard[path] = true
		}
	}
	check(os.MkdirAll(made, 0o700))
	check(filepath.WalkDir(".", take))
	root := find(func(u *unit) bool { return u.folder == filepath.Dir(code) && !u.outside })
	if root == nil {
		fail("%s: no package that is built here", code)
	}
	switch mode {
	case "program":
		root.path = "main"
		link(compile(root, root, public))
	case "compared":
		root.files = append(root.files, write("cases.go", answers(root.name)))
		compile(root, root, public)
		program := `import candidate "` + root.path + `"
func main() { reports.Cases(candidate.` + cases + `) }
`
		finish("reports", program)
	default:
		finish("suites", suites(root, public))
	}
}

// take adds a file to its package.
func take(name string, entry fs.DirEntry, err error) error {
	check(err)
	base := entry.Name()
	if entry.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "testdata") {
		return fs.SkipDir
	}
	if entry.IsDir() || !strings.HasSuffix(base, ".go") {
		return nil
	}
	context := build.Default
	context.CgoEnabled = false
	matches, err := context.MatchFile(filepath.Dir(name), base)
	check(err)
	if !matches {
		return nil
	}
	text := read(name)
	if linkname.Match(text) {
		fail("%s: go:linkname is not for programs", name)
	}
	files := token.NewFileSet()
	syntax, err := parser.ParseFile(files, name, text, 0)
	check(err)
	test := strings.HasSuffix(base, "_test.go")
	u := belongs(filepath.Dir(name), syntax.Name.Name, test && strings.HasSuffix(syntax.Name.Name, "_test"))
	u.files = append(u.files, name)
	for _, one := range syntax.Imports {
		path, err := strconv.Unquote(one.Path.Value)
		check(err)
		u.imports[path] = true
	}
	for _, declaration := range syntax.Decls {
		if function, ok := declaration.(*ast.FuncDecl); ok && test && function.Recv == nil {
			u.lists(function.Name.Name)
		}
	}
	return nil
}

func belongs(folder, name string, outside bool) *unit {
	known := find(func(u *unit) bool { return u.folder == folder && u.outside == outside })
	if known == nil {
		path := prefix + filepath.ToSlash(folder)
		if folder == "." {
			path = prefix + strings.TrimSuffix(name, "_test")
		}
		if outside {
			path += "_test"
		}
		known = &unit{folder: folder, name: name, path: path, outside: outside, imports: map[string]bool{}}
		units = append(units, known)
	}
	return known
}

func (u *unit) lists(function string) {
	switch match := named.FindStringSubmatch(function); {
	case function == "TestMain":
		u.main = true
	case match != nil && match[1] == "Test":
		u.tests = append(u.tests, function)
	case match != nil:
		u.targets = append(u.targets, function)
	}
}

func find(wanted func(*unit) bool) *unit {
	for _, u := range units {
		if wanted(u) {
			return u
		}
	}
	return nil
}

// imported is the package of the job's own that an import means: the folder that its path ends with, or the candidate.
func imported(path string, root *unit) *unit {
	best := root
	for _, u := range units {
		if !u.outside && u.folder != "." && strings.HasSuffix("/"+path, "/"+filepath.ToSlash(u.folder)) {
			if best == root || len(u.folder) > len(best.folder) {
				best = u
			}
		}
	}
	return best
}

// compile compiles a package after those that it imports.
func compile(u, root *unit, public string) string {
	if u.archive != "" {
		return u.archive
	}
	if u.busy {
		fail("import cycle through %s", u.folder)
	}
	u.busy = true
	config := bytes.NewBufferString(public)
	for path := range u.imports {
		if other := imported(path, root); !standard[path] && other != u {
			archive := compile(other, root, public)
			fmt.Fprintf(config, "importmap %s=%s\npackagefile %s=%s\n", path, other.path, other.path, archive)
		}
	}
	archive := made + strconv.Itoa(linked.Len()) + ".a"
	compiler(u.path, write("import.cfg", config.String()), archive, u.files)
	fmt.Fprintf(&linked, "packagefile %s=%s\n", u.path, archive)
	u.archive = archive
	return archive
}

func compiler(path, config, archive string, files []string) {
	run("compile", append([]string{"-p", path, "-importcfg", config, "-pack", "-complete", "-o", archive}, files...)...)
}

// answers is the source of the cases: functions in the candidate's package, so that they see all of it.
func answers(name string) string {
	text := string(read(".cases"))
	var made strings.Builder
	fmt.Fprintf(&made, "package %s\n", name)
	if strings.Contains(text, "math.") {
		made.WriteString("import \"math\"\nvar _ = math.Pi\n")
	}
	fmt.Fprintf(&made, "var %s = []func() any{\n", cases)
	for number, expression := range strings.Split(text, "\x00") {
		fmt.Fprintf(&made, "//line case:%d\nfunc() any { return %s },\n", number+1, expression)
	}
	made.WriteString("}\n")
	return made.String()
}

// suites is the source of a main that lists all tests.
func suites(root *unit, public string) string {
	var imports, tests, targets strings.Builder
	own := "nil"
	sort.SliceStable(units, func(i, j int) bool { return !units[i].outside && units[j].outside })
	for number, u := range units {
		if u != root && len(u.tests)+len(u.targets) == 0 && !u.main {
			continue
		}
		compile(u, root, public)
		alias := fmt.Sprintf("p%d", number)
		used := false
		for _, name := range u.tests {
			used = true
			fmt.Fprintf(&tests, "{%q, %s.%s},\n", name, alias, name)
		}
		for _, name := range u.targets {
			used = true
			fmt.Fprintf(&targets, "{%q, %s.%s},\n", name, alias, name)
		}
		if u.main {
			used, own = true, alias+".TestMain"
		}
		if !used {
			alias = "_"
		}
		fmt.Fprintf(&imports, "import %s %q\n", alias, u.path)
	}
	return `import "testing"
` + imports.String() + `func main() {
suites.Run([]testing.InternalTest{
` + tests.String() + `}, []testing.InternalFuzzTarget{
` + targets.String() + `}, ` + own + `)
}
`
}

// finish compiles and links the main, which knows one package of ours.
func finish(ours, program string) {
	config := write("main.cfg", string(read(own+"all.cfg"))+linked.String())
	main := write("main.go", fmt.Sprintf("package main\nimport %q\n%s", "sandbox/"+ours, program))
	compiler("main", config, made+"main.a", []string{main})
	link(made + "main.a")
}

func link(archive string) {
	config := write("link.cfg", string(read(own+"all.cfg"))+linked.String())
	run("link", "-importcfg", config, "-s", "-w", "-buildid=", "-o", "main.run", archive)
}

func run(tool string, arguments ...string) {
	command := exec.Command(filepath.Join(runtime.GOROOT(), "pkg/tool/linux_"+runtime.GOARCH, tool), arguments...)
	command.Env = append(os.Environ(), "GOGC=off")
	if said, err := command.CombinedOutput(); len(said) > 0 && err != nil {
		fail("%s", said)
	} else {
		check(err)
	}
}

func read(name string) []byte {
	text, err := os.ReadFile(name)
	check(err)
	return text
}

func write(name, text string) string {
	check(os.WriteFile(made+name, []byte(text), 0o600))
	return made + name
}

func check(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, values ...any) {
	fmt.Printf(format+"\n", values...)
	os.Exit(1)
}
