"""The shape of a language: what the factory must know to read, execute and doubt code written in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from codefactory.languages.neutral import Notation
from codefactory.types import Limits, Solution, Status, Suite


@dataclass(frozen=True, slots=True)
class MutationTable:
    """What the node types of a language's tree-sitter grammar stand for where programs are mutated.

    Attributes:
        tokens: kind of mutation -> operator token -> what may stand in its place.
        operations: node types whose operator tokens count.
        operands: node types that may be replaced by either of their operands.
        insertions: templates that an operand of an operation is put into.
        inserted: node types of the operands that are.
        unwrapped: node types of calls that may be replaced by their only argument.
        conditions: (node type, index of the child among the named ones) of what decides a branch.
        negation, true, false: source of `not (...)`, with a place for the condition, and of the two constants.
        booleans: node type of a constant -> its opposite.
        integers, floats, strings: node types of literals.
        empty, filled: what stands in the place of a string that has characters, and of one that has none.
        calls: name of a called function or method -> what may be called in its place.
        bounds: node types whose named children are bounds (slices), each moved by one.
        counters: functions whose arguments are bounds.
        predicates: node types of expressions that answer true or false.
        returns: node type of a return with a value -> the return without one.
        deleted: (node type, types of its first named child, or none for any) of statements that may be left out.
        nothing: the statement that stands in a deleted one's place.
        skipped: node types that hold no behaviour: comments, imports, types.
        fluent: methods whose call may be replaced by their object.
        indexed: node type -> its field with an index that is moved by one.
        loops: node type -> its field with what is gone through.
        rounds: templates that it is put into.
        jumps: node type of a jump -> another jump.
        ordered: operator tokens whose operands may be swapped.
        or_nothing: template for a returned value that is nothing where it is empty; "" for none.
        assignments: node types of assignments, which may be left out where what they name has had a value before.
        operators: node types of operators, in a grammar where they are nodes with names of their own.
        closed: operators whose operands may stand for the whole; empty for all (types may forbid it).
        named: node types of names of functions; what `calls` has for them may stand there.
        cases: node type of an alternative -> what is put behind its pattern so that it is never taken.
        further: template of a number that is one more, for literals that are no plain integers.
        precedence: operator -> how tightly it binds and to which side it is grouped, for a grammar that knows neither.
        always: sources of conditions that are always met.
        silent: names of functions and macros whose calls hold no behaviour that a test sees: imports, messages.
        negative: the source of -1.
    """

    tokens: dict[str, dict[str, tuple[str, ...]]]
    operations: frozenset[str]
    operands: frozenset[str]
    insertions: tuple[str, ...]
    inserted: frozenset[str]
    unwrapped: frozenset[str]
    conditions: tuple[tuple[str, int], ...]
    negation: str
    true: str
    false: str
    booleans: dict[str, str]
    integers: frozenset[str]
    floats: frozenset[str]
    strings: frozenset[str]
    empty: str
    filled: str
    calls: dict[str, tuple[str, ...]]
    bounds: frozenset[str]
    counters: frozenset[str]
    predicates: frozenset[str]
    returns: dict[str, str]
    deleted: tuple[tuple[str, frozenset[str]], ...]
    nothing: str
    skipped: frozenset[str] = field(default=frozenset({"comment"}))
    fluent: frozenset[str] = frozenset()
    indexed: dict[str, str] = field(default_factory=dict)
    loops: dict[str, str] = field(default_factory=dict)
    rounds: tuple[str, ...] = ()
    jumps: dict[str, str] = field(default_factory=dict)
    ordered: frozenset[str] = frozenset()
    or_nothing: str = ""
    assignments: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    cases: dict[str, str] = field(default_factory=dict)
    further: str = "({} + 1)"
    precedence: dict[str, tuple[int, str]] = field(default_factory=dict)
    always: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    negative: str = "(-1)"


CLAUSE, FUNCTIONS = -1, 100  # brackets of a condition and what follows from it; brackets of functions with parameters


@dataclass(frozen=True, slots=True)
class TokenTable:
    """What the tokens of a language stand for where programs are mutated that no grammar is published for.

    Attributes:
        pattern: a pattern of all tokens but blanks, whose groups are `comment`, `text` (strings, characters),
            `bracket`, `number`, `word` and, where operators stand between operands, `operator`.
        prefix: whether the operator stands first, in brackets with its operands.
        tokens: kind of mutation -> operator or name of one -> what may stand in its place.
        combined: operators whose operands may stand for the whole.
        ordered: operators of two operands that may be swapped (where the operator stands first).
        calls: name of a called function -> what may be called in its place.
        conditions: words that a condition follows.
        negation, true, false: source of `not (...)`, with a place for the condition, and of the two constants.
        booleans: a constant -> its opposite.
        empty, filled: what stands in the place of a string that has characters, and of one that has none.
        further, nearer, opposite: templates of a number that is one more, one less, and of the other sign.
        skipped: words whose brackets hold no behaviour: imports, messages.
        nothing: what stands in the place of what is left out, and of what is returned.
        clauses: words that clauses follow, each beginning with its condition.
        cases: words that a value and alternatives follow -> what is put behind an alternative's pattern so that it is
            never taken; "" where the pattern is a list of values, which is emptied.
        bounds: name of a function -> places of its arguments that are bounds, each moved by one.
        passed: functions that take functions: a name among their arguments is that of a call.
        effects: a pattern of functions that are called for their effect, whose calls may be left out.
        returns: words whose brackets hold the value that is returned.
        jumps: a jump -> another jump.
        rounds: templates that what a loop goes through is put into.
        bound: word -> place of an argument that binds names -> how deep its brackets are no calls, or `CLAUSE`,
            `FUNCTIONS` (where the operator stands first).
        documented: word -> place of a text that is documentation, and how many forms there are then at least.
        anywhere: name -> what may stand in its place wherever it stands.
        function: what stands before an expression whose value is a function, where other such signs begin data.
        commands: name of a command -> a letter for what each of its words is read as (`command_edits`), where a program
            is made of commands; {} for another.
    """

    pattern: str
    prefix: bool
    tokens: dict[str, dict[str, tuple[str, ...]]]
    combined: frozenset[str]
    ordered: frozenset[str]
    calls: dict[str, tuple[str, ...]]
    conditions: frozenset[str]
    negation: str
    true: str
    false: str
    booleans: dict[str, str]
    empty: str
    filled: str
    further: str
    nearer: str
    opposite: str
    skipped: frozenset[str]
    nothing: str
    clauses: frozenset[str] = frozenset()
    cases: dict[str, str] = field(default_factory=dict)
    bounds: dict[str, tuple[int, ...]] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    effects: str = ""
    returns: frozenset[str] = frozenset()
    jumps: dict[str, str] = field(default_factory=dict)
    rounds: tuple[str, ...] = ()
    bound: dict[str, dict[int, int]] = field(default_factory=dict)
    documented: dict[str, tuple[int, int]] = field(default_factory=dict)
    anywhere: dict[str, tuple[str, ...]] = field(default_factory=dict)
    function: str = ""
    commands: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """A program that remembers what of it was executed: its code, and what the marks stand for.

    Evaluating `take` in it gives the marks seen since the last time as the hexadecimal text of a bit set, and `report`
    is a statement that prints the same. Mark i is line `lines[i]`, or after those branch i - len(lines).
    """

    code: str
    lines: tuple[int, ...]
    branches: tuple[str, ...]
    take: str
    report: str


@dataclass(frozen=True, slots=True)
class Canary:
    """A program whose one case is `f(1, 2)` with the answer 3, and the verdicts that show that the wall stands."""

    name: str
    code: str
    good: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    Attributes:
        name: as in `Problem.language`.
        fences: names that models put behind ``` for it.
        read_suite: (source, entry point) -> named cases, literal ones with their reading.
        suite_fault: (source, entry point) -> reason slug, or "" for a suite that can be planned.
        solution_fault: (source, entry point) -> reason slug, or "" for code that defines the entry point.
        stubs: entry point -> (name, solution) of programs that must fail any honest suite.
        tidy: source -> the same code without comments and in one layout, for export.
        imports: source of cases -> the import lines that their literals need.
        probes: (literal calls, entry point, how many) -> calls with other arguments, derived from those.
        mutations: what the grammar's node types, or else the tokens, mean for mutation; None: it has no mutants yet.
        measured: source -> the same program with marks, for coverage; None where that cannot be done.
        later: source -> the same program at another time of another year; "" where it never asks for the time.
        traps: (source, entry point, literal calls) -> (byte offset, statement) of insertions that make the function
            fail on one kind of input alone: empty, zero, equal arguments, ...
        suffix: of its files, dot included.
        notation: how literal values and cases are written in it; None: Python, whose literals are the cases.
        canaries: hostile programs in it, and the verdicts that are right for them.
        limits: what one execution needs where it is more than the default.
        about: what its suites are made of, for the table of languages.
        grammar: its tree-sitter grammar, "" where no wheel of one is published.
    """

    name: str
    fences: tuple[str, ...]
    read_suite: Callable[[str, str], Suite]
    suite_fault: Callable[[str, str], str]
    solution_fault: Callable[[str, str], str]
    stubs: Callable[[str], tuple[tuple[str, Solution], ...]]
    tidy: Callable[[str], str]
    imports: Callable[[str], str] = lambda source: ""
    probes: Callable[[Sequence[str], str, int], tuple[str, ...]] = lambda calls, entry_point, count: ()
    mutations: MutationTable | TokenTable | None = None
    measured: Callable[[str], Measured | None] = lambda source: None
    later: Callable[[str, str], str] = lambda source, tests: ""
    traps: Callable[[str, str, Sequence[str]], tuple[tuple[int, str], ...]] = lambda source, entry_point, calls: ()
    suffix: str = ".py"
    notation: Notation | None = None
    canaries: tuple[Canary, ...] = ()
    limits: Limits = field(default_factory=Limits)
    about: str = ""
    grammar: str = ""
