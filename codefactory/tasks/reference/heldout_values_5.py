"""Reference tasks, held out: plain numbers, dictionaries, pairs and rows, part 5 (written one by one for this project)."""


# easy | question | integers, comparison
def three_times_as_large(a, b):
    """Is a at least three times as large as b? Both numbers are positive."""
    return a >= 3 * b


assert three_times_as_large(9, 3) == True
assert three_times_as_large(8, 3) == False
assert three_times_as_large(1, 1) == False
assert three_times_as_large(100, 2) == True


# easy | imperative | integers, maximum, powers
def square_of_larger(a, b):
    """Square the larger one of the two numbers `a` and `b`."""
    if a > b:
        return a * a
    return b * b


assert square_of_larger(2, 5) == 25
assert square_of_larger(6, 1) == 36
assert square_of_larger(3, 3) == 9
assert square_of_larger(-4, 1) == 1


# easy | given | integers, conditionals
def cold_mild_or_hot(degrees):
    """Given a temperature in degrees, return "cold" below 10, "hot" above 25, and "mild" for everything else."""
    if degrees < 10:
        return "cold"
    if degrees > 25:
        return "hot"
    return "mild"


assert cold_mild_or_hot(9) == "cold"
assert cold_mild_or_hot(10) == "mild"
assert cold_mild_or_hot(25) == "mild"
assert cold_mild_or_hot(26) == "hot"
assert cold_mild_or_hot(-30) == "cold"


# easy | question | integers, parity
def all_three_odd(a, b, c):
    """Are the numbers `a`, `b` and `c` all odd?"""
    return a % 2 == 1 and b % 2 == 1 and c % 2 == 1


assert all_three_odd(1, 3, 5) == True
assert all_three_odd(1, 2, 3) == False
assert all_three_odd(4, 6, 8) == False
assert all_three_odd(7, 7, 7) == True


# easy | terse | integers, remainder, divisibility
def five_at_most(n):
    """Return the largest multiple of 5 that is not greater than `n`; n is 0 or more."""
    return n - n % 5


assert five_at_most(13) == 10
assert five_at_most(15) == 15
assert five_at_most(4) == 0
assert five_at_most(99) == 95


# easy | spec | integers, conditionals
def minus_one_for_odd(n):
    """Return n when it is even; for an odd n return -1."""
    if n % 2 == 0:
        return n
    return -1


assert minus_one_for_odd(8) == 8
assert minus_one_for_odd(3) == -1
assert minus_one_for_odd(0) == 0
assert minus_one_for_odd(-6) == -6


# easy | question | dictionaries, comparison, counting
def count_values_three_to_eight(d):
    """How many values of the dictionary d are from 3 to 8, with 3 and 8 included?"""
    return sum(1 for v in d.values() if 3 <= v <= 8)


assert count_values_three_to_eight({"a": 3, "b": 8, "c": 9}) == 2
assert count_values_three_to_eight({}) == 0
assert count_values_three_to_eight({"x": 2}) == 0
assert count_values_three_to_eight({"p": 4, "q": 5, "r": 6}) == 3


# easy | imperative | dictionaries, filtering, parity
def entries_with_even_value(d):
    """Build a new dictionary that has only those entries of `d` whose value is even."""
    result = {}
    for key in d:
        if d[key] % 2 == 0:
            result[key] = d[key]
    return result


assert entries_with_even_value({"a": 1, "b": 2}) == {"b": 2}
assert entries_with_even_value({}) == {}
assert entries_with_even_value({"x": 7}) == {}
assert entries_with_even_value({"x": 0, "y": 4}) == {"x": 0, "y": 4}


# easy | terse | dictionaries, maximum, minimum
def dict_value_spread(d):
    """Largest value of `d` minus its smallest value. The dictionary is not empty."""
    return max(d.values()) - min(d.values())


assert dict_value_spread({"a": 3, "b": 10, "c": 5}) == 7
assert dict_value_spread({"x": 6}) == 0
assert dict_value_spread({"p": -2, "q": 2}) == 4
assert dict_value_spread({"k": 1, "m": 1}) == 0


# easy | question | two lists, sums
def all_pairs_make_seven(a, b):
    """Do the two numbers at each position of `a` and `b` always add up to 7? Empty lists give True."""
    for x, y in zip(a, b):
        if x + y != 7:
            return False
    return True


assert all_pairs_make_seven([1, 2], [6, 5]) == True
assert all_pairs_make_seven([1, 2], [6, 6]) == False
assert all_pairs_make_seven([], []) == True
assert all_pairs_make_seven([0], [70]) == False


# easy | story | two lists, filtering
def names_of_adults(names, ages):
    """A club lists the names and ages of its guests in the same order. Which guests are at least 18 years old?"""
    return [name for name, age in zip(names, ages) if age >= 18]


assert names_of_adults(["Ann", "Bo", "Cy"], [18, 17, 40]) == ["Ann", "Cy"]
assert names_of_adults([], []) == []
assert names_of_adults(["Di"], [5]) == []
assert names_of_adults(["Ed", "Flo"], [30, 20]) == ["Ed", "Flo"]


# easy | question | nested lists, membership
def five_in_every_row(rows):
    """Does every one of the `rows` contain the number 5? No rows at all give True."""
    return all(5 in row for row in rows)


assert five_in_every_row([[1, 5], [5, 5]]) == True
assert five_in_every_row([[5], [4, 6]]) == False
assert five_in_every_row([]) == True
assert five_in_every_row([[], [5]]) == False


# easy | terse | nested lists, minimum, sums
def smallest_row_sum(rows):
    """Return the smallest of the row sums; there is at least one row."""
    return min(sum(row) for row in rows)


assert smallest_row_sum([[1, 2], [5], [4, 4]]) == 3
assert smallest_row_sum([[7, 8]]) == 15
assert smallest_row_sum([[1], []]) == 0
assert smallest_row_sum([[10, -30], [2]]) == -20


# easy | imperative | lists, dictionaries, powers
def number_to_square_table(nums):
    """Make a dictionary that leads from each number of the list to its square."""
    table = {}
    for n in nums:
        table[n] = n * n
    return table


assert number_to_square_table([1, 3]) == {1: 1, 3: 9}
assert number_to_square_table([]) == {}
assert number_to_square_table([-2, 2]) == {-2: 4, 2: 4}
assert number_to_square_table([5, 5, 0]) == {5: 25, 0: 0}


# medium | given | integers, sums, products, maximum
def larger_of_sum_and_product(a, b):
    """Given a and b, compute their sum and their product and return whichever is larger."""
    return max(a + b, a * b)


assert larger_of_sum_and_product(3, 4) == 12
assert larger_of_sum_and_product(1, 5) == 6
assert larger_of_sum_and_product(2, 2) == 4
assert larger_of_sum_and_product(-1, 0) == 0


# medium | imperative | integers, loops
def triple_until_above(n):
    """Start with 1 and keep multiplying by 3 until the result is greater than `n`. Return that result."""
    value = 1
    while value <= n:
        value *= 3
    return value


assert triple_until_above(5) == 9
assert triple_until_above(9) == 27
assert triple_until_above(0) == 1
assert triple_until_above(1) == 3


# medium | question | dictionaries, sorting
def two_largest_values(d):
    """Which are the two largest values of `d`, the larger one first? It has at least two entries."""
    return sorted(d.values(), reverse=True)[:2]


assert two_largest_values({"a": 4, "b": 9, "c": 7}) == [9, 7]
assert two_largest_values({"x": 1, "y": 2}) == [2, 1]
assert two_largest_values({"p": 5, "q": 5, "r": 5}) == [5, 5]
assert two_largest_values({"k": -1, "m": -8, "n": 0}) == [0, -1]


# medium | spec | two lists, parity, conditionals
def even_or_else_partner(a, b):
    """Return the list a with every odd number replaced by the number at the same position of b."""
    result = []
    for x, y in zip(a, b):
        if x % 2 == 0:
            result.append(x)
        else:
            result.append(y)
    return result


assert even_or_else_partner([1, 2, 3], [10, 20, 30]) == [10, 2, 30]
assert even_or_else_partner([], []) == []
assert even_or_else_partner([4, 6], [1, 1]) == [4, 6]
assert even_or_else_partner([7], [5]) == [5]


# medium | given | nested lists, parity, filtering
def odd_numbers_of_each_row(rows):
    """Given a matrix, keep only the odd numbers in each of its rows. A row may become empty."""
    return [[x for x in row if x % 2 == 1] for row in rows]


assert odd_numbers_of_each_row([[1, 2, 3], [4, 5]]) == [[1, 3], [5]]
assert odd_numbers_of_each_row([]) == []
assert odd_numbers_of_each_row([[2, 4], []]) == [[], []]
assert odd_numbers_of_each_row([[9], [0, 7, 7]]) == [[9], [7, 7]]


# medium | terse | lists, duplicates, counting
def numbers_seen_twice(nums):
    """List the different numbers that occur exactly two times in `nums`, from small to large."""
    return sorted(x for x in set(nums) if nums.count(x) == 2)


assert numbers_seen_twice([5, 1, 5, 1, 2]) == [1, 5]
assert numbers_seen_twice([]) == []
assert numbers_seen_twice([3, 3, 3]) == []
assert numbers_seen_twice([0, 0, 8]) == [0]


# hard | terse | two lists, dictionaries, filtering
def dict_of_names_with_doubled_points(names, points):
    """Make a dictionary from names to doubled points, but leave out everyone with 0 points or less."""
    result = {}
    for name, p in zip(names, points):
        if p > 0:
            result[name] = 2 * p
    return result


assert dict_of_names_with_doubled_points(["Al", "Bea"], [3, 0]) == {"Al": 6}
assert dict_of_names_with_doubled_points([], []) == {}
assert dict_of_names_with_doubled_points(["Cy"], [-4]) == {}
assert dict_of_names_with_doubled_points(["Di", "Ed"], [1, 10]) == {"Di": 2, "Ed": 20}
