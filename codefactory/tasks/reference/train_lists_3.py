"""Reference tasks, training: lists of numbers, part 3 (written one by one for this project)."""


# easy | imperative | lists, mapping
def add_to_each(nums, amount):
    """Write a function that adds amount to every number in nums and returns the new list."""
    return list(map(lambda n: n + amount, nums))


assert add_to_each([1, 2], 3) == [4, 5]
assert add_to_each([], 7) == []
assert add_to_each([0, 5], -5) == [-5, 0]
assert add_to_each([2], 0) == [2]


# easy | spec | lists, products
def product_of_all(nums):
    """Multiply all the numbers in nums together and return the result. For an empty list return 1."""
    product = 1
    for n in nums:
        product *= n
    return product


assert product_of_all([2, 3, 4]) == 24
assert product_of_all([]) == 1
assert product_of_all([5, 0]) == 0
assert product_of_all([-2, 3]) == -6


# easy | terse | lists, mapping
def replace_negatives_with_zero(values):
    """Return values with every negative number replaced by 0."""
    return [v if v >= 0 else 0 for v in values]


assert replace_negatives_with_zero([1, -2, 3]) == [1, 0, 3]
assert replace_negatives_with_zero([]) == []
assert replace_negatives_with_zero([-1, -1]) == [0, 0]
assert replace_negatives_with_zero([0, 9]) == [0, 9]


# easy | story | lists, counting
def count_frost_days(temps):
    """A gardener notes one temperature per day. Count the days on which it was below zero."""
    days = 0
    for t in temps:
        if t < 0:
            days += 1
    return days


assert count_frost_days([-1, 0, 3, -5]) == 2
assert count_frost_days([]) == 0
assert count_frost_days([0, 0]) == 0
assert count_frost_days([-2]) == 1


# easy | imperative | lists, slicing
def drop_both_ends(nums):
    """Write a function that returns nums without its first and its last item; lists of two or fewer items give an empty list."""
    return nums[1:-1]


assert drop_both_ends([1, 2, 3, 4]) == [2, 3]
assert drop_both_ends([1, 2]) == []
assert drop_both_ends([5]) == []
assert drop_both_ends([]) == []


# easy | given | lists, mapping
def distances_from_zero(nums):
    """Given a list of numbers, return the list of their absolute values in the same order."""
    return [abs(n) for n in nums]


assert distances_from_zero([-1, 2, -3]) == [1, 2, 3]
assert distances_from_zero([]) == []
assert distances_from_zero([0]) == [0]
assert distances_from_zero([-4, 4]) == [4, 4]


# easy | question | nested lists, sums
def sum_of_each_row(rows):
    """What is the sum of each row? Return the list of sums, one for each row; an empty row has sum 0."""
    return [sum(row) for row in rows]


assert sum_of_each_row([[1, 2], [3]]) == [3, 3]
assert sum_of_each_row([]) == []
assert sum_of_each_row([[]]) == [0]
assert sum_of_each_row([[5, -5], [2, 2, 2]]) == [0, 6]


# medium | imperative | nested lists, flattening
def flatten_rows(rows):
    """Write a function that puts the numbers of all rows into one flat list, row after row."""
    flat = []
    for row in rows:
        for n in row:
            flat.append(n)
    return flat


assert flatten_rows([[1, 2], [3]]) == [1, 2, 3]
assert flatten_rows([]) == []
assert flatten_rows([[], [4], []]) == [4]
assert flatten_rows([[9, 8], [8, 9]]) == [9, 8, 8, 9]


# medium | question | lists, minimum, maximum
def spread_of_values(nums):
    """How far apart are the largest and the smallest number in nums? An empty list has spread 0."""
    if not nums:
        return 0
    return max(nums) - min(nums)


assert spread_of_values([3, 10, 5]) == 7
assert spread_of_values([]) == 0
assert spread_of_values([4]) == 0
assert spread_of_values([-2, 2]) == 4


# medium | terse | lists, searching, positions
def positions_of_value(nums, target):
    """Return the list of all positions, counting from 0, where nums holds target."""
    return [i for i, n in enumerate(nums) if n == target]


assert positions_of_value([5, 1, 5], 5) == [0, 2]
assert positions_of_value([1, 2], 3) == []
assert positions_of_value([], 1) == []
assert positions_of_value([0, 0], 0) == [0, 1]


# medium | story | lists, two lists, zipping
def deal_in_turns(first, second):
    """Two players with equally long lists of cards lay them down in turns, the first player starting. Return all cards in the order they are laid."""
    table = []
    for a, b in zip(first, second):
        table.append(a)
        table.append(b)
    return table


assert deal_in_turns([1, 2], [8, 9]) == [1, 8, 2, 9]
assert deal_in_turns([], []) == []
assert deal_in_turns([3], [3]) == [3, 3]
assert deal_in_turns([1, 3, 5], [2, 4, 6]) == [1, 2, 3, 4, 5, 6]


# medium | story | lists, averages, filtering
def above_average_scores(scores):
    """A teacher praises every score that is greater than the average of all scores. Return these scores in order; no scores give an empty list."""
    total = sum(scores)
    return [s for s in scores if s * len(scores) > total]


assert above_average_scores([1, 2, 9]) == [9]
assert above_average_scores([4, 4]) == []
assert above_average_scores([]) == []
assert above_average_scores([10, 0, 9, 1]) == [10, 9]


# medium | given | nested lists, maximum
def best_of_each_row(rows):
    """Given a list of rows, none of them empty, return the list of the largest number of each row."""
    return [max(row) for row in rows]


assert best_of_each_row([[1, 5], [7, 2]]) == [5, 7]
assert best_of_each_row([]) == []
assert best_of_each_row([[3]]) == [3]
assert best_of_each_row([[-4, -2, -9]]) == [-2]


# medium | question | lists, neighbours, counting
def count_equal_neighbours(nums):
    """How many times is a number in nums equal to the number directly after it?"""
    count = 0
    i = 0
    while i + 1 < len(nums):
        if nums[i] == nums[i + 1]:
            count += 1
        i += 1
    return count


assert count_equal_neighbours([1, 1, 2, 2]) == 2
assert count_equal_neighbours([3, 3, 3]) == 2
assert count_equal_neighbours([1, 2, 1]) == 0
assert count_equal_neighbours([]) == 0


# hard | spec | lists, counting, ties
def most_frequent_number(nums):
    """Return the number that appears most often in nums. If several appear equally often, return the smallest of them. An empty list gives None."""
    best = None
    best_count = 0
    for n in sorted(nums):
        if nums.count(n) > best_count:
            best = n
            best_count = nums.count(n)
    return best


assert most_frequent_number([3, 1, 3]) == 3
assert most_frequent_number([2, 1, 2, 1]) == 1
assert most_frequent_number([]) == None
assert most_frequent_number([5, -5]) == -5


# hard | terse | lists, sums, positions
def balance_position(nums):
    """Return the first position, counting from 0, where the numbers to the left and to the right of it have equal sums, or -1 if there is none."""
    for i in range(len(nums)):
        if sum(nums[:i]) == sum(nums[i + 1:]):
            return i
    return -1


assert balance_position([1, 5, 1]) == 1
assert balance_position([7]) == 0
assert balance_position([1, 2]) == -1
assert balance_position([]) == -1
assert balance_position([0, 0, 0]) == 0


# hard | story | lists, slicing, sums, maximum
def best_stretch_of_days(sales, days):
    """A shop wants its best sales total over a number of days in a row. Days is at least 1 and at most the length of sales. Return that largest total."""
    best = sum(sales[:days])
    for start in range(1, len(sales) - days + 1):
        total = sum(sales[start:start + days])
        if total > best:
            best = total
    return best


assert best_stretch_of_days([1, 5, 4, 2], 2) == 9
assert best_stretch_of_days([3], 1) == 3
assert best_stretch_of_days([2, 2, 2], 3) == 6
assert best_stretch_of_days([-4, -1, -3], 2) == -4
