"""Suites of Ruby, Tcl and Bash as people write them: facts by the tests' names, and programs that tamper with them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.runner.base import Runner, open_runner
from codefactory.types import Assurance, Job, Outcome, Status
from tests.languages.conftest import require_language

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.docker]
OK, FAILED, ERRORED, SKIPPED = Status.PASSED, Status.FAILED, Status.ERRORED, Status.INCOMPLETE

STACK = """class Stack
  class Empty < StandardError; end
  include Enumerable
  def initialize = @items = []
  def push(item)
    puts "pushing #{item}"
    @items << item
    self
  end
  def pop = @items.pop || raise(Empty)
  def each(&block) = @items.each(&block)
end
"""
RUBY_TESTS = """require 'minitest/autorun'
require_relative 'f'
class StackTest < Minitest::Test
  def setup = @stack = Stack.new
  def teardown = @stack = nil
  def test_pop
    assert_equal 2, @stack.push(1).push(2).pop
    assert_raises(Stack::Empty) { Stack.new.pop }
    assert_output("pushing 3\\n") { @stack.push(3) }
  end
  def test_later
    skip 'not yet'
  end
  def test_wrong
    assert_includes @stack, 1
  end
  def test_breaks
    @stack.no_such_method
  end
end
describe Stack do
  let(:stack) { Stack.new }
  describe "with two" do
    before { stack.push(1).push(2) }
    it "is enumerable" do
      _(stack.map { |n| n * 2 }).must_equal [2, 4]
      expect { Stack.new.pop }.must_raise Stack::Empty
    end
    it 'is "pending"'
  end
end
"""
TCL_TESTS = """package require tcltest
namespace import ::tcltest::*
source [file join [file dirname [info script]] f.tcl]
test add-1 {setup and cleanup} -setup { set s [list 1] } -body { lappend s [f 1 2] } -cleanup { unset s } -result {1 3}
test add-2 {an error} -body { f x y } -returnCodes error -match glob -result *non-numeric*
test add-3 {output} -body { f 1 2 } -output "adding\\n" -result 3
test add-4 {old form} { f 2 2 } 4
test add-5 {wrong} -body { f 2 2 } -result 5
test {add 6} {breaks} -body { f 1 } -result 1
test add-7 {elsewhere} -constraints windowsOnly -body { f 1 2 } -result 3
namespace eval ::inner {
    variable two 2
    test add-8 {in a namespace} -body { variable two; f $two $two } -result 4
}
cleanupTests
exit 0
"""
BASH_TESTS = """#!/usr/bin/env bats
bats_load_library bats-support
bats_load_library bats-assert
setup() {
  source "$BATS_TEST_DIRNAME/f.sh"
}
teardown() {
  rm -f "$BATS_TEST_TMPDIR/x"
}
@test "greets" {
  run f bob
  [ "$status" -eq 0 ]
  [ "$output" = "hello bob" ]
}
@test "needs a name" {
  run f
  assert_failure 2
  assert_line --index 0 "no name"
}
@test "wrong" {
  run f bob
  assert_output "hello ann"
}
@test "later" {
  skip "not yet"
}
@test "breaks" {
  no_such_command
}
"""
GREET = "f() {\n  [[ -n ${1-} ]] || { echo 'no name' >&2; return 2; }\n  echo \"hello $1\"\n}\n"
SUITES = {
    "ruby": (
        STACK,
        RUBY_TESTS,
        {
            "test_pop": OK, "test_later": SKIPPED, "test_wrong": FAILED, "test_breaks": ERRORED,
            "is enumerable": OK, 'is "pending"': SKIPPED,
        },
    ),
    "tcl": (
        "proc f {a b} {\n    puts adding\n    return [expr {$a + $b}]\n}\n",
        TCL_TESTS,
        {
            "add-1": OK, "add-2": OK, "add-3": OK, "add-4": OK, "add-5": FAILED, "add 6": ERRORED, "add-7": SKIPPED,
            "add-8": OK,
        },
    ),
    "bash": (
        GREET,
        BASH_TESTS,
        {"greets": OK, "needs a name": OK, "wrong": FAILED, "later": SKIPPED, "breaks": ERRORED},
    ),
}  # fmt: skip
# One test that nothing here may pass.
WANTED = {
    "ruby": "require 'minitest/autorun'\nrequire_relative 'f'\nclass FTest < Minitest::Test\n  def test_a\n"
    "    assert_equal 5, f(1)\n  end\nend\n",
    "tcl": "package require tcltest\nnamespace import ::tcltest::*\nsource f.tcl\ntest a {} -body {f 1} -result 5\n",
    "bash": 'source ./f.sh\n@test "a" {\n  f 1\n  [ "$(f 1)" = 5 ]\n}\n',
}
DISHONEST = {
    "ruby": {
        "redefines an assertion": "module Minitest::Assertions\n  def assert_equal(*) = true\nend\ndef f(x) = 0\n",
        "redefines equality": "class Integer\n  def ==(o) = true\nend\ndef f(x) = 0\n",
        "prepends in the call": "def f(x)\n"
        "  Minitest::Test.prepend(Module.new { def assert_equal(*) = 1 })\n  0\nend\n",
        "brings the test itself": "class FTest < Minitest::Test\n  def test_a = pass\nend\nclass Class\n"
        "  def method_added(n) = (remove_method(n) if n == :test_a)\nend\ndef f(x) = 0\n",
        "looks for the mark": "ObjectSpace.each_object(IO) do |io|\n"
        "  io.syswrite(%([\"test\",\"test_a\",\"ok\",\"\"]\\n))\n"
        "  ObjectSpace.each_object(String) { |s| io.syswrite(%([\"done\",\"#{s}\"]\\n)) if s =~ /\\A\\h{16}\\z/ }\n"
        "rescue IOError, SystemCallError\nend\nexit!\n",
        "leaves in the call": "def f(x) = exit(0)\n",
    },
    "tcl": {
        "redefines the comparison": "proc ::tcltest::CompareStrings args { return 1 }\nproc f x {}\n",
        "redefines string": "rename string s\nproc string args { return 1 }\nproc f x {}\n",
        "redefines test": "proc test args {}\nproc f x {}\n",
        "brings the test itself": "test a {} -body {} -result {}\nproc f x {}\nreturn -level 20\n",
        "looks for the mark": "set out [open /proc/self/fd/3 w]\nputs $out {[\"test\",\"a\",\"ok\",\"\"]}\n"
        "puts $out \"\\[\\\"done\\\",\\\"[read [open /proc/self/fd/4]]\\\"\\]\"\nclose $out\nexit 0\nproc f x {}\n",
        "skips": "::tcltest::configure -skip *\nproc f x {}\n",
    },
    "bash": {
        "redefines the bracket": "[() { return 0; }\nf() { :; }\n",
        "redefines it in the call": "f() { eval '[() { return 0; }'; }\n",
        "writes to the report of bats": "f() {\n  echo 'ok 1 a' >&3\n  exec true\n}\n",
        "turns errors off": "set +e\nf() { :; }\n",
        "takes the trap": "trap 'exit 0' EXIT\nf() { :; }\n",
        "kills the shell": "f() { kill -9 $$; }\n",
    },
}  # fmt: skip


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=SUITES)
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Runner, Language]]:
    require_language(request.param)
    async with open_runner("docker", slots=1, language=request.param) as runner:
        yield runner, LANGUAGES.load(request.param)


async def run(runner: Runner, language: Language, code: str, source: str) -> Outcome:
    suite = language.read_suite(source, "f")
    job = Job(language.name, code, "f", suite.cases, suite.preamble, Assurance.SHARED, language.limits)
    return await runner.execute(job)


async def test_every_test_has_its_fact(opened: tuple[Runner, Language]) -> None:
    runner, language = opened
    code, source, facts = SUITES[language.name]
    outcome = await run(runner, language, code, source)
    assert {fact.name: fact.status for fact in outcome.facts} == facts, outcome


async def test_a_program_that_tampers_never_passes(opened: tuple[Runner, Language]) -> None:
    runner, language = opened
    source = WANTED[language.name]
    outcomes = {name: await run(runner, language, code, source) for name, code in DISHONEST[language.name].items()}
    assert [name for name, outcome in outcomes.items() if outcome.status is Status.PASSED] == []
    right = {"ruby": "def f(x) = 5\n", "tcl": "proc f x { return 5 }\n", "bash": "f() { echo 5; }\n"}
    honest = await run(runner, language, right[language.name], source)
    assert honest.status is Status.PASSED, honest
