"""Haskell programs as people write them, with their hspec suites: no track of them comes with the data."""

from __future__ import annotations

# Function -> its program and the assertions about it; the module's header is put before it.
PROGRAMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "leap": (
        """\
leap :: Int -> Bool
leap year = divisible 400 || (divisible 4 && not (divisible 100))
  where
    divisible n = year `mod` n == 0
""",
        ("leap 2000 `shouldBe` True", "leap 1900 `shouldBe` False", "leap 2024 `shouldBe` True",
         "leap 2023 `shouldBe` False"),
    ),
    "collatz": (
        """\
collatz :: Integer -> Maybe Integer
collatz n
  | n <= 0 = Nothing
  | n == 1 = Just 0
  | even n = (+ 1) <$> collatz (n `div` 2)
  | otherwise = (+ 1) <$> collatz (3 * n + 1)
""",
        ("collatz 1 `shouldBe` Just 0", "collatz 16 `shouldBe` Just 4", "collatz 12 `shouldBe` Just 9",
         "collatz 0 `shouldBe` Nothing", "collatz (-15) `shouldBe` Nothing"),
    ),
    "encode": (
        """\
import Data.Char (isDigit)
import Data.List (group)

encode :: String -> String
encode = concatMap run . group
  where
    run letters = case length letters of
      1 -> take 1 letters
      n -> show n ++ take 1 letters

decode :: String -> String
decode "" = ""
decode text =
  let (digits, letter : rest) = span isDigit text
      count = if null digits then 1 else read digits
   in replicate count letter ++ decode rest
""",
        ('encode "AABCCCDEEEE" `shouldBe` "2AB3CD4E"', 'encode "" `shouldBe` ""',
         'decode "2AB3CD4E" `shouldBe` "AABCCCDEEEE"', 'decode (encode "zzz ZZ  z") `shouldBe` "zzz ZZ  z"'),
    ),
    "numeral": (
        """\
numeral :: Int -> String
numeral 0 = ""
numeral n = case filter ((<= n) . fst) values of
  (value, letters) : _ -> letters ++ numeral (n - value)
  [] -> ""
  where
    values =
      [ (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")
      , (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I") ]
""",
        ('numeral 1994 `shouldBe` "MCMXCIV"', 'numeral 3 `shouldBe` "III"', 'numeral 48 `shouldBe` "XLVIII"',
         'numeral 500 `shouldBe` "D"', 'numeral 409 `shouldBe` "CDIX"'),
    ),
    "search": (
        """\
import Data.Array

search :: Ord a => [a] -> a -> Maybe Int
search items wanted = go 0 (length items - 1)
  where
    table = listArray (0, length items - 1) items
    go low high
      | low > high = Nothing
      | otherwise =
          let middle = (low + high) `div` 2
           in case compare wanted (table ! middle) of
                EQ -> Just middle
                LT -> go low (middle - 1)
                GT -> go (middle + 1) high
""",
        ("search [1, 3, 4, 6, 8, 9, 11 :: Int] 6 `shouldBe` Just 3", "search [1, 3, 4] (1 :: Int) `shouldBe` Just 0",
         "search [1, 3, 4] (4 :: Int) `shouldBe` Just 2", "search [1, 3, 4] (7 :: Int) `shouldBe` Nothing",
         "search [] (1 :: Int) `shouldBe` Nothing", "search [1, 3, 4] (0 :: Int) `shouldBe` Nothing"),
    ),
    "valid": (
        """\
import Data.Char (digitToInt, isDigit)

valid :: String -> Bool
valid text = length digits > 1 && all isDigit digits && total `mod` 10 == 0
  where
    digits = filter (/= ' ') text
    total = sum (zipWith ($) (cycle [id, double]) (map digitToInt (reverse digits)))
    double n = if n > 4 then 2 * n - 9 else 2 * n
""",
        ('valid "059" `shouldBe` True', 'valid "59" `shouldBe` True', 'valid "0" `shouldBe` False',
         'valid "055 444 285" `shouldBe` True', 'valid "055 444 286" `shouldBe` False', 'valid "055a" `shouldBe` False',
         'valid "0000 0" `shouldBe` True'),
    ),
    "triangle": (
        """\
data Kind = Equilateral | Isosceles | Scalene | Illegal deriving (Eq, Show)

triangle :: Double -> Double -> Double -> Kind
triangle a b c
  | a <= 0 || b <= 0 || c <= 0 = Illegal
  | a + b < c || a + c < b || b + c < a = Illegal
  | a == b && b == c = Equilateral
  | a == b || b == c || a == c = Isosceles
  | otherwise = Scalene
""",
        ("triangle 2 2 2 `shouldBe` Equilateral", "triangle 3 4 4 `shouldBe` Isosceles",
         "triangle 4 3 4 `shouldBe` Isosceles", "triangle 4 4 3 `shouldBe` Isosceles",
         "triangle 5 4 6 `shouldBe` Scalene",
         "triangle 0 0 0 `shouldBe` Illegal", "triangle 1 1 3 `shouldBe` Illegal", "triangle 7 3 2 `shouldBe` Illegal",
         "triangle 3 7 2 `shouldBe` Illegal"),
    ),
    "primes": (
        """\
primes :: Int -> [Int]
primes limit = sieve [2 .. limit]
  where
    sieve [] = []
    sieve (p : rest)
      | p * p > limit = p : rest
      | otherwise = p : sieve [n | n <- rest, n `mod` p /= 0]
""",
        ("primes 1 `shouldBe` []", "primes 2 `shouldBe` [2]", "primes 10 `shouldBe` [2, 3, 5, 7]",
         "primes 25 `shouldBe` [2, 3, 5, 7, 11, 13, 17, 19, 23]"),
    ),
    "paired": (
        """\
paired :: String -> Bool
paired = go []
  where
    go open [] = null open
    go open (c : rest)
      | c `elem` "([{" = go (c : open) rest
      | c `elem` ")]}" = case open of
          o : others | [o, c] `elem` ["()", "[]", "{}"] -> go others rest
          _ -> False
      | otherwise = go open rest
""",
        ('paired "[]" `shouldBe` True', 'paired "[[" `shouldBe` False', 'paired "}{" `shouldBe` False',
         'paired "{[a]()}" `shouldBe` True', 'paired "[({]})" `shouldBe` False', 'paired "" `shouldBe` True'),
    ),
    "rotate": (
        """\
import Data.Char (chr, isLower, isUpper, ord)

rotate :: Int -> String -> String
rotate key = map shift
  where
    shift c
      | isUpper c = from 'A' c
      | isLower c = from 'a' c
      | otherwise = c
    from first c = chr (ord first + (ord c - ord first + key) `mod` 26)
""",
        ('rotate 5 "omg" `shouldBe` "trl"', 'rotate 0 "a" `shouldBe` "a"',
         'rotate 13 "The quick!" `shouldBe` "Gur dhvpx!"',
         'rotate 26 "Z" `shouldBe` "Z"'),
    ),
    "counted": (
        """\
import Data.Char (isAlphaNum, toLower)
import qualified Data.Map.Strict as Map

counted :: String -> [(String, Int)]
counted = Map.toList . foldr (\\word -> Map.insertWith (+) word 1) Map.empty . wordsOf . map toLower
  where
    wordsOf text = case dropWhile (not . inside) text of
      "" -> []
      rest -> let (word, more) = span inside rest in trimmed word ++ wordsOf more
    inside c = isAlphaNum c || c == '\\''
    trimmed word = [w | let w = filter (/= '\\'') word, length w > 0]
""",
        ('counted "one Two two" `shouldBe` [("one", 1), ("two", 2)]', 'counted "" `shouldBe` []',
         "counted \"go, go! don't\" `shouldBe` [(\"dont\", 1), (\"go\", 2)]"),
    ),
    "change": (
        """\
import Control.Monad (foldM)

newtype Account = Account {balance :: Integer} deriving (Eq, Show)

data Change = Deposit Integer | Withdraw Integer | Close

change :: [Change] -> Either String Integer
change changes = balance <$> foldM step (Account 0) changes
  where
    step account (Deposit n)
      | n <= 0 = Left "nothing to deposit"
      | otherwise = Right account {balance = balance account + n}
    step account (Withdraw n)
      | n > balance account = Left "not enough"
      | otherwise = Right account {balance = balance account - n}
    step account Close = if balance account == 0 then Right account else Left "not empty"
""",
        ("change [] `shouldBe` Right 0", "change [Deposit 5, Withdraw 3] `shouldBe` Right 2",
         'change [Deposit 5, Withdraw 6] `shouldBe` Left "not enough"',
         "change [Deposit 5, Withdraw 5, Close] `shouldBe` Right 0",
         'change [Deposit 0] `shouldBe` Left "nothing to deposit"',
         'change [Deposit 1, Close] `shouldBe` Left "not empty"'),
    ),
}  # fmt: skip


def program(name: str) -> str:
    """A whole module."""
    return f"module {name.title()} where\n\n{PROGRAMS[name][0]}"


def suite(name: str) -> str:
    """Its native tests."""
    tests = "".join(f'  it "case {number}" $ {test}\n' for number, test in enumerate(PROGRAMS[name][1], 1))
    return f"import {name.title()}\nimport Test.Hspec\n\nmain :: IO ()\nmain = hspec $ do\n{tests}"
