-- hspec's main functions, whose results are reported by name; hspec itself runs the examples.
module SandboxSpecs (hspec, hspecWith, hspecResult, hspecWithResult, runSpec) where

import Control.Monad (void)
import qualified SandboxReports as Reports
import Test.Hspec.Core.Format (Event (..), FailureReason (..), Item (..), Result (..))
import Test.Hspec.Core.Runner (Config (..), Summary, defaultConfig)
import qualified Test.Hspec.Core.Runner as Core
import Test.Hspec.Core.Spec (Spec)

hspec :: Spec -> IO ()
hspec = hspecWith defaultConfig

hspecWith :: Config -> Spec -> IO ()
hspecWith config spec = void (runSpec spec config)

hspecResult :: Spec -> IO Summary
hspecResult = hspecWithResult defaultConfig

hspecWithResult :: Config -> Spec -> IO Summary
hspecWithResult config spec = runSpec spec config

runSpec :: Spec -> Config -> IO Summary
runSpec spec config = Core.runSpec spec config {configFormat = Just (const (pure report)), configFormatter = Nothing}

report :: Event -> IO ()
report (ItemDone (_, name) item) = case itemResult item of
  Success -> Reports.test name "ok" ""
  Pending _ why -> Reports.test name "skip" (maybe "" id why)
  Failure _ (Error _ e) -> Reports.test name "error" (show e)
  Failure _ reason -> Reports.test name "fail" (show reason)
report _ = pure ()
