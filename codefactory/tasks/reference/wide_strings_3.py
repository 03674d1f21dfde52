"""Reference tasks, wide: strings and dictionaries, part 3 (written one by one for this project)."""


# easy | terse | lists of strings, prefixes
def words_starting_with(words, letter):
    """Return the words of the list that begin with letter (same case), in their order."""
    return [w for w in words if w[:1] == letter]


assert words_starting_with(["ant", "bee", "ape"], "a") == ["ant", "ape"]
assert words_starting_with(["Ant", "ape"], "a") == ["ape"]
assert words_starting_with(["sea", "era"], "a") == []
assert words_starting_with(["", "b"], "b") == ["b"]
assert words_starting_with(["tea", "tea"], "t") == ["tea", "tea"]
assert words_starting_with([], "x") == []


# easy | imperative | strings, repeating
def wrap_in_stars(s, n):
    """Write a function that returns s with n stars "*" in front of it and n stars after it."""
    stars = "*" * n
    return stars + s + stars


assert wrap_in_stars("hi", 2) == "**hi**"
assert wrap_in_stars("hi", 1) == "*hi*"
assert wrap_in_stars("hi", 0) == "hi"
assert wrap_in_stars("", 3) == "******"
assert wrap_in_stars("*", 1) == "***"
assert wrap_in_stars("a b", 1) == "*a b*"


# easy | question | strings, vowels, searching
def first_vowel_position(s):
    """At which index (from 0) is the first vowel (a, e, i, o, u, in either case) of s? Return -1 if there is none."""
    for i in range(len(s)):
        if s[i] in "aeiouAEIOU":
            return i
    return -1


assert first_vowel_position("tree") == 2
assert first_vowel_position("apple") == 0
assert first_vowel_position("hEllo") == 1
assert first_vowel_position("sky") == -1
assert first_vowel_position("sh! Oh") == 4
assert first_vowel_position("strike") == 3
assert first_vowel_position("") == -1


# easy | given | strings, tuples, slicing
def cut_at(s, i):
    """Given a string s and a number i from 0 to its length, return a tuple of the first i characters and the rest."""
    return (s[:i], s[i:])


assert cut_at("sunday", 3) == ("sun", "day")
assert cut_at("abc", 1) == ("a", "bc")
assert cut_at("abc", 0) == ("", "abc")
assert cut_at("abc", 3) == ("abc", "")
assert cut_at("a b", 2) == ("a ", "b")
assert cut_at("", 0) == ("", "")


# easy | story | strings, counting
def letters_to_buy(text):
    """A shop sign is made of separate brass characters, and only the spaces cost nothing. Return how many characters must be bought for text."""
    bought = 0
    for c in text:
        if c != " ":
            bought += 1
    return bought


assert letters_to_buy("fresh bread") == 10
assert letters_to_buy("open") == 4
assert letters_to_buy("50% off!") == 7
assert letters_to_buy("a  b   c") == 3
assert letters_to_buy("   ") == 0
assert letters_to_buy("") == 0


# easy | spec | strings, case
def raise_first(s):
    """Return s with its first character turned to upper case and everything else left exactly as it is. An empty string stays empty."""
    if s == "":
        return ""
    return s[0].upper() + s[1:]


assert raise_first("hello") == "Hello"
assert raise_first("iPhone") == "IPhone"
assert raise_first("hELLO wORLD") == "HELLO wORLD"
assert raise_first("Already") == "Already"
assert raise_first("1st") == "1st"
assert raise_first("x") == "X"
assert raise_first("") == ""


# easy | terse | dictionaries, sorting
def sorted_keys(d):
    """Return the keys of the dictionary d as a list in alphabetical order."""
    return sorted(d.keys())


assert sorted_keys({"b": 1, "a": 2}) == ["a", "b"]
assert sorted_keys({"pear": 3, "fig": 9, "kiwi": 1}) == ["fig", "kiwi", "pear"]
assert sorted_keys({"one": 1}) == ["one"]
assert sorted_keys({"ab": 0, "aa": 5, "a": 7}) == ["a", "aa", "ab"]
assert sorted_keys({"z": 1, "y": 2, "x": 3}) == ["x", "y", "z"]
assert sorted_keys({}) == []


# easy | imperative | strings, replacing
def swap_char_for(s, old, new):
    """Write a function that returns s with each character equal to old changed to the character new."""
    out = ""
    for c in s:
        if c == old:
            out += new
        else:
            out += c
    return out


assert swap_char_for("banana", "a", "o") == "bonono"
assert swap_char_for("a b c", " ", "_") == "a_b_c"
assert swap_char_for("hello", "z", "x") == "hello"
assert swap_char_for("Ada", "a", "i") == "Adi"
assert swap_char_for("aaa", "a", "a") == "aaa"
assert swap_char_for("", "a", "b") == ""


# easy | question | strings, digits
def is_all_digits(s):
    """Is s made of nothing but the digits 0 to 9, with at least one of them?"""
    if s == "":
        return False
    for c in s:
        if c not in "0123456789":
            return False
    return True


assert is_all_digits("2024") == True
assert is_all_digits("0") == True
assert is_all_digits("12a") == False
assert is_all_digits("-5") == False
assert is_all_digits("1 2") == False
assert is_all_digits("3.5") == False
assert is_all_digits("") == False


# medium | given | lists of strings, sorting, ties
def longest_first(words):
    """Given a list of lower-case words, return them sorted from the longest to the shortest; words of equal length go in alphabetical order."""
    return sorted(words, key=lambda w: (-len(w), w))


assert longest_first(["fig", "apple", "pear"]) == ["apple", "pear", "fig"]
assert longest_first(["dog", "cat", "bird"]) == ["bird", "cat", "dog"]
assert longest_first(["b", "a", "c"]) == ["a", "b", "c"]
assert longest_first(["to", "", "to"]) == ["to", "to", ""]
assert longest_first(["one"]) == ["one"]
assert longest_first([]) == []


# medium | story | lists of strings, counting, ties
def vote_winner(votes):
    """A class votes for its speaker; votes is the list of names written on the slips. Return the name with the most votes, or "tie" if two or more share the lead or nobody voted."""
    best = "tie"
    best_count = 0
    for name in set(votes):
        n = votes.count(name)
        if n > best_count:
            best = name
            best_count = n
        elif n == best_count:
            best = "tie"
    return best


assert vote_winner(["Ann", "Bob", "Ann"]) == "Ann"
assert vote_winner(["Ann", "Bob"]) == "tie"
assert vote_winner(["Bob", "Ann", "Cy", "Cy"]) == "Cy"
assert vote_winner(["A", "B", "B", "A", "C"]) == "tie"
assert vote_winner(["Kim"]) == "Kim"
assert vote_winner(["A", "A", "B", "B", "C", "C", "C"]) == "C"
assert vote_winner([]) == "tie"


# medium | spec | strings, neighbours
def squeeze_repeats(s):
    """Wherever the same character stands several times in a row in s, keep just one of them. Characters that repeat further apart all stay; the empty string stays empty."""
    out = ""
    for c in s:
        if out == "" or out[-1] != c:
            out += c
    return out


assert squeeze_repeats("aabbb") == "ab"
assert squeeze_repeats("hello") == "helo"
assert squeeze_repeats("abab") == "abab"
assert squeeze_repeats("aaa") == "a"
assert squeeze_repeats("a  b") == "a b"
assert squeeze_repeats("Aab") == "Aab"
assert squeeze_repeats("") == ""


# medium | terse | strings, slicing
def middle_of(s):
    """Return the middle character of s, or the two middle characters if its length is even; the empty string gives the empty string."""
    n = len(s)
    if n % 2 == 1:
        return s[n // 2]
    return s[max(0, n // 2 - 1):n // 2 + 1]


assert middle_of("abc") == "b"
assert middle_of("abcd") == "bc"
assert middle_of("x") == "x"
assert middle_of("xy") == "xy"
assert middle_of("planets") == "n"
assert middle_of("orange") == "an"
assert middle_of("") == ""


# medium | imperative | strings, words, case
def count_word(text, word):
    """Write a function that counts how often word occurs as a whole word of text, ignoring case. Words of text are separated by spaces."""
    n = 0
    for w in text.split():
        if w.lower() == word.lower():
            n += 1
    return n


assert count_word("The cat saw the dog", "the") == 2
assert count_word("other bother the", "the") == 1
assert count_word("no match here", "cat") == 0
assert count_word("go GO Go", "gO") == 3
assert count_word("cats cat", "cat") == 1
assert count_word("", "a") == 0


# medium | question | strings, searching
def how_many_times_inside(s, part):
    """How many times does the non-empty string part occur in s, when occurrences may overlap each other?"""
    n = 0
    for i in range(len(s)):
        if s[i:i + len(part)] == part:
            n += 1
    return n


assert how_many_times_inside("banana", "ana") == 2
assert how_many_times_inside("aaaa", "aa") == 3
assert how_many_times_inside("hello", "l") == 2
assert how_many_times_inside("hello", "lo") == 1
assert how_many_times_inside("abc", "abcd") == 0
assert how_many_times_inside("Aa", "a") == 1
assert how_many_times_inside("", "x") == 0


# hard | given | strings, alphabet, ranges
def letter_ranges(letters):
    """Given different lower-case letters in alphabetical order, join every stretch of two or more letters that follow on in the alphabet as "first-last", keep single letters, and put "," between the parts."""
    parts = []
    start = 0
    for i in range(len(letters)):
        if i + 1 == len(letters) or ord(letters[i + 1]) != ord(letters[i]) + 1:
            if start == i:
                parts.append(letters[i])
            else:
                parts.append(letters[start] + "-" + letters[i])
            start = i + 1
    return ",".join(parts)


assert letter_ranges("abcf") == "a-c,f"
assert letter_ranges("ab") == "a-b"
assert letter_ranges("ace") == "a,c,e"
assert letter_ranges("amnoxyz") == "a,m-o,x-z"
assert letter_ranges("q") == "q"
assert letter_ranges("abde") == "a-b,d-e"
assert letter_ranges("") == ""


# hard | story | lists of strings, queues
def bakery_queue(events):
    """At a bakery, "+NAME" means NAME joins the end of the queue, "-NAME" means NAME leaves it (nothing happens if not waiting), and "next" serves the first person, if any. Return the list of those still waiting, first to last."""
    queue = []
    for e in events:
        if e == "next":
            queue = queue[1:]
        elif e[0] == "+":
            queue.append(e[1:])
        elif e[1:] in queue:
            queue.remove(e[1:])
    return queue


assert bakery_queue(["+Ann", "+Bob", "next"]) == ["Bob"]
assert bakery_queue(["+Ann", "+Bob", "+Cy", "-Bob"]) == ["Ann", "Cy"]
assert bakery_queue(["next", "+Ann"]) == ["Ann"]
assert bakery_queue(["-Zed", "+Ann", "-Zed"]) == ["Ann"]
assert bakery_queue(["+Ann", "+Bob", "next", "+Ann"]) == ["Bob", "Ann"]
assert bakery_queue(["+A", "next", "next", "-A"]) == []
assert bakery_queue([]) == []


# hard | spec | strings, words, wrapping
def wrap_text(text, width):
    """Put the words of text (separated by spaces) on lines: a word joins the current line, after one space, if the line then has at most width characters; otherwise it starts a new line. Return the list of lines, empty without words."""
    lines = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


assert wrap_text("the cat sat down", 7) == ["the cat", "sat", "down"]
assert wrap_text("a b c d", 3) == ["a b", "c d"]
assert wrap_text("hello", 5) == ["hello"]
assert wrap_text("one two", 6) == ["one", "two"]
assert wrap_text("one two", 7) == ["one two"]
assert wrap_text("I am here now", 20) == ["I am here now"]
assert wrap_text("", 4) == []
