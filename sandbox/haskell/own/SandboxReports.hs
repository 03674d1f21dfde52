-- Reports on descriptor 3, one line of JSON each; the nonce of the completion mark comes from descriptor 4, which is
-- closed before anything of the candidate's is evaluated. No module of a candidate's may import this one (harness.py).
module SandboxReports
  ( Case, run, suite, test
  , value, raises, integer, float, boolean, string, list, table, anything
  ) where

import Control.Exception
import Control.Monad (unless, zipWithM_)
import Data.Char (isAscii, isPrint, ord)
import Data.List (intercalate)
import Data.Map (Map, toList)
import Data.Typeable (typeOf)
import GHC.Compact (compact)
import Numeric (showHex)
import System.Exit (ExitCode)
import System.IO (hFlush, stdout)
import System.Posix.IO (closeFd, fdRead, fdWrite)
import System.Posix.Process (exitImmediately)

-- What a case answers as JSON, or a thing that is only evaluated to its end.
data Case = Case (IO String)

-- The answer of a case; everything in it is evaluated as it is written.
value :: String -> Case
value text = Case (text <$ evaluate (length text))

-- A case that is to raise, whatever the type of its answer: evaluated to its end, which `compact` does for any type.
-- It gives up on functions and the like, and then what there is of the answer has been evaluated.
raises :: a -> Case
raises answer = Case ((anything answer <$ compact answer) `catch` gaveUp)
  where
    gaveUp :: CompactionFailed -> IO String
    gaveUp _ = pure (anything answer)

run :: [Case] -> IO ()
run cases = do
  nonce <- begin
  zipWithM_ one [0 :: Int ..] cases
  done nonce
  where
    one index (Case answer) = do
      said <- try answer
      case said of
        Right text -> say ("[" ++ show index ++ ",\"v\"," ++ text ++ "]")
        Left e -> do
          (name, why) <- described e
          say ("[" ++ show index ++ ",\"x\",[" ++ name ++ ",\"Exception\"]," ++ why ++ "]")

-- A suite's own main program; its end is the suite's, an exception is no end.
suite :: IO () -> IO ()
suite tests = do
  nonce <- begin
  ended <- try tests
  case ended of
    Right () -> done nonce
    Left e -> described e >>= \(name, why) -> say ("[\"test\",\"the file\",\"error\"," ++ why ++ "]")

test :: String -> String -> String -> IO ()
test name kind why = do
  said <- try (evaluate (let s = string (take 300 why) in length s `seq` s))
  let text = either (\e -> const "\"\"" (e :: SomeException)) id said
  say ("[\"test\"," ++ string name ++ "," ++ string kind ++ "," ++ text ++ "]")

-- The names of an exception and its message as JSON; a program that leaves has left, which is nobody's exception.
described :: SomeException -> IO (String, String)
described e@(SomeException inner) = case fromException e of
  Just code -> hFlush stdout >> exitImmediately (code :: ExitCode) >> pure ("", "")
  Nothing -> do
    said <- try (evaluate (let s = string (take 300 (displayException inner)) in length s `seq` s))
    pure (string (show (typeOf inner)), either (\other -> const "\"\"" (other :: SomeException)) id said)

begin :: IO String
begin = do
  (text, _) <- fdRead 4 256
  closeFd 4
  pure (takeWhile (/= '\n') text)

done :: String -> IO ()
done nonce = say ("[\"done\"," ++ string nonce ++ "]")

say :: String -> IO ()
say line = send (line ++ "\n")
  where
    send rest = unless (null rest) $ do
      count <- fdWrite 3 rest
      send (drop (fromIntegral count) rest)

integer :: Integral a => a -> String
integer = show . toInteger

float :: RealFloat a => a -> String
float x
  | isNaN x = "NaN"
  | isInfinite x = if x > 0 then "Infinity" else "-Infinity"
  | isNegativeZero x = "-0.0"
  | otherwise = show (fromRational (toRational x) :: Double)

boolean :: Bool -> String
boolean b = if b then "true" else "false"

list :: (a -> String) -> [a] -> String
list item items = "[" ++ intercalate "," (map item items) ++ "]"

table :: (a -> String) -> Map String a -> String
table item pairs = "{\"d\":" ++ list (\(key, x) -> "[" ++ string key ++ "," ++ item x ++ "]") (toList pairs) ++ "}"

anything :: a -> String
anything _ = "{\"o\":\"value\"}"

string :: String -> String
string s = "\"" ++ concatMap escaped s ++ "\""
  where
    escaped c
      | c `elem` "\"\\" = ['\\', c]
      | isAscii c && isPrint c = [c]
      | ord c < 0x10000 = unit (ord c)
      | otherwise = let n = ord c - 0x10000 in unit (0xd800 + n `div` 1024) ++ unit (0xdc00 + n `mod` 1024)
    unit n = let digits = showHex n "" in "\\u" ++ replicate (4 - length digits) '0' ++ digits
