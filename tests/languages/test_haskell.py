"""Haskell in its image: nothing executes while it is compiled, modules are found, reports cannot be forged."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from codefactory.languages.haskell import HASKELL
from codefactory.runner.base import Runner, open_runner
from codefactory.types import Assurance, Job, Outcome, Status
from tests.languages.conftest import require_language

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.docker]

IMPORTS = "import Answer\nimport Test.Hspec\n\n"
SUITE = f'{IMPORTS}main :: IO ()\nmain = hspec $ it "answers" $ answer 10 `shouldBe` (55 :: Int)\n'
RIGHT = "answer :: Int -> Int\nanswer n = sum [1 .. n]\n"
EFFECTS = (
    "module Answer where\n\nimport System.Exit\nimport System.IO.Unsafe (unsafePerformIO)\nimport System.Posix.IO\n"
    "import System.Posix.Process\nimport Test.Hspec\n\nanswer :: Int -> Int\nanswer _ = unsafePerformIO $ do\n"
)
FORGED = 'fdWrite 3 "[\\"test\\",\\"answers\\",\\"ok\\",\\"\\"]\\n[\\"done\\",\\"\\"]\\n"'


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def runner() -> AsyncIterator[Runner]:
    """One slot."""
    require_language("haskell")
    async with open_runner("docker", slots=1, language="haskell") as opened:
        yield opened


async def tried(runner: Runner, code: str, source: str = SUITE) -> Outcome:
    suite = HASKELL.read_suite(source, "answer")
    job = Job("haskell", code, "answer", suite.cases, suite.preamble, Assurance.SHARED, HASKELL.limits)
    return await runner.execute(job)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("{-# LANGUAGE LambdaCase, TemplateHaskell #-}\nmodule Answer where\n", "TemplateHaskell"),
        ("{-# language CPP #-}\nmodule Answer where\n", "CPP"),
        ("{-# LANGUAGE CApiFFI #-}\nmodule Answer where\n", "CApiFFI"),
        ("{-# OPTIONS_GHC -Wall -F -pgmF /bin/sh #-}\nmodule Answer where\n", "pgmF"),
        ("{-# OPTIONS_GHC -fplugin=Answer #-}\nmodule Answer where\n", "fplugin"),
        ('module Answer where\n{-# ANN module (id "x") #-}\n', "ANN"),
        ("module Answer where\nimport SandboxReports\n", "no module 'SandboxReports'"),
        ("=== file: Answer.hs\nmodule Answer where\n=== file: Test/Hspec.hs\nmodule Test.Hspec where\n", "already"),
        ("=== file: Answer.hs\nmodule Answer where\n=== file: Answer.o\n\n", "are modules"),
    ],
)
async def test_what_could_execute_while_compiling_or_stand_for_the_tests_is_refused(
    runner: Runner, code: str, why: str
) -> None:
    outcome = await tried(runner, code)
    assert outcome.status is Status.SYNTAX
    assert why in outcome.detail


@pytest.mark.parametrize(
    "code",
    [
        RIGHT,
        f"{{-# OPTIONS_GHC -Wall -O1 #-}}\n-- | Sums.\nmodule Solution (answer) where\n\n{RIGHT}",
        f"module Main (main) where\n\n{RIGHT}\nmain :: IO ()\nmain = print (answer 3)\n",
        "=== file: Answer.hs\nmodule Answer (answer) where\nimport Data.Sums\n"
        f"=== file: Data/Sums.hs\nmodule Data.Sums where\n{RIGHT}",
    ],
)
async def test_a_module_is_found_under_whatever_name_it_has_or_has_not(runner: Runner, code: str) -> None:
    outcome = await tried(runner, code)
    assert outcome.status is Status.PASSED, outcome


@pytest.mark.parametrize(
    "body",
    [
        f"  {FORGED}\n  exitImmediately ExitSuccess\n  pure 5\n",
        f"  {FORGED}\n  pure 5\n",
        '  hspec (it "answers" (True `shouldBe` True))\n  pure 5\n',
        f"  {FORGED}\n  exitSuccess\n",
    ],
)
async def test_a_wrong_program_that_reports_for_itself_never_passes(runner: Runner, body: str) -> None:
    outcome = await tried(runner, EFFECTS + body)
    assert outcome.status in (Status.INCOMPLETE, Status.FAILED, Status.ERRORED), outcome


async def test_a_suite_may_be_a_spec_and_have_helpers(runner: Runner) -> None:
    source = (
        f"=== file: test/AnswerSpec.hs\nmodule AnswerSpec (spec) where\nimport Helper\n{IMPORTS}spec :: Spec\n"
        'spec = describe "f" $ do\n  it "a" $ answer 3 `shouldBe` six\n  xit "b" $ answer 3 `shouldBe` 7\n'
        "=== file: test/Helper.hs\nmodule Helper where\nsix :: Int\nsix = 6\n"
    )
    outcome = await tried(runner, RIGHT, source)
    assert [fact.status for fact in outcome.facts] == [Status.PASSED, Status.INCOMPLETE], outcome
