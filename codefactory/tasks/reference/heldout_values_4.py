"""Reference tasks, held out: plain numbers, dictionaries, pairs and rows, part 4 (written one by one for this project)."""


# easy | question | integers, divisibility
def not_by_two_or_three(n):
    """Is `n` divisible neither by 2 nor by 3?"""
    return n % 2 != 0 and n % 3 != 0


assert not_by_two_or_three(7) == True
assert not_by_two_or_three(4) == False
assert not_by_two_or_three(9) == False
assert not_by_two_or_three(25) == True
assert not_by_two_or_three(0) == False


# easy | terse | integers, conditionals
def sum_at_most(a, b, limit):
    """Return a plus b, but never more than limit."""
    return min(a + b, limit)


assert sum_at_most(3, 4, 10) == 7
assert sum_at_most(8, 4, 10) == 10
assert sum_at_most(5, 5, 10) == 10
assert sum_at_most(-6, 1, 0) == -5


# easy | spec | integers, sums, conditionals
def sum_doubled_when_equal(a, b):
    """Return the sum of `a` and `b`. If both are equal, return twice their sum instead."""
    if a == b:
        return 2 * (a + b)
    return a + b


assert sum_doubled_when_equal(1, 2) == 3
assert sum_doubled_when_equal(3, 3) == 12
assert sum_doubled_when_equal(0, 0) == 0
assert sum_doubled_when_equal(-4, 6) == 2


# easy | question | integers, absolute value
def distance_to_hundred(n):
    """How far away is n from 100?"""
    return abs(n - 100)


assert distance_to_hundred(90) == 10
assert distance_to_hundred(130) == 30
assert distance_to_hundred(100) == 0
assert distance_to_hundred(-5) == 105


# easy | imperative | integers, parity, counting
def count_evens_of_three(a, b, c):
    """Count how many of the numbers `a`, `b` and `c` are even."""
    count = 0
    for x in [a, b, c]:
        if x % 2 == 0:
            count += 1
    return count


assert count_evens_of_three(1, 2, 4) == 2
assert count_evens_of_three(1, 3, 5) == 0
assert count_evens_of_three(0, 6, -8) == 3
assert count_evens_of_three(7, 7, 10) == 1


# easy | imperative | integers, conversion
def seconds_in_minutes(minutes):
    """Change a number of minutes into seconds."""
    return minutes * 60


assert seconds_in_minutes(2) == 120
assert seconds_in_minutes(0) == 0
assert seconds_in_minutes(1) == 60
assert seconds_in_minutes(10) == 600


# easy | given | dictionaries, keys, sign
def keys_with_negative_value(d):
    """Given a dictionary, list the keys whose value is negative, in their order."""
    return [key for key in d if d[key] < 0]


assert keys_with_negative_value({"a": -1, "b": 2, "c": -3}) == ["a", "c"]
assert keys_with_negative_value({}) == []
assert keys_with_negative_value({"x": 0}) == []
assert keys_with_negative_value({"z": -8, "y": -9}) == ["z", "y"]


# easy | spec | dictionaries, searching
def first_value_over_fifty(d):
    """Return the first value of `d` that is larger than 50, or -1 if there is no such value."""
    for v in d.values():
        if v > 50:
            return v
    return -1


assert first_value_over_fifty({"a": 50, "b": 70, "c": 60}) == 70
assert first_value_over_fifty({}) == -1
assert first_value_over_fifty({"x": 3}) == -1
assert first_value_over_fifty({"x": 51, "y": 99}) == 51


# easy | story | dictionaries, mapping
def prices_raised_by_two(prices):
    """A baker makes everything 2 coins more expensive. Return the new dictionary of prices."""
    result = {}
    for name, price in prices.items():
        result[name] = price + 2
    return result


assert prices_raised_by_two({"roll": 1, "cake": 20}) == {"roll": 3, "cake": 22}
assert prices_raised_by_two({}) == {}
assert prices_raised_by_two({"bun": 0}) == {"bun": 2}
assert prices_raised_by_two({"pie": 8, "tart": 8}) == {"pie": 10, "tart": 10}


# easy | question | two lists, sums, counting
def count_pairs_making_ten(a, b):
    """At how many positions do the numbers of `a` and `b` add up to exactly 10?"""
    return sum(1 for x, y in zip(a, b) if x + y == 10)


assert count_pairs_making_ten([4, 5, 6], [6, 5, 5]) == 2
assert count_pairs_making_ten([], []) == 0
assert count_pairs_making_ten([1], [8]) == 0
assert count_pairs_making_ten([10, 0, 12], [0, 10, -2]) == 3


# easy | terse | two lists, arithmetic
def double_first_plus_second(a, b):
    """For each position return twice the number of `a` plus the number of `b`."""
    return [2 * x + y for x, y in zip(a, b)]


assert double_first_plus_second([1, 2], [3, 4]) == [5, 8]
assert double_first_plus_second([], []) == []
assert double_first_plus_second([0], [9]) == [9]
assert double_first_plus_second([5, -1], [-10, 1]) == [0, -1]


# easy | question | nested lists, membership
def rows_holding_zero(rows):
    """Which rows contain a 0? Return them as a list."""
    return [row for row in rows if 0 in row]


assert rows_holding_zero([[0, 1], [2, 3], [4, 0]]) == [[0, 1], [4, 0]]
assert rows_holding_zero([]) == []
assert rows_holding_zero([[5], [10]]) == []
assert rows_holding_zero([[], [0]]) == [[0]]


# easy | given | nested lists, swapping
def swap_outer_rows(rows):
    """Given a matrix with at least two rows, exchange its first row and its last row."""
    return [rows[-1]] + rows[1:-1] + [rows[0]]


assert swap_outer_rows([[1], [2], [3]]) == [[3], [2], [1]]
assert swap_outer_rows([[1, 2], [3, 4]]) == [[3, 4], [1, 2]]
assert swap_outer_rows([[0], [5], [6], [9]]) == [[9], [5], [6], [0]]
assert swap_outer_rows([[7], []]) == [[], [7]]


# easy | question | lists, neighbours, sorting
def falls_all_the_time(nums):
    """Is every number smaller than the one before it? Lists with fewer than two numbers give True."""
    return all(x > y for x, y in zip(nums, nums[1:]))


assert falls_all_the_time([5, 3, 1]) == True
assert falls_all_the_time([5, 5, 1]) == False
assert falls_all_the_time([]) == True
assert falls_all_the_time([2, 8]) == False


# medium | terse | integers, minimum, sums
def sum_of_two_larger(a, b, c):
    """Add the two larger ones of the numbers `a`, `b` and `c`."""
    return a + b + c - min(a, b, c)


assert sum_of_two_larger(1, 5, 3) == 8
assert sum_of_two_larger(9, 2, 2) == 11
assert sum_of_two_larger(-1, -2, -3) == -3
assert sum_of_two_larger(4, 4, 4) == 8


# medium | question | integers, loops, divisibility
def how_often_by_three(n):
    """How many times in a row can the positive number `n` be divided by 3 without a remainder?"""
    count = 0
    while n % 3 == 0:
        n //= 3
        count += 1
    return count


assert how_often_by_three(18) == 2
assert how_often_by_three(7) == 0
assert how_often_by_three(3) == 1
assert how_often_by_three(81) == 4


# medium | spec | dictionaries, parity, maximum
def largest_even_dict_value(d):
    """Return the largest even value of the dictionary `d`, or None if there is no even value."""
    evens = [v for v in d.values() if v % 2 == 0]
    if not evens:
        return None
    return max(evens)


assert largest_even_dict_value({"a": 4, "b": 8, "c": 9}) == 8
assert largest_even_dict_value({}) == None
assert largest_even_dict_value({"x": 5}) == None
assert largest_even_dict_value({"x": -2, "y": -4}) == -2


# medium | question | two lists, absolute value, minimum
def closest_pair_distance(a, b):
    """What is the smallest distance between two numbers at the same place of a and b? The lists are not empty."""
    return min(abs(x - y) for x, y in zip(a, b))


assert closest_pair_distance([1, 10], [5, 8]) == 2
assert closest_pair_distance([3], [3]) == 0
assert closest_pair_distance([-4], [4]) == 8
assert closest_pair_distance([0, 7, 9], [5, 1, 6]) == 3


# medium | imperative | nested lists, maximum, sums
def sum_of_row_maxima(rows):
    """Take the largest number of every row and add these numbers up. Each row has a number."""
    return sum(max(row) for row in rows)


assert sum_of_row_maxima([[1, 5], [7, 2]]) == 12
assert sum_of_row_maxima([]) == 0
assert sum_of_row_maxima([[-3, -1]]) == -1
assert sum_of_row_maxima([[4], [0, 4], [2, 3, 1]]) == 11


# medium | given | lists, dictionaries, positions
def first_position_table(nums):
    """Given a list, make a dictionary from each number to the position where it first occurs, counting from 0."""
    table = {}
    for i in range(len(nums)):
        if nums[i] not in table:
            table[nums[i]] = i
    return table


assert first_position_table([7, 8, 7]) == {7: 0, 8: 1}
assert first_position_table([]) == {}
assert first_position_table([5, 5, 5]) == {5: 0}
assert first_position_table([3, -1, 0]) == {3: 0, -1: 1, 0: 2}


# hard | imperative | nested lists, parity, sums, maximum
def best_row_sum_of_evens(rows):
    """Add up the even numbers of each row and return the largest sum, or 0 without rows. No number is negative."""
    sums = [sum(x for x in row if x % 2 == 0) for row in rows]
    return max(sums) if sums else 0


assert best_row_sum_of_evens([[1, 2, 4], [8, 3], [9, 9]]) == 8
assert best_row_sum_of_evens([]) == 0
assert best_row_sum_of_evens([[7], [5, 1]]) == 0
assert best_row_sum_of_evens([[10, 10], [18, 3]]) == 20
