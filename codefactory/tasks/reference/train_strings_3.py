"""Reference tasks, training: strings and dictionaries, part 3 (written one by one for this project)."""


# easy | spec | strings, suffixes
def cut_ending(s, ending):
    """If s ends with the string ending, return s without it (removed once); otherwise return s unchanged. An empty ending changes nothing."""
    if ending != "" and s.endswith(ending):
        return s[:len(s) - len(ending)]
    return s


assert cut_ending("photo.png", ".png") == "photo"
assert cut_ending("photo.png", ".jpg") == "photo.png"
assert cut_ending("lalala", "la") == "lala"
assert cut_ending("abc", "") == "abc"
assert cut_ending("abc", "abc") == ""


# easy | terse | lists of strings, minimum
def shortest_length(words):
    """Return the number of characters in the shortest word of the non-empty list words."""
    return min(len(w) for w in words)


assert shortest_length(["apple", "fig", "pear"]) == 3
assert shortest_length(["a", "", "b"]) == 0
assert shortest_length(["same", "size"]) == 4
assert shortest_length(["one"]) == 3


# easy | imperative | lists of strings, case
def all_upper(words):
    """Write a function that returns a list with each word of words turned to upper case."""
    result = []
    for w in words:
        result.append(w.upper())
    return result


assert all_upper(["cat", "Dog"]) == ["CAT", "DOG"]
assert all_upper(["a1"]) == ["A1"]
assert all_upper(["", "x"]) == ["", "X"]
assert all_upper([]) == []


# easy | question | strings, searching
def chars_before(s, ch):
    """How many characters of s stand before the first ch? If ch does not occur, all of them do."""
    n = 0
    while n < len(s) and s[n] != ch:
        n += 1
    return n


assert chars_before("hello", "l") == 2
assert chars_before("hello", "h") == 0
assert chars_before("hello", "z") == 5
assert chars_before("", "a") == 0


# easy | given | dictionaries, prefixes
def count_keys_with_prefix(d, prefix):
    """Given a dictionary with string keys, return how many keys begin with prefix."""
    return sum(1 for key in d if key.startswith(prefix))


assert count_keys_with_prefix({"car": 1, "cat": 2, "dog": 3}, "ca") == 2
assert count_keys_with_prefix({"car": 1, "scar": 2}, "car") == 1
assert count_keys_with_prefix({"a": 1, "b": 1}, "") == 2
assert count_keys_with_prefix({}, "x") == 0


# easy | story | strings, padding
def seat_label(row, seat):
    """A cinema prints seats as the row letter followed by the seat number in two digits, such as C05 or C12. Return the label; seat is from 1 to 99."""
    number = str(seat)
    if len(number) == 1:
        number = "0" + number
    return row + number


assert seat_label("B", 7) == "B07"
assert seat_label("A", 10) == "A10"
assert seat_label("K", 99) == "K99"
assert seat_label("z", 1) == "z01"


# easy | spec | lists of strings, indexing
def pick_word(words, i):
    """Return the word at index i of words. When i is negative or not smaller than the length, return the empty string."""
    if i < 0 or i >= len(words):
        return ""
    return words[i]


assert pick_word(["a", "b", "c"], 1) == "b"
assert pick_word(["a", "b", "c"], 3) == ""
assert pick_word(["a", "b", "c"], -1) == ""
assert pick_word([], 0) == ""


# easy | terse | strings, sets
def all_chars_different(s):
    """Return whether no character occurs more than once in s; upper and lower case count as different."""
    return len(set(s)) == len(s)


assert all_chars_different("cat") == True
assert all_chars_different("noon") == False
assert all_chars_different("aA") == True
assert all_chars_different("") == True


# medium | imperative | lists of strings, sorting
def sort_by_last_letter(words):
    """Write a function that returns the non-empty words sorted by their last letter; words with the same last letter keep their order."""
    return sorted(words, key=lambda w: w[-1])


assert sort_by_last_letter(["dog", "bee", "cat"]) == ["bee", "dog", "cat"]
assert sort_by_last_letter(["ox", "ax", "pea"]) == ["pea", "ox", "ax"]
assert sort_by_last_letter(["one"]) == ["one"]
assert sort_by_last_letter([]) == []


# medium | question | strings, rotation
def is_rotation(a, b):
    """Can b be made from a by moving some characters, maybe none, from the front of a to its end?"""
    if len(a) != len(b):
        return False
    return b in a + a


assert is_rotation("table", "bleta") == True
assert is_rotation("table", "elbat") == False
assert is_rotation("abc", "ab") == False
assert is_rotation("abc", "abc") == True
assert is_rotation("", "") == True


# medium | given | lists of strings, counting, sorting
def words_seen_often(words, n):
    """Given a list of words and a number n of at least 1, return the words occurring n times or more, each once, in alphabetical order."""
    result = []
    for w in words:
        if words.count(w) >= n and w not in result:
            result.append(w)
    return sorted(result)


assert words_seen_often(["b", "a", "b", "a", "c"], 2) == ["a", "b"]
assert words_seen_often(["x", "y"], 1) == ["x", "y"]
assert words_seen_often(["x", "x", "x"], 3) == ["x"]
assert words_seen_often(["x", "x"], 3) == []
assert words_seen_often([], 1) == []


# medium | story | strings, words, initials
def club_initials(name):
    """A club prints its initials on its shirts: the first letter of each word of its name, all in upper case. Words are separated by spaces."""
    letters = ""
    for word in name.split():
        letters += word[0].upper()
    return letters


assert club_initials("old town runners") == "OTR"
assert club_initials("Chess Club") == "CC"
assert club_initials("judo") == "J"
assert club_initials("") == ""


# medium | spec | strings, comparing
def compare_words(a, b):
    """Return -1, 0 or 1 as a comes before, equals or comes after b: a shorter word comes first, and words of equal length go in alphabetical order (lower case)."""
    if a == b:
        return 0
    if (len(a), a) < (len(b), b):
        return -1
    return 1


assert compare_words("zoo", "apple") == -1
assert compare_words("cat", "bat") == 1
assert compare_words("bat", "cat") == -1
assert compare_words("dog", "dog") == 0
assert compare_words("", "a") == -1


# medium | terse | strings, digits, sums
def sum_of_digits_in(text):
    """Return the sum of all the single digits that occur in text, 0 if there are none."""
    total = 0
    for c in text:
        if c in "0123456789":
            total += int(c)
    return total


assert sum_of_digits_in("a1b2") == 3
assert sum_of_digits_in("room 42") == 6
assert sum_of_digits_in("none") == 0
assert sum_of_digits_in("") == 0


# hard | imperative | strings, encoding, runs
def shorten_runs(s):
    """Write a function that replaces every stretch of equal neighbouring characters by the character followed by the length of the stretch, also when it is 1."""
    out = ""
    i = 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out += s[i] + str(j - i)
        i = j
    return out


assert shorten_runs("aaab") == "a3b1"
assert shorten_runs("abba") == "a1b2a1"
assert shorten_runs("zzzzzzzzzz") == "z10"
assert shorten_runs("q") == "q1"
assert shorten_runs("") == ""


# hard | question | strings, brackets
def brackets_match(s):
    """Does every "(" in s have a later ")" that closes it, with no ")" left over? Other characters are ignored."""
    open_now = 0
    for c in s:
        if c == "(":
            open_now += 1
        elif c == ")":
            open_now -= 1
            if open_now < 0:
                return False
    return open_now == 0


assert brackets_match("(a(b)c)") == True
assert brackets_match(")(") == False
assert brackets_match("(()") == False
assert brackets_match("()()") == True
assert brackets_match("none") == True


# hard | given | lists of strings, anagrams, grouping
def group_anagrams(words):
    """Given a list of lower-case words, return a list of groups of words that use exactly the same letters; groups and the words inside keep their first-seen order."""
    groups = {}
    for w in words:
        key = "".join(sorted(w))
        if key not in groups:
            groups[key] = []
        groups[key].append(w)
    return list(groups.values())


assert group_anagrams(["tea", "dog", "eat", "god"]) == [["tea", "eat"], ["dog", "god"]]
assert group_anagrams(["ab", "abb"]) == [["ab"], ["abb"]]
assert group_anagrams(["x", "x"]) == [["x", "x"]]
assert group_anagrams([]) == []
