{-# LANGUAGE PackageImports #-}
-- Stands before the library's module of this name.
module Test.Hspec.Runner (module Library, module SandboxSpecs) where

import SandboxSpecs
import "hspec" Test.Hspec.Runner as Library hiding (hspec, hspecWith, hspecResult, hspecWithResult, runSpec)
