"""Reference tasks, wide: strings and dictionaries, part 1 (written one by one for this project)."""


# easy | terse | strings, counting, case
def count_capital_letters(s):
    """Return how many upper-case letters s contains."""
    return sum(1 for c in s if c.isupper())


assert count_capital_letters("Hello World") == 2
assert count_capital_letters("hello") == 0
assert count_capital_letters("ABC") == 3
assert count_capital_letters("1A!b") == 1
assert count_capital_letters("") == 0
assert count_capital_letters("aB cD eF") == 3


# easy | imperative | strings, palindromes
def reads_same_backwards(s):
    """Write a function that tells whether s is the same read from right to left. Case and spaces matter; the empty string counts as the same."""
    return s == s[::-1]


assert reads_same_backwards("level") == True
assert reads_same_backwards("noon") == True
assert reads_same_backwards("Level") == False
assert reads_same_backwards("ab") == False
assert reads_same_backwards("a b a") == True
assert reads_same_backwards("ab a") == False
assert reads_same_backwards("") == True


# easy | question | strings, words, counting
def how_many_words(text):
    """How many words are in text? Words are separated by one or more spaces, and there may be spaces at either end."""
    return len(text.split())


assert how_many_words("the red car") == 3
assert how_many_words("one") == 1
assert how_many_words("a  b") == 2
assert how_many_words("  hello there ") == 2
assert how_many_words("   ") == 0
assert how_many_words("") == 0


# easy | given | strings, repeating
def double_each_char(s):
    """Given a string s, return the string in which every character appears twice in a row."""
    out = ""
    for c in s:
        out += c + c
    return out


assert double_each_char("abc") == "aabbcc"
assert double_each_char("oo") == "oooo"
assert double_each_char("x") == "xx"
assert double_each_char("a b") == "aa  bb"
assert double_each_char("1!") == "11!!"
assert double_each_char("") == ""


# easy | story | strings, words
def parrot_reply(sentence):
    """A parrot repeats only the last word it hears. Return that word; words are separated by spaces, and for a sentence without words return the empty string."""
    words = sentence.split()
    if not words:
        return ""
    return words[-1]


assert parrot_reply("give me a nut") == "nut"
assert parrot_reply("Hello") == "Hello"
assert parrot_reply("good night ") == "night"
assert parrot_reply("who is THERE") == "THERE"
assert parrot_reply("") == ""
assert parrot_reply("  ") == ""


# easy | spec | dictionaries, missing keys
def value_or_zero(d, key):
    """Return the value stored under key in the dictionary d, or 0 if the key is not there."""
    return d.get(key, 0)


assert value_or_zero({"a": 5, "b": 2}, "a") == 5
assert value_or_zero({"a": 5, "b": 2}, "b") == 2
assert value_or_zero({"a": 5}, "c") == 0
assert value_or_zero({"a": 5}, "A") == 0
assert value_or_zero({"x": -4}, "x") == -4
assert value_or_zero({}, "a") == 0


# easy | terse | lists of strings, joining
def join_with_dashes(words):
    """Return the words of the list joined into one string with "-" between them."""
    return "-".join(words)


assert join_with_dashes(["a", "b", "c"]) == "a-b-c"
assert join_with_dashes(["well", "known"]) == "well-known"
assert join_with_dashes(["one"]) == "one"
assert join_with_dashes(["", "x", ""]) == "-x-"
assert join_with_dashes(["a b", "c"]) == "a b-c"
assert join_with_dashes([]) == ""


# easy | imperative | strings, removing
def remove_char(s, ch):
    """Write a function that returns s without any of the characters equal to ch (case matters)."""
    return "".join(c for c in s if c != ch)


assert remove_char("banana", "a") == "bnn"
assert remove_char("Anna", "a") == "Ann"
assert remove_char("hello", "z") == "hello"
assert remove_char("eee", "e") == ""
assert remove_char("a-b-c", "-") == "abc"
assert remove_char("", "x") == ""


# easy | question | lists of strings, sets
def has_repeated_word(words):
    """Does any word appear more than once in the list words? Words that differ in case are different words."""
    return len(set(words)) < len(words)


assert has_repeated_word(["a", "b", "a"]) == True
assert has_repeated_word(["a", "b", "c"]) == False
assert has_repeated_word(["Cat", "cat"]) == False
assert has_repeated_word(["x", "y", "z", "z"]) == True
assert has_repeated_word(["one"]) == False
assert has_repeated_word([]) == False


# medium | given | dictionaries, grouping
def group_by_length(words):
    """Given a list of words, return a dictionary from each word length to the list of words of that length, in their order."""
    groups = {}
    for w in words:
        groups.setdefault(len(w), []).append(w)
    return groups


assert group_by_length(["cat", "hi", "dog"]) == {3: ["cat", "dog"], 2: ["hi"]}
assert group_by_length(["b", "a"]) == {1: ["b", "a"]}
assert group_by_length(["", "x"]) == {0: [""], 1: ["x"]}
assert group_by_length(["to", "to"]) == {2: ["to", "to"]}
assert group_by_length(["apple"]) == {5: ["apple"]}
assert group_by_length([]) == {}


# medium | story | dictionaries, sums
def shopping_total(basket, prices):
    """At the till, basket is a list of item names and prices maps names to costs. Return the total cost; an item without a price is free, and repeated items are paid each time."""
    total = 0
    for item in basket:
        total += prices.get(item, 0)
    return total


assert shopping_total(["tea", "jam"], {"tea": 3, "jam": 2}) == 5
assert shopping_total(["tea", "tea"], {"tea": 3}) == 6
assert shopping_total(["bag", "jam"], {"jam": 2}) == 2
assert shopping_total([], {"tea": 3}) == 0
assert shopping_total(["tea"], {}) == 0
assert shopping_total(["jam", "tea", "jam"], {"tea": 10, "jam": 1, "ham": 5}) == 12


# medium | spec | strings, counting, ties
def most_common_char(s):
    """Return the character that occurs most often in the lower-case string s. On a tie return the one that is first in the alphabet; for an empty s return the empty string."""
    best = ""
    best_count = 0
    for c in sorted(s):
        if s.count(c) > best_count:
            best = c
            best_count = s.count(c)
    return best


assert most_common_char("banana") == "a"
assert most_common_char("hello") == "l"
assert most_common_char("zebra") == "a"
assert most_common_char("ttaass") == "a"
assert most_common_char("zzy") == "z"
assert most_common_char("q") == "q"
assert most_common_char("") == ""


# medium | terse | lists of strings, palindromes, case
def only_palindromes(words):
    """Return the words of the list that read the same backwards when case is ignored, in their order and as they were written."""
    result = []
    for w in words:
        low = w.lower()
        if low == low[::-1]:
            result.append(w)
    return result


assert only_palindromes(["Anna", "Bob", "Carl"]) == ["Anna", "Bob"]
assert only_palindromes(["no", "on"]) == []
assert only_palindromes(["x", "xy", "xyx"]) == ["x", "xyx"]
assert only_palindromes(["LeVel"]) == ["LeVel"]
assert only_palindromes(["noon", "moon", "noon"]) == ["noon", "noon"]
assert only_palindromes([]) == []


# medium | imperative | strings, words, case
def tidy_capitals(text):
    """Write a function that turns the first character of every word of text to upper case and the rest of the word to lower case. Words are separated by single spaces."""
    done = []
    for w in text.split(" "):
        done.append(w[:1].upper() + w[1:].lower())
    return " ".join(done)


assert tidy_capitals("hello world") == "Hello World"
assert tidy_capitals("mIXED cASE") == "Mixed Case"
assert tidy_capitals("a b") == "A B"
assert tidy_capitals("DON'T stop") == "Don't Stop"
assert tidy_capitals("3rd floor") == "3rd Floor"
assert tidy_capitals("") == ""


# medium | question | strings, anagrams, case
def are_anagrams(a, b):
    """Can the letters of a be rearranged to give b, using each letter exactly once? Ignore spaces and case."""
    x = sorted(a.lower().replace(" ", ""))
    y = sorted(b.lower().replace(" ", ""))
    return x == y


assert are_anagrams("listen", "silent") == True
assert are_anagrams("dirty room", "Dormitory") == True
assert are_anagrams("aab", "abb") == False
assert are_anagrams("abc", "abcc") == False
assert are_anagrams("elbow", "BE LOW") == True
assert are_anagrams("", "  ") == True
assert are_anagrams("ab", "ac") == False


# hard | given | strings, sets, windows
def longest_without_repeat(s):
    """Given a string s, return the length of the longest block of neighbouring characters in which no character occurs twice; 0 if s is empty."""
    best = 0
    block = ""
    for c in s:
        if c in block:
            block = block[block.index(c) + 1:]
        block += c
        best = max(best, len(block))
    return best


assert longest_without_repeat("abcab") == 3
assert longest_without_repeat("aaaa") == 1
assert longest_without_repeat("dvdf") == 3
assert longest_without_repeat("abba") == 2
assert longest_without_repeat("abcdef") == 6
assert longest_without_repeat("aA") == 2
assert longest_without_repeat("") == 0


# hard | story | strings, vowels, encoding
def playground_word(word):
    """In a secret language, a word that starts with a vowel (a, e, i, o, u) gets "way" at its end; otherwise the letters before its first vowel move to the end, followed by "ay". Words are lower case and contain a vowel."""
    if word[0] in "aeiou":
        return word + "way"
    i = 0
    while word[i] not in "aeiou":
        i += 1
    return word[i:] + word[:i] + "ay"


assert playground_word("apple") == "appleway"
assert playground_word("dog") == "ogday"
assert playground_word("string") == "ingstray"
assert playground_word("yellow") == "ellowyay"
assert playground_word("i") == "iway"
assert playground_word("banana") == "ananabay"


# hard | spec | strings, counting, sorting, ties
def top_words(text, k):
    """Return the k words that occur most often in text (words are separated by spaces), most frequent first. Words with equal counts go in alphabetical order; if there are fewer than k different words, return them all."""
    words = text.split()
    different = sorted(set(words))
    different.sort(key=lambda w: -words.count(w))
    return different[:k]


assert top_words("a b b c c c", 2) == ["c", "b"]
assert top_words("red blue red green blue", 3) == ["blue", "red", "green"]
assert top_words("f e d c b a", 4) == ["a", "b", "c", "d"]
assert top_words("one one", 5) == ["one"]
assert top_words("b a b", 1) == ["b"]
assert top_words("a b", 0) == []
assert top_words("", 3) == []
