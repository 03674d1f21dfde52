"""Reference tasks, wide: lists of numbers, part 4 (written one by one for this project)."""


# easy | terse | lists, filtering
def remove_all_of(nums, value):
    """Return nums without any of the numbers that are equal to value."""
    return [n for n in nums if n != value]


assert remove_all_of([1, 2, 1, 3], 1) == [2, 3]
assert remove_all_of([1, 2], 5) == [1, 2]
assert remove_all_of([], 4) == []
assert remove_all_of([7, 7, 7], 7) == []
assert remove_all_of([0, -1, 0], 0) == [-1]
assert remove_all_of([3, 3, 2, 3, 3, 2], 3) == [2, 2]


# easy | question | lists, duplicates
def has_repeated_number(nums):
    """Does any number appear more than once in nums?"""
    return len(set(nums)) < len(nums)


assert has_repeated_number([1, 2, 1]) == True
assert has_repeated_number([1, 2, 3]) == False
assert has_repeated_number([]) == False
assert has_repeated_number([4]) == False
assert has_repeated_number([5, 5]) == True
assert has_repeated_number([-1, 1]) == False
assert has_repeated_number([9, 8, 7, 6, 8]) == True


# easy | question | lists, duplicates, counting
def count_different_values(values):
    """How many different values are there in the list?"""
    seen = []
    for v in values:
        if v not in seen:
            seen.append(v)
    return len(seen)


assert count_different_values([1, 2, 1]) == 2
assert count_different_values([]) == 0
assert count_different_values([5, 5, 5]) == 1
assert count_different_values([3, 2, 1]) == 3
assert count_different_values([0, 1, 0, 0]) == 2
assert count_different_values([-2, 2, -2, 2]) == 2
assert count_different_values([8]) == 1


# easy | imperative | lists, searching
def first_even_number(nums):
    """Write a function that returns the first even number in nums, or None if there is no even number."""
    for n in nums:
        if n % 2 == 0:
            return n
    return None


assert first_even_number([1, 4, 6]) == 4
assert first_even_number([1, 3]) == None
assert first_even_number([]) == None
assert first_even_number([8, 2]) == 8
assert first_even_number([5, 0]) == 0
assert first_even_number([-3, -2, 2]) == -2


# easy | given | lists, mapping, limits
def cap_values(values, limit):
    """Given a list and a limit, return a new list in which every value greater than limit is replaced by limit."""
    return [min(v, limit) for v in values]


assert cap_values([1, 9, 5], 5) == [1, 5, 5]
assert cap_values([], 3) == []
assert cap_values([2, 3], 10) == [2, 3]
assert cap_values([7, 8], 0) == [0, 0]
assert cap_values([-5, -1], -3) == [-5, -3]
assert cap_values([4, 4, 6], 4) == [4, 4, 4]


# easy | given | nested lists, lengths
def length_of_each_row(rows):
    """Given a list of rows, return the list that tells how many numbers each row holds."""
    lengths = []
    for row in rows:
        lengths.append(len(row))
    return lengths


assert length_of_each_row([[1, 2], [3]]) == [2, 1]
assert length_of_each_row([]) == []
assert length_of_each_row([[]]) == [0]
assert length_of_each_row([[5, 5, 5]]) == [3]
assert length_of_each_row([[], [0], []]) == [0, 1, 0]
assert length_of_each_row([[9, 8], [7, 6], [5, 4, 3, 2]]) == [2, 2, 4]


# easy | spec | lists, searching
def last_negative_or_zero(nums):
    """Return the negative number that stands furthest to the right in nums. If there is no negative number, return 0."""
    for n in reversed(nums):
        if n < 0:
            return n
    return 0


assert last_negative_or_zero([-1, 2, -3, 4]) == -3
assert last_negative_or_zero([1, 2]) == 0
assert last_negative_or_zero([]) == 0
assert last_negative_or_zero([-9, -1]) == -1
assert last_negative_or_zero([-1, -9]) == -9
assert last_negative_or_zero([-6, 0, 7]) == -6


# easy | spec | lists, inserting
def insert_at_position(nums, position, value):
    """Return a new list with value put in so that it stands at the given position, counting from 0. A position equal to the length puts it at the end; larger positions do not occur."""
    return nums[:position] + [value] + nums[position:]


assert insert_at_position([1, 2, 3], 1, 9) == [1, 9, 2, 3]
assert insert_at_position([1, 2], 0, 5) == [5, 1, 2]
assert insert_at_position([1, 2], 2, 5) == [1, 2, 5]
assert insert_at_position([], 0, 7) == [7]
assert insert_at_position([4, 4], 1, 4) == [4, 4, 4]
assert insert_at_position([6, 7, 8, 9], 3, 0) == [6, 7, 8, 0, 9]


# easy | story | lists, sorting, slicing, sums
def cost_of_three_cheapest(prices):
    """A customer buys only the three cheapest articles from the list of prices, or all of them if there are fewer than three. Return what he pays."""
    return sum(sorted(prices)[:3])


assert cost_of_three_cheapest([5, 1, 4, 2]) == 7
assert cost_of_three_cheapest([3, 3, 3, 3]) == 9
assert cost_of_three_cheapest([8, 6]) == 14
assert cost_of_three_cheapest([]) == 0
assert cost_of_three_cheapest([10]) == 10
assert cost_of_three_cheapest([9, 7, 8]) == 24
assert cost_of_three_cheapest([20, 100, 3, 11, 4]) == 18


# medium | terse | lists, neighbours, products, sums
def sum_of_neighbour_products(nums):
    """Return the sum of the products of every two numbers that stand directly next to each other; fewer than two numbers give 0."""
    total = 0
    for i in range(1, len(nums)):
        total += nums[i - 1] * nums[i]
    return total


assert sum_of_neighbour_products([1, 2, 3]) == 8
assert sum_of_neighbour_products([4, 5]) == 20
assert sum_of_neighbour_products([7]) == 0
assert sum_of_neighbour_products([]) == 0
assert sum_of_neighbour_products([3, 0, 3]) == 0
assert sum_of_neighbour_products([-1, 2, -3]) == -8
assert sum_of_neighbour_products([2, 2, 2, 2]) == 12


# medium | question | lists, searching, membership
def missing_number(nums):
    """Which number is missing? The list holds every number from 1 to one more than its length, each once and in any order, except a single one."""
    expected = 1
    while expected in nums:
        expected += 1
    return expected


assert missing_number([1, 3]) == 2
assert missing_number([2, 3]) == 1
assert missing_number([1, 2, 3]) == 4
assert missing_number([]) == 1
assert missing_number([1]) == 2
assert missing_number([5, 1, 4, 2]) == 3
assert missing_number([6, 2, 4, 1, 3]) == 5


# medium | imperative | lists, sorting, absolute values
def sort_by_distance_from_zero(nums):
    """Write a function that sorts nums by distance from zero, nearest first; if two numbers are equally far from zero, the negative one comes first."""
    return sorted(nums, key=lambda n: (abs(n), n))


assert sort_by_distance_from_zero([-3, 1, 2]) == [1, 2, -3]
assert sort_by_distance_from_zero([4, -4]) == [-4, 4]
assert sort_by_distance_from_zero([]) == []
assert sort_by_distance_from_zero([0, -1, 1, 0]) == [0, 0, -1, 1]
assert sort_by_distance_from_zero([10, -2, 5]) == [-2, 5, 10]
assert sort_by_distance_from_zero([6, 6, -6]) == [-6, 6, 6]


# medium | given | lists, duplicates, order
def keep_last_of_equal(nums):
    """Given a list, return it without repeats so that of equal numbers only the one furthest to the right stays; the order of the numbers that stay does not change."""
    result = []
    for i, n in enumerate(nums):
        if n not in nums[i + 1:]:
            result.append(n)
    return result


assert keep_last_of_equal([1, 2, 1, 3]) == [2, 1, 3]
assert keep_last_of_equal([]) == []
assert keep_last_of_equal([4, 4, 4]) == [4]
assert keep_last_of_equal([5, 6, 7]) == [5, 6, 7]
assert keep_last_of_equal([1, 2, 2, 1]) == [2, 1]
assert keep_last_of_equal([0, 9, 0, 8, 9]) == [0, 8, 9]


# medium | spec | lists, searching, ties
def closest_to_target(nums, target):
    """Return the number in nums that is closest to target. If two different numbers are equally close, return the smaller one. The list is never empty."""
    best = nums[0]
    for n in nums:
        if abs(n - target) < abs(best - target):
            best = n
        elif abs(n - target) == abs(best - target) and n < best:
            best = n
    return best


assert closest_to_target([1, 5, 9], 6) == 5
assert closest_to_target([4, 8], 6) == 4
assert closest_to_target([8, 4], 6) == 4
assert closest_to_target([7], 100) == 7
assert closest_to_target([3, 3, 5], 5) == 5
assert closest_to_target([-2, 2], 0) == -2
assert closest_to_target([10, -10, 6], -1) == 6


# medium | story | lists, slicing, stopping early
def hills_before_barrier(heights, limit):
    """A cyclist rides over the hills from left to right and stops for good before the first one that is higher than limit. Return the list of hills he rides over."""
    ridden = []
    i = 0
    while i < len(heights) and heights[i] <= limit:
        ridden.append(heights[i])
        i += 1
    return ridden


assert hills_before_barrier([1, 2, 9, 3], 5) == [1, 2]
assert hills_before_barrier([5, 5, 6], 5) == [5, 5]
assert hills_before_barrier([8, 1], 5) == []
assert hills_before_barrier([], 5) == []
assert hills_before_barrier([3, 2, 1], 4) == [3, 2, 1]
assert hills_before_barrier([2, 7, 1, 7], 6) == [2]
assert hills_before_barrier([4, 0, 10], 9) == [4, 0]


# hard | terse | lists, pairs, counting
def count_wrong_order_pairs(nums):
    """Return how many pairs of positions in nums have the strictly greater number at the earlier position."""
    count = 0
    for i in range(len(nums)):
        for j in range(i + 1, len(nums)):
            if nums[i] > nums[j]:
                count += 1
    return count


assert count_wrong_order_pairs([3, 1, 2]) == 2
assert count_wrong_order_pairs([1, 2, 3]) == 0
assert count_wrong_order_pairs([3, 2, 1]) == 3
assert count_wrong_order_pairs([]) == 0
assert count_wrong_order_pairs([5, 5]) == 0
assert count_wrong_order_pairs([2, 2, 1]) == 2
assert count_wrong_order_pairs([4, 1, 3, 0]) == 5


# hard | imperative | nested lists, rotation
def turn_grid_clockwise(grid):
    """Write a function that turns a grid, given as a list of equally long rows, a quarter turn to the right and returns the new rows; an empty grid stays empty."""
    if not grid:
        return []
    turned = []
    for col in range(len(grid[0])):
        new_row = []
        for row in range(len(grid) - 1, -1, -1):
            new_row.append(grid[row][col])
        turned.append(new_row)
    return turned


assert turn_grid_clockwise([[1, 2], [3, 4]]) == [[3, 1], [4, 2]]
assert turn_grid_clockwise([[1, 2, 3]]) == [[1], [2], [3]]
assert turn_grid_clockwise([[1], [2], [3]]) == [[3, 2, 1]]
assert turn_grid_clockwise([]) == []
assert turn_grid_clockwise([[7]]) == [[7]]
assert turn_grid_clockwise([[1, 2, 3], [4, 5, 6]]) == [[4, 1], [5, 2], [6, 3]]


# hard | story | lists, searching from the right
def visible_heights(heights):
    """People stand in a line and look to the right. Those with only strictly smaller people to their right see the sea; the last person always does. Return the heights of those who see the sea, from left to right."""
    visible = []
    tallest = None
    for h in reversed(heights):
        if tallest is None or h > tallest:
            visible.append(h)
            tallest = h
    return visible[::-1]


assert visible_heights([4, 2, 3, 1]) == [4, 3, 1]
assert visible_heights([1, 2, 3]) == [3]
assert visible_heights([3, 2, 1]) == [3, 2, 1]
assert visible_heights([]) == []
assert visible_heights([5]) == [5]
assert visible_heights([6, 6]) == [6]
assert visible_heights([2, 9, 4, 4, 1]) == [9, 4, 1]
