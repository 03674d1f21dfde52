"""Reference tasks, held out: plain numbers, dictionaries, pairs and rows, part 2 (written one by one for this project)."""


# easy | terse | integers, products
def multiply_three(a, b, c):
    """Multiply the three numbers a, b and c."""
    return a * b * c


assert multiply_three(2, 3, 4) == 24
assert multiply_three(5, 0, 7) == 0
assert multiply_three(-1, 6, 1) == -6
assert multiply_three(-2, -2, 3) == 12


# easy | question | integers, comparison
def from_five_to_fifteen(n):
    """Does the number `n` lie between 5 and 15, with both of them allowed?"""
    return n >= 5 and n <= 15


assert from_five_to_fifteen(10) == True
assert from_five_to_fifteen(5) == True
assert from_five_to_fifteen(15) == True
assert from_five_to_fifteen(16) == False
assert from_five_to_fifteen(-8) == False


# easy | spec | integers, conditionals
def size_word(n):
    """Return "big" when n is at least 100, and "small" when it is less."""
    if n >= 100:
        return "big"
    return "small"


assert size_word(100) == "big"
assert size_word(99) == "small"
assert size_word(-500) == "small"
assert size_word(1234) == "big"


# easy | imperative | integers, absolute value
def without_minus_sign(n):
    """Return the absolute value of `n`."""
    if n < 0:
        return -n
    return n


assert without_minus_sign(-7) == 7
assert without_minus_sign(7) == 7
assert without_minus_sign(0) == 0
assert without_minus_sign(-100) == 100


# easy | terse | integers, powers
def cube_of(n):
    """Return n times n times n."""
    return n * n * n


assert cube_of(2) == 8
assert cube_of(-3) == -27
assert cube_of(0) == 0
assert cube_of(10) == 1000


# easy | question | integers, comparison
def sides_make_square(a, b):
    """Is a rectangle with the sides `a` and `b` a square?"""
    return a == b


assert sides_make_square(4, 4) == True
assert sides_make_square(4, 5) == False
assert sides_make_square(1, 1) == True
assert sides_make_square(9, 3) == False


# easy | question | dictionaries, membership
def zero_among_values(d):
    """Is there a value in the dictionary `d` that equals 0?"""
    return 0 in d.values()


assert zero_among_values({"a": 1, "b": 0}) == True
assert zero_among_values({"a": 10}) == False
assert zero_among_values({}) == False
assert zero_among_values({0: 5}) == False


# easy | terse | dictionaries, sorting
def dict_values_largest_first(d):
    """List the values of d, sorted from the largest to the smallest."""
    return sorted(d.values(), reverse=True)


assert dict_values_largest_first({"a": 2, "b": 8, "c": 5}) == [8, 5, 2]
assert dict_values_largest_first({}) == []
assert dict_values_largest_first({"x": 1}) == [1]
assert dict_values_largest_first({"x": -4, "y": 4, "z": 4}) == [4, 4, -4]


# easy | given | dictionaries, mapping
def dict_with_squares(d):
    """Given a dictionary, return a new one with the same keys, in which each value is squared."""
    result = {}
    for key in d:
        result[key] = d[key] * d[key]
    return result


assert dict_with_squares({"a": 2, "b": 5}) == {"a": 4, "b": 25}
assert dict_with_squares({}) == {}
assert dict_with_squares({"x": -3}) == {"x": 9}
assert dict_with_squares({1: 1, 2: 0}) == {1: 1, 2: 0}


# easy | question | two lists, comparison
def some_place_equal(a, b):
    """Do the lists `a` and `b` hold the same number at some position?"""
    return any(x == y for x, y in zip(a, b))


assert some_place_equal([1, 2], [3, 2]) == True
assert some_place_equal([1, 2], [2, 1]) == False
assert some_place_equal([], []) == False
assert some_place_equal([0, 5, 6], [0, 7, 8]) == True


# easy | imperative | two lists, booleans
def flags_first_is_smaller(a, b):
    """For each position, say by True or False if the number in `a` is less than the one in `b`."""
    return [x < y for x, y in zip(a, b)]


assert flags_first_is_smaller([1, 5], [2, 3]) == [True, False]
assert flags_first_is_smaller([], []) == []
assert flags_first_is_smaller([4], [4]) == [False]
assert flags_first_is_smaller([-2, 0, 9], [2, 1, 8]) == [True, True, False]


# easy | question | nested lists, maximum
def length_of_longest_row(rows):
    """How many numbers does the longest row have? There is at least one row."""
    return max(len(row) for row in rows)


assert length_of_longest_row([[1, 2], [3, 4, 5]]) == 3
assert length_of_longest_row([[]]) == 0
assert length_of_longest_row([[90]]) == 1
assert length_of_longest_row([[6, 6, 6, 6], [], [7]]) == 4


# easy | spec | nested lists, checking
def any_row_empty(rows):
    """Return True if at least one of the `rows` has no numbers in it, otherwise False."""
    for row in rows:
        if len(row) == 0:
            return True
    return False


assert any_row_empty([[1], []]) == True
assert any_row_empty([[1], [0]]) == False
assert any_row_empty([]) == False
assert any_row_empty([[], []]) == True


# easy | imperative | lists, joining, sorting
def join_and_sort(a, b):
    """Put the numbers of both lists into one list and sort it from small to large."""
    return sorted(a + b)


assert join_and_sort([3, 1], [2]) == [1, 2, 3]
assert join_and_sort([], []) == []
assert join_and_sort([5], [5, -5]) == [-5, 5, 5]
assert join_and_sort([], [9, 8]) == [8, 9]


# medium | question | integers, divisibility
def by_three_and_five(n):
    """Can `n` be divided both by 3 and by 5 without a remainder?"""
    return n % 3 == 0 and n % 5 == 0


assert by_three_and_five(30) == True
assert by_three_and_five(9) == False
assert by_three_and_five(10) == False
assert by_three_and_five(0) == True


# medium | imperative | integers, comparison, absolute value
def differ_by_more_than_ten(a, b):
    """Check if the numbers a and b are more than 10 apart, no matter which one is larger."""
    return abs(a - b) > 10


assert differ_by_more_than_ten(1, 12) == True
assert differ_by_more_than_ten(12, 1) == True
assert differ_by_more_than_ten(5, 15) == False
assert differ_by_more_than_ten(-6, 6) == True


# medium | spec | dictionaries, minimum
def key_with_least_value(d):
    """Return the key that has the smallest value in `d`. The dictionary is not empty and all values differ."""
    best = None
    for key in d:
        if best is None or d[key] < d[best]:
            best = key
    return best


assert key_with_least_value({"a": 5, "b": 2, "c": 9}) == "b"
assert key_with_least_value({"x": 1}) == "x"
assert key_with_least_value({"p": -3, "q": 0}) == "p"
assert key_with_least_value({"k": 8, "m": 7, "n": 6}) == "n"


# medium | given | two lists, filtering
def keep_with_positive_partner(xs, ys):
    """Given two equally long lists, return the numbers of `xs` whose partner in `ys` is positive."""
    return [x for x, y in zip(xs, ys) if y > 0]


assert keep_with_positive_partner([1, 2, 3], [5, -5, 1]) == [1, 3]
assert keep_with_positive_partner([], []) == []
assert keep_with_positive_partner([4, 5], [0, -1]) == []
assert keep_with_positive_partner([-8], [8]) == [-8]


# medium | imperative | nested lists, parity, counting
def count_evens_in_matrix(rows):
    """Count the even numbers in the whole matrix `rows`."""
    count = 0
    for row in rows:
        for x in row:
            if x % 2 == 0:
                count += 1
    return count


assert count_evens_in_matrix([[1, 2], [4, 6]]) == 3
assert count_evens_in_matrix([]) == 0
assert count_evens_in_matrix([[1], [3, 5]]) == 0
assert count_evens_in_matrix([[0], [], [-2, 7]]) == 2


# medium | question | lists, neighbours, sums
def neighbours_making_ten(nums):
    """Do any two neighbours in the list nums add up to 10?"""
    for i in range(len(nums) - 1):
        if nums[i] + nums[i + 1] == 10:
            return True
    return False


assert neighbours_making_ten([1, 4, 6]) == True
assert neighbours_making_ten([4, 1, 6]) == False
assert neighbours_making_ten([]) == False
assert neighbours_making_ten([10]) == False
assert neighbours_making_ten([12, -2]) == True


# hard | given | dictionaries, parity, duplicates, sums
def sum_of_distinct_odd_values(d):
    """Given a dictionary, take each different odd value once and return their sum."""
    return sum(set(v for v in d.values() if v % 2 == 1))


assert sum_of_distinct_odd_values({"a": 3, "b": 3, "c": 5}) == 8
assert sum_of_distinct_odd_values({}) == 0
assert sum_of_distinct_odd_values({"x": 2, "y": 4}) == 0
assert sum_of_distinct_odd_values({"x": 9, "y": 1, "z": 8}) == 10


# hard | story | two lists, comparison, counting
def wins_minus_losses(our_goals, their_goals):
    """A team lists its own goals and the goals of the other side, game by game. Return its wins minus its losses."""
    result = 0
    for x, y in zip(our_goals, their_goals):
        if x > y:
            result += 1
        elif x < y:
            result -= 1
    return result


assert wins_minus_losses([3, 2, 1], [1, 0, 4]) == 1
assert wins_minus_losses([], []) == 0
assert wins_minus_losses([2, 2], [2, 2]) == 0
assert wins_minus_losses([0, 1], [1, 5]) == -2
