{-# LANGUAGE PackageImports #-}
-- Stands before the library's module of this name.
module Test.Hspec (module Library, hspec) where

import SandboxSpecs (hspec)
import "hspec" Test.Hspec as Library hiding (hspec)
