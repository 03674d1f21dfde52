"""Reference tasks, held out: plain numbers, dictionaries, pairs and rows, part 3 (written one by one for this project)."""


# easy | question | integers, comparison
def outside_zero_to_hundred(n):
    """Is `n` less than 0 or greater than 100?"""
    return n < 0 or n > 100


assert outside_zero_to_hundred(-1) == True
assert outside_zero_to_hundred(50) == False
assert outside_zero_to_hundred(0) == False
assert outside_zero_to_hundred(101) == True
assert outside_zero_to_hundred(100) == False


# easy | terse | integers, remainder
def rest_of_four(n):
    """Return the remainder when the non-negative number `n` is divided by 4."""
    return n % 4


assert rest_of_four(7) == 3
assert rest_of_four(8) == 0
assert rest_of_four(2) == 2
assert rest_of_four(101) == 1


# easy | question | integers, comparison
def three_in_rising_order(a, b, c):
    """Is `a` less than `b` and `b` less than `c`?"""
    return a < b < c


assert three_in_rising_order(1, 2, 3) == True
assert three_in_rising_order(1, 3, 2) == False
assert three_in_rising_order(2, 2, 3) == False
assert three_in_rising_order(-5, 0, 40) == True


# easy | given | integers, arithmetic
def rectangle_perimeter(a, b):
    """Given the two sides of a rectangle, return the length of its whole border."""
    return 2 * (a + b)


assert rectangle_perimeter(3, 4) == 14
assert rectangle_perimeter(1, 1) == 4
assert rectangle_perimeter(10, 5) == 30
assert rectangle_perimeter(0, 6) == 12


# easy | imperative | integers, powers, sums
def sum_of_two_squares(a, b):
    """Square a, square b, and return the sum of both."""
    return a * a + b * b


assert sum_of_two_squares(3, 4) == 25
assert sum_of_two_squares(0, 0) == 0
assert sum_of_two_squares(-2, 1) == 5
assert sum_of_two_squares(10, -10) == 200


# easy | spec | integers, average
def average_of_two(a, b):
    """Return the average of the numbers `a` and `b`, rounded down."""
    return (a + b) // 2


assert average_of_two(4, 8) == 6
assert average_of_two(3, 4) == 3
assert average_of_two(0, 0) == 0
assert average_of_two(1, 10) == 5


# easy | spec | integers, parity, conditionals
def up_if_even_down_if_odd(n):
    """Return `n + 1` if `n` is even and `n - 1` if it is odd."""
    if n % 2 == 0:
        return n + 1
    return n - 1


assert up_if_even_down_if_odd(4) == 5
assert up_if_even_down_if_odd(5) == 4
assert up_if_even_down_if_odd(0) == 1
assert up_if_even_down_if_odd(1) == 0


# easy | question | dictionaries, parity
def all_dict_values_even(d):
    """Are all values of `d` even? An empty dictionary counts as True."""
    return all(v % 2 == 0 for v in d.values())


assert all_dict_values_even({"a": 2, "b": 10}) == True
assert all_dict_values_even({"a": 2, "b": 1}) == False
assert all_dict_values_even({}) == True
assert all_dict_values_even({"x": 7}) == False


# easy | terse | dictionaries, counting, duplicates
def count_different_dict_values(d):
    """Count the different values of the dictionary d."""
    return len(set(d.values()))


assert count_different_dict_values({"a": 1, "b": 1, "c": 2}) == 2
assert count_different_dict_values({}) == 0
assert count_different_dict_values({"x": 0}) == 1
assert count_different_dict_values({"x": 7, "y": 8, "z": 9}) == 3


# easy | given | two lists, average
def averages_of_pairs(a, b):
    """Given two lists of the same length, return the average of the two numbers at each place, rounded down."""
    result = []
    for x, y in zip(a, b):
        result.append((x + y) // 2)
    return result


assert averages_of_pairs([2, 5], [4, 6]) == [3, 5]
assert averages_of_pairs([], []) == []
assert averages_of_pairs([0], [9]) == [4]
assert averages_of_pairs([10, 1, 7], [20, 1, 8]) == [15, 1, 7]


# easy | imperative | nested lists, slicing
def rows_without_first_number(rows):
    """Leave out the first number of every row and return what remains of the rows; no row is empty."""
    return [row[1:] for row in rows]


assert rows_without_first_number([[1, 2, 3], [4, 5]]) == [[2, 3], [5]]
assert rows_without_first_number([]) == []
assert rows_without_first_number([[8]]) == [[]]
assert rows_without_first_number([[0, 0], [6, 7]]) == [[0], [7]]


# easy | terse | nested lists, sums
def sum_of_last_row(rows):
    """Sum up the last row of `rows`. There is at least one row."""
    return sum(rows[-1])


assert sum_of_last_row([[1, 2], [3, 4]]) == 7
assert sum_of_last_row([[9, 9], []]) == 0
assert sum_of_last_row([[5]]) == 5
assert sum_of_last_row([[1], [1], [10, -20]]) == -10


# easy | imperative | lists, removing
def remove_first_of(nums, x):
    """Delete the first x from the list and return the new list. If there is no x, nothing changes."""
    if x not in nums:
        return nums
    i = nums.index(x)
    return nums[:i] + nums[i + 1 :]


assert remove_first_of([1, 2, 1], 1) == [2, 1]
assert remove_first_of([1, 2], 5) == [1, 2]
assert remove_first_of([], 3) == []
assert remove_first_of([4, 7, 7], 7) == [4, 7]


# easy | terse | lists, slicing
def put_at_both_ends(xs, x):
    """Put `x` in front of the list and also at its end."""
    return [x] + xs + [x]


assert put_at_both_ends([1, 2], 9) == [9, 1, 2, 9]
assert put_at_both_ends([], 3) == [3, 3]
assert put_at_both_ends([0], 0) == [0, 0, 0]
assert put_at_both_ends([5, 4], -1) == [-1, 5, 4, -1]


# medium | imperative | integers, loops, divisibility
def next_multiple_of_seven(n):
    """Find the smallest number that is greater than `n` and divisible by 7."""
    n += 1
    while n % 7 != 0:
        n += 1
    return n


assert next_multiple_of_seven(10) == 14
assert next_multiple_of_seven(14) == 21
assert next_multiple_of_seven(0) == 7
assert next_multiple_of_seven(-3) == 0


# medium | question | integers, comparison
def at_least_two_equal(a, b, c):
    """Are at least two of the numbers a, b and c the same?"""
    return a == b or b == c or a == c


assert at_least_two_equal(1, 2, 1) == True
assert at_least_two_equal(1, 2, 3) == False
assert at_least_two_equal(4, 4, 4) == True
assert at_least_two_equal(0, 5, 5) == True


# medium | terse | dictionaries, powers, sums
def sum_of_squared_values(d):
    """Square all values of the dictionary `d` and add up the squares."""
    total = 0
    for v in d.values():
        total += v * v
    return total


assert sum_of_squared_values({"a": 1, "b": 3}) == 10
assert sum_of_squared_values({}) == 0
assert sum_of_squared_values({"x": -4}) == 16
assert sum_of_squared_values({"p": 2, "q": 2, "r": 0}) == 8


# medium | question | two lists, sums, maximum
def largest_pair_sum(a, b):
    """What is the largest sum of two numbers that stand at the same position in a and b? No list is empty."""
    return max(x + y for x, y in zip(a, b))


assert largest_pair_sum([1, 5, 2], [3, 3, 4]) == 8
assert largest_pair_sum([0], [0]) == 0
assert largest_pair_sum([-3, -1], [1, -4]) == -2
assert largest_pair_sum([10, 20], [5, -9]) == 15


# medium | spec | two lists, searching, positions
def first_different_position(a, b):
    """Find the first position, from 0, where the equally long lists `a` and `b` differ; -1 if there is none."""
    for i in range(len(a)):
        if a[i] != b[i]:
            return i
    return -1


assert first_different_position([1, 2, 3], [1, 5, 3]) == 1
assert first_different_position([1, 2], [1, 2]) == -1
assert first_different_position([], []) == -1
assert first_different_position([4], [0]) == 0


# medium | given | nested lists, products
def product_of_each_row(rows):
    """Given some rows, multiply the numbers of each row and return the list of products. An empty row gives 1."""
    result = []
    for row in rows:
        product = 1
        for x in row:
            product *= x
        result.append(product)
    return result


assert product_of_each_row([[2, 3], [4, 5]]) == [6, 20]
assert product_of_each_row([]) == []
assert product_of_each_row([[], [7]]) == [1, 7]
assert product_of_each_row([[-1, 2, 3], [0, 9]]) == [-6, 0]


# hard | terse | dictionaries, filtering, average
def average_of_values_over_twenty(d):
    """Average of the values greater than 20 in `d`, rounded down; 0 if no value is that large."""
    big = [v for v in d.values() if v > 20]
    if not big:
        return 0
    return sum(big) // len(big)


assert average_of_values_over_twenty({"a": 30, "b": 41, "c": 5}) == 35
assert average_of_values_over_twenty({}) == 0
assert average_of_values_over_twenty({"x": 20}) == 0
assert average_of_values_over_twenty({"x": 21, "y": -90}) == 21


# hard | given | lists, neighbours, absolute value, maximum
def widest_neighbour_gap(nums):
    """Given a list, return the largest distance between two neighbours, or 0 if there are fewer than two numbers."""
    best = 0
    for x, y in zip(nums, nums[1:]):
        if abs(x - y) > best:
            best = abs(x - y)
    return best


assert widest_neighbour_gap([1, 4, 2]) == 3
assert widest_neighbour_gap([]) == 0
assert widest_neighbour_gap([7]) == 0
assert widest_neighbour_gap([10, 2, 5, 5]) == 8
