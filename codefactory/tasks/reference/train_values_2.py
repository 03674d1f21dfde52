"""Reference tasks, training: plain numbers, dictionaries, pairs and rows, part 2 (written one by one for this project)."""


# easy | spec | integers, maximum
def largest_of_three(a, b, c):
    """Return the largest of the three numbers `a`, `b` and `c`."""
    return max(a, b, c)


assert largest_of_three(1, 7, 3) == 7
assert largest_of_three(9, 2, 2) == 9
assert largest_of_three(-5, -6, -4) == -4
assert largest_of_three(0, 0, 0) == 0


# easy | imperative | integers, loops, powers
def to_the_power(base, n):
    """Compute base to the power of n with a loop. The number n is 0 or more."""
    result = 1
    for i in range(n):
        result *= base
    return result


assert to_the_power(2, 3) == 8
assert to_the_power(5, 0) == 1
assert to_the_power(-3, 3) == -27
assert to_the_power(10, 2) == 100


# easy | terse | integers, parity, conditionals
def even_or_odd_word(n):
    """Return the word "even" or the word "odd", whichever fits `n`."""
    if n % 2 == 0:
        return "even"
    return "odd"


assert even_or_odd_word(2) == "even"
assert even_or_odd_word(9) == "odd"
assert even_or_odd_word(0) == "even"
assert even_or_odd_word(-1) == "odd"


# easy | given | integers, arithmetic
def rectangle_area(a, b):
    """Given the sides a and b of a rectangle, return its area."""
    return a * b


assert rectangle_area(3, 4) == 12
assert rectangle_area(1, 9) == 9
assert rectangle_area(0, 5) == 0
assert rectangle_area(10, 10) == 100


# easy | question | integers, arithmetic, comparison
def product_above_hundred(a, b):
    """Is `a` times `b` more than 100?"""
    return a * b > 100


assert product_above_hundred(11, 10) == True
assert product_above_hundred(10, 10) == False
assert product_above_hundred(-20, -6) == True
assert product_above_hundred(200, 0) == False


# easy | given | integers, conditionals
def subtract_or_add(a, b):
    """Return a - b when a is greater than b, and a + b in all other cases."""
    if a > b:
        return a - b
    return a + b


assert subtract_or_add(7, 2) == 5
assert subtract_or_add(2, 7) == 9
assert subtract_or_add(4, 4) == 8
assert subtract_or_add(-1, -5) == 4


# easy | imperative | integers, loops
def fives_down_from(n):
    """List n, n - 5, n - 10 and so on, as long as the numbers are greater than 0."""
    result = []
    while n > 0:
        result.append(n)
        n -= 5
    return result


assert fives_down_from(12) == [12, 7, 2]
assert fives_down_from(0) == []
assert fives_down_from(5) == [5]
assert fives_down_from(-3) == []
assert fives_down_from(20) == [20, 15, 10, 5]


# easy | question | dictionaries, counting
def number_of_keys(d):
    """How many keys does the dictionary `d` have?"""
    return len(d)


assert number_of_keys({"a": 1, "b": 1}) == 2
assert number_of_keys({}) == 0
assert number_of_keys({5: 0}) == 1
assert number_of_keys({"x": 3, "y": 2, "z": 1}) == 3


# easy | terse | dictionaries, mapping
def doubled_dict_values(d):
    """Return a list with all values of `d`, each one doubled."""
    return [v * 2 for v in d.values()]


assert doubled_dict_values({"a": 4, "b": 1}) == [8, 2]
assert doubled_dict_values({}) == []
assert doubled_dict_values({"k": -3}) == [-6]
assert doubled_dict_values({"x": 0, "y": 10}) == [0, 20]


# easy | spec | dictionaries, sign
def all_values_positive(d):
    """Check that every value of the dictionary is greater than 0. An empty dictionary gives True."""
    for v in d.values():
        if v <= 0:
            return False
    return True


assert all_values_positive({"a": 1, "b": 6}) == True
assert all_values_positive({"a": 1, "b": 0}) == False
assert all_values_positive({}) == True
assert all_values_positive({"x": -2}) == False


# easy | story | dictionaries, mapping
def everyone_one_year_older(ages):
    """On New Year's Day everybody in the dictionary `ages` turns one year older. Return the new dictionary."""
    return {name: age + 1 for name, age in ages.items()}


assert everyone_one_year_older({"Ann": 7, "Bo": 10}) == {"Ann": 8, "Bo": 11}
assert everyone_one_year_older({}) == {}
assert everyone_one_year_older({"Cy": 0}) == {"Cy": 1}
assert everyone_one_year_older({"Di": 99, "Ed": 1}) == {"Di": 100, "Ed": 2}


# easy | question | two lists, comparison
def all_firsts_smaller(a, b):
    """Is every number of a less than the number at the same place of b? Empty lists give True."""
    return all(x < y for x, y in zip(a, b))


assert all_firsts_smaller([1, 2], [3, 4]) == True
assert all_firsts_smaller([1, 4], [3, 4]) == False
assert all_firsts_smaller([], []) == True
assert all_firsts_smaller([5], [-5]) == False


# easy | terse | two lists, absolute value
def distances_of_partners(xs, ys):
    """Return a list of the distances between the numbers at the same position of `xs` and `ys`, never negative."""
    return [abs(x - y) for x, y in zip(xs, ys)]


assert distances_of_partners([1, 8], [4, 2]) == [3, 6]
assert distances_of_partners([], []) == []
assert distances_of_partners([5], [5]) == [0]
assert distances_of_partners([-2, 0], [2, -1]) == [4, 1]


# easy | question | nested lists, counting
def count_rows_over_three(rows):
    """How many rows contain more than 3 numbers?"""
    return len([row for row in rows if len(row) > 3])


assert count_rows_over_three([[1, 2, 3, 4], [1, 2, 3], [0, 0, 0, 0, 0]]) == 2
assert count_rows_over_three([]) == 0
assert count_rows_over_three([[], [9]]) == 0
assert count_rows_over_three([[7, 7, 7, 7]]) == 1


# easy | imperative | nested lists, sorting
def sort_each_row(rows):
    """Sort every row of the matrix from small to large; the rows stay where they are."""
    return [sorted(row) for row in rows]


assert sort_each_row([[3, 1, 2], [9, 8]]) == [[1, 2, 3], [8, 9]]
assert sort_each_row([]) == []
assert sort_each_row([[], [5]]) == [[], [5]]
assert sort_each_row([[0, -1, 0]]) == [[-1, 0, 0]]


# easy | spec | lists, swapping
def swap_first_two(xs):
    """Return `xs` with its first two items exchanged. A list with fewer than two items stays as it is."""
    if len(xs) < 2:
        return xs
    return [xs[1], xs[0]] + xs[2:]


assert swap_first_two([1, 2, 3]) == [2, 1, 3]
assert swap_first_two([]) == []
assert swap_first_two([6]) == [6]
assert swap_first_two([4, 5]) == [5, 4]


# easy | terse | lists, repeating
def each_item_twice(nums):
    """Write every number of `nums` twice, one right after the other."""
    result = []
    for n in nums:
        result.append(n)
        result.append(n)
    return result


assert each_item_twice([1, 2]) == [1, 1, 2, 2]
assert each_item_twice([]) == []
assert each_item_twice([0]) == [0, 0]
assert each_item_twice([3, 3, -1]) == [3, 3, 3, 3, -1, -1]


# medium | given | integers, conditionals, powers
def squares_if_all_positive(a, b, c):
    """If `a`, `b` and `c` are all positive, return the sum of their squares, otherwise return 0."""
    if a > 0 and b > 0 and c > 0:
        return a * a + b * b + c * c
    return 0


assert squares_if_all_positive(1, 2, 3) == 14
assert squares_if_all_positive(1, 0, 3) == 0
assert squares_if_all_positive(-1, 5, 5) == 0
assert squares_if_all_positive(4, 4, 4) == 48


# medium | question | dictionaries, average
def average_dict_value(d):
    """What is the average of the values of `d`, rounded down? For an empty dictionary return 0."""
    if not d:
        return 0
    return sum(d.values()) // len(d)


assert average_dict_value({"a": 4, "b": 6}) == 5
assert average_dict_value({}) == 0
assert average_dict_value({"a": 1, "b": 2}) == 1
assert average_dict_value({"x": 10, "y": 0, "z": 2}) == 4


# medium | terse | two lists, parity, counting
def count_both_even(a, b):
    """Count the positions at which both lists hold an even number."""
    count = 0
    for x, y in zip(a, b):
        if x % 2 == 0 and y % 2 == 0:
            count += 1
    return count


assert count_both_even([2, 4, 6], [8, 1, 0]) == 2
assert count_both_even([], []) == 0
assert count_both_even([1, 3], [2, 4]) == 0
assert count_both_even([-2], [-4]) == 1


# medium | given | two lists, sums, filtering
def pair_sums_over_ten(a, b):
    """Given two equally long lists, add up the numbers at the same place and keep the sums greater than 10."""
    return [x + y for x, y in zip(a, b) if x + y > 10]


assert pair_sums_over_ten([5, 6, 20], [5, 5, 1]) == [11, 21]
assert pair_sums_over_ten([], []) == []
assert pair_sums_over_ten([1, 2], [3, 4]) == []
assert pair_sums_over_ten([-5, 30], [16, -10]) == [11, 20]


# medium | imperative | nested lists, mapping
def double_the_matrix(rows):
    """Double each number of the matrix `rows` and return the new matrix."""
    return [[2 * x for x in row] for row in rows]


assert double_the_matrix([[1, 2], [3, 4]]) == [[2, 4], [6, 8]]
assert double_the_matrix([]) == []
assert double_the_matrix([[], [0]]) == [[], [0]]
assert double_the_matrix([[-3, 10]]) == [[-6, 20]]


# medium | terse | nested lists, sums
def sum_of_last_numbers(rows):
    """Add up the last numbers of all rows; no row is empty."""
    total = 0
    for row in rows:
        total += row[-1]
    return total


assert sum_of_last_numbers([[1, 2], [3, 4]]) == 6
assert sum_of_last_numbers([]) == 0
assert sum_of_last_numbers([[5], [0, 0, -5]]) == 0
assert sum_of_last_numbers([[9, 8, 7]]) == 7


# medium | given | lists, neighbours, sums
def sums_of_neighbours(nums):
    """Given a list, add every two numbers that stand next to each other and return the list of sums."""
    return [x + y for x, y in zip(nums, nums[1:])]


assert sums_of_neighbours([1, 2, 3]) == [3, 5]
assert sums_of_neighbours([]) == []
assert sums_of_neighbours([8]) == []
assert sums_of_neighbours([4, -4, 6, 0]) == [0, 2, 6]


# hard | question | dictionaries, parity, duplicates, counting
def count_distinct_even_values(d):
    """How many different even numbers greater than 0 are among the values of `d`?"""
    return len(set(v for v in d.values() if v % 2 == 0 and v > 0))


assert count_distinct_even_values({"a": 2, "b": 2, "c": 4}) == 2
assert count_distinct_even_values({}) == 0
assert count_distinct_even_values({"x": 3, "y": 0}) == 0
assert count_distinct_even_values({"x": 6, "y": -6, "z": 5}) == 1


# hard | spec | nested lists, filtering, sums, maximum
def best_sum_of_positive_numbers(rows):
    """For each row, add only its positive numbers. Return the largest of these sums, or 0 if there are no rows."""
    best = 0
    for row in rows:
        best = max(best, sum(x for x in row if x > 0))
    return best


assert best_sum_of_positive_numbers([[1, -5, 3], [2, 1]]) == 4
assert best_sum_of_positive_numbers([]) == 0
assert best_sum_of_positive_numbers([[-1, -2], []]) == 0
assert best_sum_of_positive_numbers([[10, -50], [4, 4]]) == 10
