"""Reference tasks, wide: lists of numbers, part 6 (written one by one for this project)."""


# easy | terse | nested lists, columns
def column_at(rows, index):
    """Return the list of the items at position index of each row, counting from 0; every row is long enough."""
    return [row[index] for row in rows]


assert column_at([[1, 2], [3, 4]], 0) == [1, 3]
assert column_at([[1, 2], [3, 4]], 1) == [2, 4]
assert column_at([], 2) == []
assert column_at([[7, 8, 9]], 2) == [9]
assert column_at([[5], [5], [6]], 0) == [5, 5, 6]
assert column_at([[0, 1, 2], [3, 4], [6, 7, 8, 9]], 1) == [1, 4, 7]


# easy | question | lists, counting, division
def count_divisible_by(nums, divisor):
    """How many of the numbers can be divided by divisor without remainder? The divisor is at least 1."""
    return sum(n % divisor == 0 for n in nums)


assert count_divisible_by([3, 4, 6], 3) == 2
assert count_divisible_by([], 5) == 0
assert count_divisible_by([1, 2, 3], 1) == 3
assert count_divisible_by([0, 7], 7) == 2
assert count_divisible_by([5, 10, 12], 10) == 1
assert count_divisible_by([-4, -6, 8], 4) == 2
assert count_divisible_by([1, 2], 3) == 0


# easy | imperative | lists, lengths
def pad_to_length(nums, length):
    """Write a function that adds zeros at the end of nums until it has the given length; a list that is already long enough is returned unchanged."""
    padded = list(nums)
    while len(padded) < length:
        padded.append(0)
    return padded


assert pad_to_length([1, 2], 4) == [1, 2, 0, 0]
assert pad_to_length([1, 2], 2) == [1, 2]
assert pad_to_length([1, 2, 3], 1) == [1, 2, 3]
assert pad_to_length([], 3) == [0, 0, 0]
assert pad_to_length([], 0) == []
assert pad_to_length([0, 5], 3) == [0, 5, 0]


# easy | imperative | lists, slicing
def every_kth_item(xs, k):
    """Write a function that returns the k-th item of xs, the 2k-th item, the 3k-th item and so on, where the 1st item is the first in the list; k is at least 1."""
    return xs[k - 1::k]


assert every_kth_item([1, 2, 3, 4, 5, 6], 2) == [2, 4, 6]
assert every_kth_item([1, 2, 3, 4, 5, 6], 3) == [3, 6]
assert every_kth_item([7, 8], 1) == [7, 8]
assert every_kth_item([7, 8], 3) == []
assert every_kth_item([], 2) == []
assert every_kth_item([9, 8, 7, 6, 5], 4) == [6]
assert every_kth_item([4, 3, 2, 1, 0], 2) == [3, 1]


# easy | given | lists, mapping, positions
def add_own_position(nums):
    """Given a list, return a new list in which each number is increased by its own position, counting from 0."""
    return [n + i for i, n in enumerate(nums)]


assert add_own_position([5, 5, 5]) == [5, 6, 7]
assert add_own_position([]) == []
assert add_own_position([9]) == [9]
assert add_own_position([0, -1, -2]) == [0, 0, 0]
assert add_own_position([10, 0]) == [10, 1]
assert add_own_position([1, 2, 3, 4]) == [1, 3, 5, 7]


# easy | given | lists, slicing
def exchange_halves(nums):
    """Given a list of even length, return a list with its second half first and its first half after it."""
    middle = len(nums) // 2
    return nums[middle:] + nums[:middle]


assert exchange_halves([1, 2, 3, 4]) == [3, 4, 1, 2]
assert exchange_halves([5, 6]) == [6, 5]
assert exchange_halves([]) == []
assert exchange_halves([1, 1, 2, 2]) == [2, 2, 1, 1]
assert exchange_halves([1, 2, 3, 4, 5, 6]) == [4, 5, 6, 1, 2, 3]
assert exchange_halves([0, -1, 0, 1]) == [0, 1, 0, -1]


# easy | spec | lists, shifting
def shift_right_with_zero(nums):
    """Move every item one position to the right. A 0 fills the first position and the old last item is lost, so the length stays the same. An empty list stays empty."""
    if not nums:
        return []
    return [0] + nums[:-1]


assert shift_right_with_zero([1, 2, 3]) == [0, 1, 2]
assert shift_right_with_zero([5]) == [0]
assert shift_right_with_zero([]) == []
assert shift_right_with_zero([0, 7]) == [0, 0]
assert shift_right_with_zero([4, 4]) == [0, 4]
assert shift_right_with_zero([-1, 9, 8, 6]) == [0, -1, 9, 8]


# easy | spec | lists, positions
def item_or_default(xs, position, default):
    """Return the item of xs at position, counting from 0. If position is negative or beyond the end of the list, return default."""
    if 0 <= position < len(xs):
        return xs[position]
    return default


assert item_or_default([4, 5, 6], 1, 0) == 5
assert item_or_default([4, 5, 6], 0, 9) == 4
assert item_or_default([4, 5, 6], 3, 9) == 9
assert item_or_default([4, 5, 6], -1, 8) == 8
assert item_or_default([], 0, 7) == 7
assert item_or_default([4, 5, 6], 2, 1) == 6
assert item_or_default([0], 0, 3) == 0


# easy | story | lists, mapping, limits
def burn_candles(lengths, hours):
    """Candles with the given lengths all burn for some hours and lose 1 per hour, but never get shorter than 0. Return the list of their lengths afterwards."""
    result = []
    for length in lengths:
        result.append(max(0, length - hours))
    return result


assert burn_candles([5, 3, 8], 2) == [3, 1, 6]
assert burn_candles([1, 4], 3) == [0, 1]
assert burn_candles([], 5) == []
assert burn_candles([2, 6], 0) == [2, 6]
assert burn_candles([3], 3) == [0]
assert burn_candles([9, 1, 0], 10) == [0, 0, 0]


# medium | terse | lists, prefix products
def running_products(nums):
    """Return a list that holds, for each position of nums, the product of all numbers up to and including that position."""
    result = []
    product = 1
    for n in nums:
        product *= n
        result.append(product)
    return result


assert running_products([2, 3, 4]) == [2, 6, 24]
assert running_products([]) == []
assert running_products([5]) == [5]
assert running_products([3, 0, 7]) == [3, 0, 0]
assert running_products([-1, -1, -1]) == [-1, 1, -1]
assert running_products([1, 10, 2, 2]) == [1, 10, 20, 40]


# medium | question | lists, neighbours, differences
def steps_of_exactly_one(nums):
    """Do every two neighbours in nums differ by exactly 1, up or down? Fewer than two numbers give True."""
    return all(abs(a - b) == 1 for a, b in zip(nums, nums[1:]))


assert steps_of_exactly_one([1, 2, 1, 0]) == True
assert steps_of_exactly_one([1, 3]) == False
assert steps_of_exactly_one([4, 4]) == False
assert steps_of_exactly_one([]) == True
assert steps_of_exactly_one([9]) == True
assert steps_of_exactly_one([5, 4, 3, 1]) == False
assert steps_of_exactly_one([-1, 0, 1]) == True


# medium | imperative | nested lists, lists built from a number
def multiplication_table(n):
    """Write a function that returns n rows of n numbers each, where the number in row i and column j, both counted from 1, is i times j; n is zero or more."""
    table = []
    for i in range(1, n + 1):
        table.append([i * j for j in range(1, n + 1)])
    return table


assert multiplication_table(1) == [[1]]
assert multiplication_table(2) == [[1, 2], [2, 4]]
assert multiplication_table(0) == []
assert multiplication_table(3) == [[1, 2, 3], [2, 4, 6], [3, 6, 9]]
assert multiplication_table(4) == [[1, 2, 3, 4], [2, 4, 6, 8], [3, 6, 9, 12], [4, 8, 12, 16]]
assert multiplication_table(5) == [[1, 2, 3, 4, 5], [2, 4, 6, 8, 10], [3, 6, 9, 12, 15], [4, 8, 12, 16, 20], [5, 10, 15, 20, 25]]


# medium | given | lists, two lists, duplicates, sorting
def all_values_sorted(a, b):
    """Given two lists, return all values that appear in at least one of them, each value once, from smallest to largest."""
    return sorted(set(a + b))


assert all_values_sorted([3, 1], [2]) == [1, 2, 3]
assert all_values_sorted([5, 5], [5]) == [5]
assert all_values_sorted([], []) == []
assert all_values_sorted([], [4, 2, 4]) == [2, 4]
assert all_values_sorted([-1, 7], [7, -3]) == [-3, -1, 7]
assert all_values_sorted([10, 9], [2, 11]) == [2, 9, 10, 11]


# medium | spec | lists, duplicates, searching
def first_number_seen_again(nums):
    """Go through the list from left to right and return the first number that has already appeared earlier. If no number appears twice, return None."""
    seen = []
    for n in nums:
        if n in seen:
            return n
        seen.append(n)
    return None


assert first_number_seen_again([1, 2, 2, 1]) == 2
assert first_number_seen_again([3, 1, 3]) == 3
assert first_number_seen_again([1, 2, 3]) == None
assert first_number_seen_again([]) == None
assert first_number_seen_again([0, 0]) == 0
assert first_number_seen_again([5, 6, 7, 6, 5]) == 6
assert first_number_seen_again([4, -4]) == None


# medium | story | lists, filtering, positions
def days_goal_reached(steps, goal):
    """A walker writes down the steps of each day and wants at least goal steps a day. Return the list of the day numbers, counting from 1, on which this was reached."""
    days = []
    for i in range(len(steps)):
        if steps[i] >= goal:
            days.append(i + 1)
    return days


assert days_goal_reached([5, 9, 7], 7) == [2, 3]
assert days_goal_reached([], 4) == []
assert days_goal_reached([1, 2], 3) == []
assert days_goal_reached([8, 8], 8) == [1, 2]
assert days_goal_reached([6, 0, 6, 0], 1) == [1, 3]
assert days_goal_reached([0, 3], 0) == [1, 2]


# hard | terse | lists, pairs, differences, minimum
def smallest_difference(nums):
    """Return the smallest distance between two numbers at different positions of nums, neighbours or not; nums has at least two numbers."""
    ordered = sorted(nums)
    best = ordered[1] - ordered[0]
    for a, b in zip(ordered, ordered[1:]):
        best = min(best, b - a)
    return best


assert smallest_difference([10, 3, 7]) == 3
assert smallest_difference([4, 9, 4]) == 0
assert smallest_difference([1, 100]) == 99
assert smallest_difference([8, 20, 6, 40]) == 2
assert smallest_difference([-5, 5, -1]) == 4
assert smallest_difference([30, 1, 15, 29]) == 1
assert smallest_difference([2, 2]) == 0


# hard | question | lists, rotation, two lists
def is_rotation_of(a, b):
    """Can b be made from a by moving the first item to the end zero or more times? Two empty lists give True."""
    if len(a) != len(b):
        return False
    if not a:
        return True
    for k in range(len(a)):
        if a[k:] + a[:k] == b:
            return True
    return False


assert is_rotation_of([1, 2, 3], [3, 1, 2]) == True
assert is_rotation_of([1, 2, 3], [3, 2, 1]) == False
assert is_rotation_of([4, 5], [4, 5]) == True
assert is_rotation_of([], []) == True
assert is_rotation_of([1, 2], [1, 2, 1, 2]) == False
assert is_rotation_of([], [1]) == False
assert is_rotation_of([1, 1, 2], [1, 2, 1]) == True
assert is_rotation_of([1, 2, 1, 2], [1, 1, 2, 2]) == False


# hard | story | lists, sums, slicing, minimum
def shortest_stretch_to_goal(distances, goal):
    """A hiker lists the distance of each day. Find the smallest number of days in a row whose distances add up to at least goal, and return 0 if no such days exist; goal is at least 1."""
    for size in range(1, len(distances) + 1):
        for start in range(len(distances) - size + 1):
            if sum(distances[start:start + size]) >= goal:
                return size
    return 0


assert shortest_stretch_to_goal([2, 3, 1, 4], 5) == 2
assert shortest_stretch_to_goal([1, 1, 1], 3) == 3
assert shortest_stretch_to_goal([1, 2], 4) == 0
assert shortest_stretch_to_goal([], 1) == 0
assert shortest_stretch_to_goal([9, 1], 9) == 1
assert shortest_stretch_to_goal([5, 1, 1, 5, 4], 9) == 2
assert shortest_stretch_to_goal([3, 0, 3, 0, 3], 6) == 3
