"""Reference tasks, held out: plain numbers, dictionaries, pairs and rows, part 1 (written one by one for this project)."""


# easy | question | integers, comparison
def is_first_greater(a, b):
    """Is `a` greater than `b`?"""
    return a > b


assert is_first_greater(5, 3) == True
assert is_first_greater(3, 5) == False
assert is_first_greater(4, 4) == False
assert is_first_greater(-1, -2) == True


# easy | terse | integers, minimum
def smallest_of_three(a, b, c):
    """Return the smallest of the numbers `a`, `b` and `c`."""
    return min(a, b, c)


assert smallest_of_three(4, 2, 9) == 2
assert smallest_of_three(1, 5, 5) == 1
assert smallest_of_three(0, 3, -3) == -3
assert smallest_of_three(8, 8, 8) == 8


# easy | imperative | integers, divisibility
def divisible_by_ten(n):
    """Check whether `n` can be divided by 10 with nothing left over."""
    return n % 10 == 0


assert divisible_by_ten(30) == True
assert divisible_by_ten(35) == False
assert divisible_by_ten(0) == True
assert divisible_by_ten(1) == False


# easy | given | integers, conditionals
def half_if_even(n):
    """Given n, return half of it if n is even, and n itself if n is odd."""
    if n % 2 == 0:
        return n // 2
    return n


assert half_if_even(8) == 4
assert half_if_even(7) == 7
assert half_if_even(0) == 0
assert half_if_even(-6) == -3


# easy | spec | integers, conditionals
def not_below_zero(n):
    """Return n if it is positive. Otherwise return 0."""
    return n if n > 0 else 0


assert not_below_zero(6) == 6
assert not_below_zero(-6) == 0
assert not_below_zero(0) == 0
assert not_below_zero(1) == 1


# easy | story | integers, conditionals
def museum_ticket(age):
    """Children under 7 visit the museum for free, everybody else pays 4. What does a visitor of this age pay?"""
    if age < 7:
        return 0
    return 4


assert museum_ticket(6) == 0
assert museum_ticket(7) == 4
assert museum_ticket(40) == 4
assert museum_ticket(1) == 0


# easy | question | dictionaries, parity, counting
def count_even_dict_values(d):
    """How many values of `d` are even?"""
    count = 0
    for v in d.values():
        if v % 2 == 0:
            count += 1
    return count


assert count_even_dict_values({"a": 2, "b": 3, "c": 8}) == 2
assert count_even_dict_values({}) == 0
assert count_even_dict_values({"x": 5}) == 0
assert count_even_dict_values({"x": 0}) == 1


# easy | terse | dictionaries, filtering
def dict_values_over_five(d):
    """Return the values of the dictionary `d` that are greater than 5, as a list."""
    return [v for v in d.values() if v > 5]


assert dict_values_over_five({"a": 6, "b": 5, "c": 9}) == [6, 9]
assert dict_values_over_five({}) == []
assert dict_values_over_five({"k": -7}) == []
assert dict_values_over_five({"p": 70, "q": 7}) == [70, 7]


# easy | imperative | dictionaries, products
def product_of_dict_values(d):
    """Multiply all values of the dictionary `d`; an empty dictionary gives 1."""
    result = 1
    for v in d.values():
        result *= v
    return result


assert product_of_dict_values({"a": 2, "b": 3, "c": 4}) == 24
assert product_of_dict_values({}) == 1
assert product_of_dict_values({"x": 0, "y": 9}) == 0
assert product_of_dict_values({"x": -5}) == -5


# easy | given | two lists, minimum
def smaller_of_each_pair(a, b):
    """Given two equally long lists, return a list with the smaller number of each position."""
    return [min(x, y) for x, y in zip(a, b)]


assert smaller_of_each_pair([1, 8], [5, 2]) == [1, 2]
assert smaller_of_each_pair([], []) == []
assert smaller_of_each_pair([4], [4]) == [4]
assert smaller_of_each_pair([-3, 0, 7], [3, -1, 9]) == [-3, -1, 7]


# easy | terse | two lists, pairs
def lists_to_pairs(xs, ys):
    """Pair up the items of `xs` and `ys` and return a list of two-item lists."""
    return [[x, y] for x, y in zip(xs, ys)]


assert lists_to_pairs([1, 2], [8, 9]) == [[1, 8], [2, 9]]
assert lists_to_pairs([], []) == []
assert lists_to_pairs([0], [0]) == [[0, 0]]
assert lists_to_pairs([3, 4, 5], [5, 4, 3]) == [[3, 5], [4, 4], [5, 3]]


# easy | terse | nested lists
def last_of_each_row(rows):
    """Return the last number of each row of `rows`. Rows are never empty."""
    return [row[-1] for row in rows]


assert last_of_each_row([[1, 2], [3, 4, 5]]) == [2, 5]
assert last_of_each_row([]) == []
assert last_of_each_row([[9]]) == [9]
assert last_of_each_row([[6, 0], [7, -7]]) == [0, -7]


# easy | imperative | nested lists, reversing
def reverse_each_row(rows):
    """Turn every row of the matrix around, so that its last number comes first."""
    result = []
    for row in rows:
        result.append(row[::-1])
    return result


assert reverse_each_row([[1, 2, 3], [4, 5]]) == [[3, 2, 1], [5, 4]]
assert reverse_each_row([]) == []
assert reverse_each_row([[], [6]]) == [[], [6]]
assert reverse_each_row([[0, 1]]) == [[1, 0]]


# easy | spec | lists, rotation
def first_two_to_the_end(nums):
    """Move the first two numbers of `nums` to its end. Lists with fewer than two numbers do not change."""
    return nums[2:] + nums[:2]


assert first_two_to_the_end([1, 2, 3, 4]) == [3, 4, 1, 2]
assert first_two_to_the_end([]) == []
assert first_two_to_the_end([5]) == [5]
assert first_two_to_the_end([7, 0, 9]) == [9, 7, 0]


# medium | question | integers, parity, sign
def is_odd_and_positive(n):
    """Is the number n odd and also greater than zero?"""
    return n % 2 == 1 and n > 0


assert is_odd_and_positive(5) == True
assert is_odd_and_positive(4) == False
assert is_odd_and_positive(-5) == False
assert is_odd_and_positive(0) == False


# medium | terse | dictionaries, sign, sums
def sum_of_positive_values(d):
    """Add up the positive values of `d` and leave the other values out."""
    return sum(v for v in d.values() if v > 0)


assert sum_of_positive_values({"a": 4, "b": -9, "c": 1}) == 5
assert sum_of_positive_values({}) == 0
assert sum_of_positive_values({"x": -1, "y": 0}) == 0
assert sum_of_positive_values({"x": 12}) == 12


# medium | imperative | two lists, absolute value, sums
def total_distance(a, b):
    """Find the distance between the two numbers at each position of a and b, and return the sum of the distances."""
    total = 0
    for x, y in zip(a, b):
        total += abs(x - y)
    return total


assert total_distance([1, 5], [4, 3]) == 5
assert total_distance([], []) == 0
assert total_distance([6, 6], [6, 6]) == 0
assert total_distance([-2], [3]) == 5


# medium | question | nested lists, maximum
def largest_in_matrix(rows):
    """What is the largest number in the whole matrix? It has at least one row and no row is empty."""
    return max(max(row) for row in rows)


assert largest_in_matrix([[1, 9], [4, 3]]) == 9
assert largest_in_matrix([[-5]]) == -5
assert largest_in_matrix([[0, -1], [-2, -3]]) == 0
assert largest_in_matrix([[2], [3], [11]]) == 11


# medium | given | lists, neighbours, maximum
def larger_of_neighbours(nums):
    """Given a list, take every two neighbours and return a list of the larger ones."""
    return [max(x, y) for x, y in zip(nums, nums[1:])]


assert larger_of_neighbours([1, 5, 2]) == [5, 5]
assert larger_of_neighbours([]) == []
assert larger_of_neighbours([3]) == []
assert larger_of_neighbours([-4, -6, 0]) == [-4, 0]


# medium | spec | lists, minimum, prefixes
def smallest_so_far(values):
    """Return a list that tells at each position the smallest value from the start up to there."""
    result = []
    for i in range(len(values)):
        result.append(min(values[: i + 1]))
    return result


assert smallest_so_far([5, 3, 4, 1]) == [5, 3, 3, 1]
assert smallest_so_far([]) == []
assert smallest_so_far([2]) == [2]
assert smallest_so_far([0, 7, -7]) == [0, 0, -7]


# hard | imperative | integers, parity, comparison, sums
def sum_of_even_over_ten(a, b, c):
    """Add those of the three numbers `a`, `b`, `c` that are even and greater than 10; 0 if there are none."""
    return sum(x for x in [a, b, c] if x % 2 == 0 and x > 10)


assert sum_of_even_over_ten(12, 14, 3) == 26
assert sum_of_even_over_ten(10, 11, 13) == 0
assert sum_of_even_over_ten(2, 4, 20) == 20
assert sum_of_even_over_ten(12, 12, 12) == 36


# hard | terse | nested lists, parity, duplicates, sorting
def sorted_distinct_evens_of_rows(rows):
    """List the different even numbers of all rows, from small to large."""
    found = set()
    for row in rows:
        for x in row:
            if x % 2 == 0:
                found.add(x)
    return sorted(found)


assert sorted_distinct_evens_of_rows([[4, 1], [2, 4]]) == [2, 4]
assert sorted_distinct_evens_of_rows([]) == []
assert sorted_distinct_evens_of_rows([[1, 3], [5]]) == []
assert sorted_distinct_evens_of_rows([[0, 8], [], [-2, 8]]) == [-2, 0, 8]
