"""What a documented function looks like in each language that source code is mined in: one row a language.

Where a grammar is published, its tree says where definitions and comments begin and end; elsewhere the language's
tokens do, since there a definition ends with its brackets. The patterns say which of them are functions with a comment
of their own and a value. Python is not among the rows: its docstring stands in the function (`recipes.mining`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codefactory.languages import commonlisp, prolog, r, racket, tcl
from codefactory.languages.native import Reading


@dataclass(frozen=True, slots=True)
class Documented:
    """How a language's documented functions are told; patterns are matched at the beginning of what they are about.

    Attributes:
        suffixes: of its files.
        define: a definition that counts; its name is the group `name`, or `value` where a function is given a name.
        doc: a comment that documents what stands below it.
        old: how a definition begins that is commented out, behind the sign of a comment and at most one space.
        grammar: its tree-sitter grammar.
        reading: its tokens, where no grammar is published.
        ends: for these, where a definition ends, outside of all brackets.
        inside: node types that definitions are looked for in -> what such a node begins with.
        between: what may stand between a comment and its definition: attributes, signatures.
        blanks: lines that may be empty there.
        within: a definition that has its documentation in itself.
        clauses: whether a function may be written as several definitions one after the other.
        result: field of the grammar that names the type of the answer; there is one where the answer is no nothing.
        returns: what has to be found in the code, without comments, strings and inner functions; "" where every
            function has a value.
        inner: node types of functions.
        refuses: what must not be found there: what belongs to an object, or has no value.
        tests: names of files that hold tests.
        skipped: names of folders with tests or other people's code, beside those that are skipped in all languages.
    """

    suffixes: tuple[str, ...]
    define: str
    doc: str
    old: str = r"(?!)"
    grammar: str = ""
    reading: Reading | None = None
    ends: str = r"\n"
    inside: dict[str, str] = field(default_factory=dict)
    between: str = r"(?!)"
    blanks: int = 0
    within: str = r"(?!)"
    clauses: bool = False
    result: str = ""
    returns: str = ""
    inner: frozenset[str] = frozenset()
    refuses: str = r"(?!)"
    tests: str = r"tests?[-_.].*|.*[-_.](?:tests?|spec)\.\w+"
    skipped: frozenset[str] = frozenset()


ARROW = r"(?:async\s+)?(?:function\b|\([^()]*\)\s*=>|[\w$]+\s*=>)"
HASKELL_WORDS = r"(?:class|data|default|deriving|foreign|import|infix[lr]?|instance|module|newtype|pattern|type)\b"
CPP_WORDS = r"(?:class|enum|namespace|struct|typedef|union|using)\b"

DOCUMENTED = {
    "lua": Documented(
        suffixes=(".lua",),
        grammar="lua",
        define=r"(?:local\s+)?function\s+(?P<name>[\w.]+)\s*\(|(?:local\s+)?(?P<value>[\w.]+)\s*=\s*function\b",
        doc=r"--",
        old=r"(?:local\s+)?function\s+[\w.:]+\s*\(|(?:local\s+)?[\w.]+\s*=\s*function\b",
        returns=r"\breturn\b(?!\s*(?:end|else|elseif|until)\b)\s*[^\s;]",
        inner=frozenset({"function_declaration", "function_definition"}),
        refuses=r"\bself\b",
        skipped=frozenset({"spec", "specs", "lua_modules"}),
    ),
    "perl": Documented(
        suffixes=(".pl", ".pm"),
        grammar="perl",
        define=r"sub\s+(?P<name>\w+)",
        doc=r"#(?!!)|=",
        old=r"sub\s+\w+\s*(?:[({]|$)",
        blanks=1,
        returns=r"\breturn\b(?!\s*(?:[;}]|(?:if|unless)\b))\s*\S",
        inner=frozenset({"anonymous_subroutine_expression", "subroutine_declaration_statement"}),
        refuses=r"\$(?:self|class)\b",
        skipped=frozenset({"t", "xt", "blib", "inc"}),
    ),
    "javascript": Documented(
        suffixes=(".js", ".mjs", ".cjs"),
        grammar="javascript",
        define=r"(?:export\s+(?:default\s+)?)?(?:async\s+)?function\s+(?P<name>[\w$]+)"
        rf"|(?:(?:export\s+)?(?:const|let|var)\s+|(?:module\.)?exports\.)(?P<value>[\w$]+)\s*=\s*{ARROW}",
        doc=r"/\*\*",
        returns=r"\breturn\b[ \t]*[^\s;}]|=>\s*[^\s{]",
        inner=frozenset(
            {
                *("arrow_function", "function_declaration", "function_expression", "generator_function"),
                *("generator_function_declaration", "method_definition"),
            }
        ),
        refuses=r"\bthis\b",
        tests=r".*\.(?:test|spec|min)\.[cm]?js|test[-_.].*",
        skipped=frozenset({"__tests__", "spec", "dist", "bower_components"}),
    ),
    "racket": Documented(
        suffixes=(".rkt",),
        reading=racket.READING,
        define=r"\(define(?:/contract)?\s+(?:\((?P<name>[^\s()\[\]]+)|(?P<value>[^\s()\[\]]+)\s+\((?:lambda|λ)(?=\s))",
        doc=r";(?!;*\s*\()|\#\|",  # not a form that is commented out
        skipped=frozenset({"compiled"}),
    ),
    "r": Documented(
        suffixes=(".R", ".r"),
        reading=r.READING,
        define=r"(?P<name>[\w.]+)\s*(?:<-|=)\s*function\s*\(",
        doc=r"#'",
        ends=r"\n(?!\s*\{)",
        returns=r"[\w.\"})\]]\s*\Z",  # what ends otherwise goes on in the next line
        skipped=frozenset({"testthat", "renv", "packrat"}),
    ),
    "ocaml": Documented(
        suffixes=(".ml",),
        grammar="ocaml",
        define=r"let\s+(?:rec\s+)?(?:(?P<name>[a-z_][\w']*)\s+(?![\s=:])|(?P<value>[a-z_][\w']*)\s*=\s*fun(?:ction)?\b)",
        doc=r"\(\*\*(?!\))",
        inside={"module_definition": "", "module_binding": "", "structure": ""},
        refuses=r":\s*unit\s*=|\Alet\s+\w+\s*\(\s*\)|\bdone\s*\Z",
        skipped=frozenset({"_build", "_opam"}),
    ),
    "haskell": Documented(
        suffixes=(".hs",),
        grammar="haskell",
        define=rf"(?!{HASKELL_WORDS})(?P<name>[a-z_][\w']*+)\s*+(?![:,])",
        doc=r"--\s*\||\{-\s*\|",
        inside={"declarations": ""},
        between=rf"(?!{HASKELL_WORDS})[a-z_][\w']*\s*::",
        clauses=True,
        returns=r"\A[^=|]*::[^=]*->|\A[a-z_][\w']*[ \t]+[^=|:\s]",
        refuses=r"::[^=\n]*\bIO\s*\(\s*\)",
        tests=r".*(?:Spec|Tests?)\.hs",
        skipped=frozenset({"dist-newstyle", "dist"}),
    ),
    "ruby": Documented(
        suffixes=(".rb",),
        grammar="ruby",
        define=r"(?:(?:private_class_method|module_function)\s+)?def\s+(?:self\.)?(?P<name>[a-z_]\w*[?!]?)(?!\s*=)",
        doc=r"#(?!!)|=begin",
        old=r"def\s+(?:self\.)?\w+[?!]?\s*(?:\(|$)",
        inside={"module": "", "body_statement": ""},
        refuses=r"@\w|\bsuper\b|\A[^\n]*\s+end\Z",
        skipped=frozenset({"spec", "features"}),
    ),
    "tcl": Documented(
        suffixes=(".tcl",),
        reading=tcl.READING,
        define=r"proc\s+(?P<name>[\w:]+)\s",
        doc=r"#(?!!)",
        old=r"proc\s+[\w:]+\s+\{",
        returns=r"\breturn\s+(?![-;}\s])",
    ),
    "bash": Documented(
        suffixes=(".sh", ".bash"),
        grammar="bash",
        define=r"function\s+(?P<name>[\w:.-]+)|(?P<value>[\w:.-]+)\s*\(\s*\)",
        doc=r"#(?!!)",
        old=r"(?:function\s+[\w:.-]+|[\w:.-]+\s*\(\s*\))\s*(?:\(\s*\)\s*)?\{",
        returns=r"(?m)\b(?:echo|printf)\b(?![^\n]*>\s*&?\s*(?:2|/dev/stderr))",
    ),
    "go": Documented(
        suffixes=(".go",),
        grammar="go",
        define=r"func\s+(?P<name>\w+)",
        doc=r"//(?!go:)|/\*",
        old=r"func\s+(?:\([^()]*\)\s*)?\w+\s*\(.*\{",
        result="result",
        tests=r".*_test\.go",
        skipped=frozenset({"testdata", "third_party"}),
    ),
    "rust": Documented(
        suffixes=(".rs",),
        grammar="rust",
        define=r"(?:pub(?:\([^()]*\))?\s+)?(?:(?:const|async|unsafe)\s+)*fn\s+(?P<name>\w+)",
        doc=r"///|/\*\*",
        inside={"mod_item": r"(?:pub(?:\([^()]*\))?\s+)?mod\s+(?!tests?\b)", "declaration_list": ""},
        between=r"#\[(?!test\b|cfg\(test|\w+::test)",
        result="return_type",
        tests=r"tests?\.rs|.*_tests?\.rs",
        skipped=frozenset({"target", "benches"}),
    ),
    "cpp": Documented(
        suffixes=(".cpp", ".cc", ".cxx", ".hpp", ".hh", ".h"),
        grammar="cpp",
        define=rf"(?!{CPP_WORDS})(?:template\s*<[^{{}};()]*?>\s*(?!{CPP_WORDS}))?"
        r"(?=[^;]*\{)[^(){};=]*?(?<![\w:~])(?P<name>(?!(?:main|operator)\b)[A-Za-z_]\w*)\s*\(",
        doc=r"//|/\*",
        old=r"[\w:<>,&* ]+[ &*][\w:]+\s*\([^{};]*\)[\w ]*\{",
        inside={
            **dict.fromkeys(("namespace_definition", "declaration_list", "linkage_specification"), ""),
            **dict.fromkeys(("preproc_ifdef", "preproc_if"), ""),  # what keeps a header from being read twice
        },
        result="type",
        skipped=frozenset({"third_party", "googletest"}),
    ),
    "java": Documented(
        suffixes=(".java",),
        grammar="java",
        define=r"(?:@[\w.]+(?:\([^()]*\))?\s*)*(?=[^{(]*\bstatic\b)[^{(]*?(?P<name>\w+)\s*\(",
        doc=r"/\*\*",
        inside=dict.fromkeys(
            (
                *("class_declaration", "class_body", "enum_declaration", "enum_body", "enum_body_declarations"),
                *("interface_declaration", "interface_body", "record_declaration"),
            ),
            "",
        ),
        result="type",
        tests=r".*Tests?\.java|Test.*\.java",
        skipped=frozenset({"target"}),
    ),
    "elixir": Documented(
        suffixes=(".ex",),
        grammar="elixir",
        define=r"def\s+(?P<name>[a-z_]\w*[?!]?)",
        doc=r"@doc\s+[\"~]",
        inside={"call": r"defmodule\b", "do_block": ""},
        between=r"@(?:spec|since|deprecated|doc)\b(?!\s+false)",
        blanks=1,
        clauses=True,
        skipped=frozenset({"deps", "_build"}),
    ),
    "commonlisp": Documented(
        suffixes=(".lisp", ".lsp", ".cl"),
        reading=commonlisp.READING,
        define=r"(?i:\(defun)\s+(?P<name>[^\s()]+)",
        doc=r";(?!;*\s*\()|\#\|",
        within=r"(?i:\(defun)\s+[^\s()]+\s+(?:(?i:nil)|\((?:[^()]|\([^()]*\))*\))\s*\"",
    ),
    "prolog": Documented(
        suffixes=(".pl", ".pro", ".prolog"),
        reading=prolog.READING,
        define=r"(?!test\b)(?P<name>[a-z]\w*)\s*(?:\(|-->|:-)",
        doc=r"%|/\*\*",
        ends=r"\.(?=\s|%|\Z)",
        clauses=True,
        old=r"[a-z]\w*(?:\(.*\))?\s*(?::-|-->)",
        blanks=1,  # PlDoc's own layout
        returns=r":-|-->",
    ),
}
