"""Reference tasks, training: plain numbers, dictionaries, pairs and rows, part 1 (written one by one for this project)."""


# easy | terse | integers, parity
def is_even_number(n):
    """Check whether the number `n` is even."""
    return n % 2 == 0


assert is_even_number(4) == True
assert is_even_number(7) == False
assert is_even_number(0) == True
assert is_even_number(-3) == False


# easy | terse | integers, minimum
def smaller_of_two(a, b):
    """Return the smaller of the two numbers a and b."""
    if a < b:
        return a
    return b


assert smaller_of_two(3, 8) == 3
assert smaller_of_two(8, 3) == 3
assert smaller_of_two(5, 5) == 5
assert smaller_of_two(-2, 1) == -2


# easy | question | integers, comparison
def is_less_than_fifty(n):
    """Is `n` less than 50?"""
    return n < 50


assert is_less_than_fifty(49) == True
assert is_less_than_fifty(50) == False
assert is_less_than_fifty(-60) == True
assert is_less_than_fifty(51) == False


# easy | question | integers, divisibility
def divisible_by_six(n):
    """Can n be divided by 6 without a remainder?"""
    return n % 6 == 0


assert divisible_by_six(12) == True
assert divisible_by_six(9) == False
assert divisible_by_six(0) == True
assert divisible_by_six(16) == False


# easy | imperative | integers, arithmetic
def add_three_numbers(a, b, c):
    """Write a function that adds the three numbers `a`, `b` and `c`."""
    return a + b + c


assert add_three_numbers(1, 2, 3) == 6
assert add_three_numbers(0, 0, 0) == 0
assert add_three_numbers(-4, 4, 9) == 9
assert add_three_numbers(10, 20, -30) == 0


# easy | given | integers, conditionals
def double_if_negative(n):
    """Given a number n, double it if it is negative, otherwise return it unchanged."""
    if n < 0:
        return n * 2
    return n


assert double_if_negative(-3) == -6
assert double_if_negative(3) == 3
assert double_if_negative(0) == 0
assert double_if_negative(-1) == -2


# easy | story | integers, comparison
def is_teenager(age):
    """The youth club is open to teenagers only. May somebody of this `age` come in, from 13 to 19?"""
    return 13 <= age <= 19


assert is_teenager(15) == True
assert is_teenager(12) == False
assert is_teenager(13) == True
assert is_teenager(19) == True
assert is_teenager(20) == False


# easy | question | dictionaries, counting
def count_values_above_ten(d):
    """How many values of the dictionary `d` are greater than 10?"""
    count = 0
    for v in d.values():
        if v > 10:
            count += 1
    return count


assert count_values_above_ten({"a": 11, "b": 3, "c": 40}) == 2
assert count_values_above_ten({}) == 0
assert count_values_above_ten({"x": 10}) == 0
assert count_values_above_ten({"x": 12, "y": 13, "z": 14}) == 3


# easy | spec | dictionaries, minimum
def smallest_dict_value(d):
    """Return the smallest value of the dictionary, or None if the dictionary is empty."""
    if not d:
        return None
    return min(d.values())


assert smallest_dict_value({"a": 5, "b": 2}) == 2
assert smallest_dict_value({}) == None
assert smallest_dict_value({"k": 9}) == 9
assert smallest_dict_value({"p": -1, "q": 0, "r": -7}) == -7


# easy | question | dictionaries, sign
def any_negative_value(d):
    """Is at least one value of the dictionary `d` negative?"""
    return any(v < 0 for v in d.values())


assert any_negative_value({"a": 3, "b": -1}) == True
assert any_negative_value({"a": 0}) == False
assert any_negative_value({}) == False
assert any_negative_value({"x": -5, "y": -6}) == True


# easy | terse | dictionaries, sorting
def sorted_dict_values(d):
    """Return the values of d as a list, from the smallest to the largest."""
    return sorted(d.values())


assert sorted_dict_values({"a": 3, "b": 1, "c": 2}) == [1, 2, 3]
assert sorted_dict_values({}) == []
assert sorted_dict_values({"x": 4, "y": -4}) == [-4, 4]
assert sorted_dict_values({"k": 5, "m": 5}) == [5, 5]


# easy | imperative | two lists, products
def products_of_partners(a, b):
    """Multiply each number of `a` by the number at the same place of `b` and return the products as a list."""
    return [x * y for x, y in zip(a, b)]


assert products_of_partners([1, 2, 3], [4, 5, 6]) == [4, 10, 18]
assert products_of_partners([], []) == []
assert products_of_partners([7], [0]) == [0]
assert products_of_partners([-2, 3], [5, -1]) == [-10, -3]


# easy | question | two lists, comparison, counting
def count_first_list_wins(a, b):
    """At how many positions does the list a hold a larger number than the list b?"""
    return sum(1 for x, y in zip(a, b) if x > y)


assert count_first_list_wins([3, 1, 5], [2, 2, 2]) == 2
assert count_first_list_wins([], []) == 0
assert count_first_list_wins([4, 4], [4, 4]) == 0
assert count_first_list_wins([9], [-9]) == 1


# easy | given | two lists, dictionaries
def dict_from_lists(keys, values):
    """Given the equally long lists `keys` and `values`, build the dictionary that maps each key to its value."""
    result = {}
    for key, value in zip(keys, values):
        result[key] = value
    return result


assert dict_from_lists(["a", "b"], [1, 2]) == {"a": 1, "b": 2}
assert dict_from_lists([], []) == {}
assert dict_from_lists(["x"], [0]) == {"x": 0}
assert dict_from_lists([3, 4], [9, 16]) == {3: 9, 4: 16}


# easy | terse | nested lists
def first_of_each_row(rows):
    """Return the first number of every row. No row is empty."""
    return [row[0] for row in rows]


assert first_of_each_row([[1, 2], [3, 4]]) == [1, 3]
assert first_of_each_row([]) == []
assert first_of_each_row([[7]]) == [7]
assert first_of_each_row([[0, 5, 6], [-2], [8, 8]]) == [0, -2, 8]


# easy | imperative | nested lists, minimum
def smallest_of_each_row(rows):
    """Make a list with the smallest number of each row of the matrix `rows`; every row has at least one number."""
    return [min(row) for row in rows]


assert smallest_of_each_row([[4, 2, 9], [1, 6, 3]]) == [2, 1]
assert smallest_of_each_row([]) == []
assert smallest_of_each_row([[5], [-5]]) == [5, -5]
assert smallest_of_each_row([[0, 0], [8, 7]]) == [0, 7]


# easy | spec | lists, searching
def first_place_over_seven(nums):
    """Return the position, counting from 0, of the first number in nums greater than 7. If there is none, return -1."""
    for i in range(len(nums)):
        if nums[i] > 7:
            return i
    return -1


assert first_place_over_seven([5, 8, 9]) == 1
assert first_place_over_seven([5, 7]) == -1
assert first_place_over_seven([]) == -1
assert first_place_over_seven([40, 2]) == 0


# medium | question | integers, sign, parity
def is_negative_and_even(n):
    """Is `n` both negative and even?"""
    return n < 0 and n % 2 == 0


assert is_negative_and_even(-4) == True
assert is_negative_and_even(-3) == False
assert is_negative_and_even(6) == False
assert is_negative_and_even(0) == False


# medium | terse | integers, maximum, arithmetic
def twice_the_larger(a, b):
    """Take the larger of the numbers a and b and return its double."""
    return max(a, b) * 2


assert twice_the_larger(3, 5) == 10
assert twice_the_larger(5, 3) == 10
assert twice_the_larger(-4, -2) == -4
assert twice_the_larger(0, 0) == 0


# medium | terse | dictionaries, parity, sums
def sum_of_odd_values(d):
    """Return the sum of the odd values of the dictionary d, or 0 if there are none."""
    return sum(v for v in d.values() if v % 2 != 0)


assert sum_of_odd_values({"a": 1, "b": 2, "c": 5}) == 6
assert sum_of_odd_values({}) == 0
assert sum_of_odd_values({"x": 8}) == 0
assert sum_of_odd_values({"x": -3, "y": 9, "z": 4}) == 6


# medium | given | two lists, minimum, sums
def sum_of_smaller_partners(a, b):
    """Given two lists of the same length, take the smaller number at every position and add these up."""
    total = 0
    for x, y in zip(a, b):
        total += min(x, y)
    return total


assert sum_of_smaller_partners([1, 9], [5, 2]) == 3
assert sum_of_smaller_partners([], []) == 0
assert sum_of_smaller_partners([4, 4], [4, 6]) == 8
assert sum_of_smaller_partners([-1], [1]) == -1


# medium | question | nested lists, counting
def count_zeros_in_matrix(rows):
    """How many zeros are there in all `rows` of the matrix together?"""
    count = 0
    for row in rows:
        count += row.count(0)
    return count


assert count_zeros_in_matrix([[0, 1], [0, 0]]) == 3
assert count_zeros_in_matrix([]) == 0
assert count_zeros_in_matrix([[1, 2], [3]]) == 0
assert count_zeros_in_matrix([[], [0, 10]]) == 1


# medium | imperative | nested lists, sums, filtering
def rows_with_sum_over_ten(rows):
    """Keep only the rows whose sum is greater than 10."""
    return [row for row in rows if sum(row) > 10]


assert rows_with_sum_over_ten([[5, 6], [5, 5], [20]]) == [[5, 6], [20]]
assert rows_with_sum_over_ten([]) == []
assert rows_with_sum_over_ten([[], [1, 2]]) == []
assert rows_with_sum_over_ten([[12, -1]]) == [[12, -1]]


# medium | given | lists, dictionaries, parity
def parity_table(nums):
    """Given a list of numbers, build a dictionary that tells of each number if it is even (True) or odd (False)."""
    table = {}
    for n in nums:
        table[n] = n % 2 == 0
    return table


assert parity_table([1, 2, 1]) == {1: False, 2: True}
assert parity_table([]) == {}
assert parity_table([8]) == {8: True}
assert parity_table([0, -5, 11]) == {0: True, -5: False, 11: False}


# medium | spec | lists, neighbours
def larger_than_the_one_before(xs):
    """Return the numbers of `xs` that are larger than the number right before them. The first number never counts."""
    return [y for x, y in zip(xs, xs[1:]) if y > x]


assert larger_than_the_one_before([1, 3, 2, 5]) == [3, 5]
assert larger_than_the_one_before([]) == []
assert larger_than_the_one_before([9]) == []
assert larger_than_the_one_before([4, 4, 3]) == []
assert larger_than_the_one_before([-2, -1, 0]) == [-1, 0]


# hard | imperative | two lists, parity, products, sums
def sum_of_even_partner_products(a, b):
    """Multiply the numbers that stand at the same place in `a` and `b`, and add up the products that are even."""
    total = 0
    for x, y in zip(a, b):
        if x * y % 2 == 0:
            total += x * y
    return total


assert sum_of_even_partner_products([1, 2, 3], [5, 5, 4]) == 22
assert sum_of_even_partner_products([], []) == 0
assert sum_of_even_partner_products([3, 5], [7, 1]) == 0
assert sum_of_even_partner_products([-2, 3], [4, 3]) == -8
