"""Reference tasks, wide: lists of numbers, part 3 (written one by one for this project)."""


# easy | terse | lists built from a number
def odd_numbers_down_from(n):
    """Return the list of all odd numbers from n down to 1, largest first, including n itself if it is odd; n is zero or more."""
    return [i for i in range(n, 0, -1) if i % 2 == 1]


assert odd_numbers_down_from(7) == [7, 5, 3, 1]
assert odd_numbers_down_from(6) == [5, 3, 1]
assert odd_numbers_down_from(1) == [1]
assert odd_numbers_down_from(2) == [1]
assert odd_numbers_down_from(0) == []
assert odd_numbers_down_from(10) == [9, 7, 5, 3, 1]


# easy | terse | lists, mapping
def replace_zeros_with(nums, value):
    """Return a new list in which every 0 of nums is replaced by value."""
    result = []
    for n in nums:
        if n == 0:
            result.append(value)
        else:
            result.append(n)
    return result


assert replace_zeros_with([0, 1, 0], 5) == [5, 1, 5]
assert replace_zeros_with([], 3) == []
assert replace_zeros_with([1, 2], 9) == [1, 2]
assert replace_zeros_with([0], -1) == [-1]
assert replace_zeros_with([0, 7], 0) == [0, 7]
assert replace_zeros_with([-4, 0, 10], 2) == [-4, 2, 10]


# easy | question | lists, positions
def first_equals_last(xs):
    """Is the first item of xs equal to its last item? A list with one item gives True, an empty list gives False."""
    return len(xs) > 0 and xs[0] == xs[-1]


assert first_equals_last([1, 2, 1]) == True
assert first_equals_last([1, 2]) == False
assert first_equals_last([5]) == True
assert first_equals_last([]) == False
assert first_equals_last([3, 3]) == True
assert first_equals_last([0, 4, 4, 7]) == False
assert first_equals_last([-2, 2]) == False


# easy | imperative | lists, mapping, digits
def last_digits(numbers):
    """Write a function that returns the list of the last digits of the numbers; all numbers are zero or more."""
    return [n % 10 for n in numbers]


assert last_digits([12, 345, 7]) == [2, 5, 7]
assert last_digits([]) == []
assert last_digits([10, 100]) == [0, 0]
assert last_digits([0]) == [0]
assert last_digits([99, 19, 9]) == [9, 9, 9]
assert last_digits([1234, 21]) == [4, 1]


# easy | imperative | lists, reversing
def list_and_mirror(nums):
    """Write a function that returns nums followed directly by the same items in reverse order, all in one list."""
    return nums + nums[::-1]


assert list_and_mirror([1, 2, 3]) == [1, 2, 3, 3, 2, 1]
assert list_and_mirror([]) == []
assert list_and_mirror([4]) == [4, 4]
assert list_and_mirror([5, 5]) == [5, 5, 5, 5]
assert list_and_mirror([0, -1]) == [0, -1, -1, 0]
assert list_and_mirror([9, 1, 7]) == [9, 1, 7, 7, 1, 9]


# easy | given | lists, positions, counting
def count_at_own_position(nums):
    """Given a list, return how many of its numbers are equal to the position where they stand, counting positions from 0."""
    count = 0
    for i in range(len(nums)):
        if nums[i] == i:
            count += 1
    return count


assert count_at_own_position([0, 1, 2]) == 3
assert count_at_own_position([1, 2, 3]) == 0
assert count_at_own_position([]) == 0
assert count_at_own_position([5, 1, 5, 3]) == 2
assert count_at_own_position([0]) == 1
assert count_at_own_position([2, 2, 2, 2]) == 1
assert count_at_own_position([-1, -1]) == 0


# easy | spec | lists, positions
def exchange_ends(xs):
    """Return a new list in which the first and the last item have changed places. Lists with zero or one item come back unchanged."""
    if len(xs) < 2:
        return xs[:]
    return [xs[-1]] + xs[1:-1] + [xs[0]]


assert exchange_ends([1, 2, 3]) == [3, 2, 1]
assert exchange_ends([4, 5]) == [5, 4]
assert exchange_ends([6]) == [6]
assert exchange_ends([]) == []
assert exchange_ends([1, 2, 3, 4]) == [4, 2, 3, 1]
assert exchange_ends([7, 0, 0, -7]) == [-7, 0, 0, 7]


# easy | spec | lists, averages
def average_rounded_down(nums):
    """Return the average of nums rounded down to a whole number. An empty list gives 0. All numbers are zero or more."""
    if not nums:
        return 0
    return sum(nums) // len(nums)


assert average_rounded_down([2, 4]) == 3
assert average_rounded_down([1, 2]) == 1
assert average_rounded_down([]) == 0
assert average_rounded_down([9]) == 9
assert average_rounded_down([0, 0, 2]) == 0
assert average_rounded_down([5, 5, 6, 7]) == 5
assert average_rounded_down([10, 0, 1]) == 3


# easy | story | lists, sums, comparing
def leading_team(home, away):
    """Two teams collect points in several games. Return "home" if the sum of home is larger, "away" if the sum of away is larger, and "tie" if both sums are equal."""
    if sum(home) > sum(away):
        return "home"
    if sum(home) < sum(away):
        return "away"
    return "tie"


assert leading_team([3, 1], [2, 1]) == "home"
assert leading_team([1], [0, 2]) == "away"
assert leading_team([2, 2], [4]) == "tie"
assert leading_team([], []) == "tie"
assert leading_team([], [1]) == "away"
assert leading_team([0, 5, 0], [2, 1, 1]) == "home"


# medium | terse | nested lists, positions
def main_diagonal(grid):
    """Return the list of the items on the diagonal of grid from the top left to the bottom right; grid has as many rows as columns."""
    return [grid[i][i] for i in range(len(grid))]


assert main_diagonal([[1, 2], [3, 4]]) == [1, 4]
assert main_diagonal([[5]]) == [5]
assert main_diagonal([]) == []
assert main_diagonal([[1, 0, 2], [0, 3, 4], [5, 0, 6]]) == [1, 3, 6]
assert main_diagonal([[0, 9], [9, 0]]) == [0, 0]
assert main_diagonal([[7, 8, 9], [4, 5, 6], [1, 2, 3]]) == [7, 5, 3]


# medium | question | lists, neighbours, counting
def count_peaks(heights):
    """How many of the heights are strictly greater than both the height before and the height after? The first and the last height never count."""
    peaks = 0
    for i in range(1, len(heights) - 1):
        if heights[i - 1] < heights[i] > heights[i + 1]:
            peaks += 1
    return peaks


assert count_peaks([1, 3, 2]) == 1
assert count_peaks([3, 2, 1]) == 0
assert count_peaks([1, 2, 2, 1]) == 0
assert count_peaks([0, 5, 0, 5, 0]) == 2
assert count_peaks([]) == 0
assert count_peaks([9, 1]) == 0
assert count_peaks([4, 6, 5, 7]) == 1
assert count_peaks([-3, -1, -2]) == 1


# medium | imperative | lists, two lists, membership
def items_not_in_second(a, b):
    """Write a function that returns all items of a that do not appear in b, keeping their order and any repeats."""
    return [x for x in a if x not in b]


assert items_not_in_second([1, 2, 3], [2]) == [1, 3]
assert items_not_in_second([4, 4, 5], [5]) == [4, 4]
assert items_not_in_second([1, 2], [2, 1]) == []
assert items_not_in_second([], [1]) == []
assert items_not_in_second([7, 6], []) == [7, 6]
assert items_not_in_second([3, 1, 3, 2], [1, 9]) == [3, 3, 2]
assert items_not_in_second([8, 8, 2], [8]) == [2]


# medium | given | lists, neighbours, pairs
def pairs_of_neighbours(nums):
    """Given a list, return a list of two-item lists, each holding a number and the number directly after it; fewer than two numbers give an empty list."""
    return [[nums[i], nums[i + 1]] for i in range(len(nums) - 1)]


assert pairs_of_neighbours([1, 2, 3]) == [[1, 2], [2, 3]]
assert pairs_of_neighbours([4, 5]) == [[4, 5]]
assert pairs_of_neighbours([6]) == []
assert pairs_of_neighbours([]) == []
assert pairs_of_neighbours([7, 7, 7]) == [[7, 7], [7, 7]]
assert pairs_of_neighbours([3, 1, 4, 1]) == [[3, 1], [1, 4], [4, 1]]


# medium | story | lists, sums, stopping early
def sum_until_negative(amounts):
    """A clerk adds up the amounts from left to right and stops at the first negative amount, which is not added. Return the sum he gets."""
    total = 0
    for a in amounts:
        if a < 0:
            break
        total += a
    return total


assert sum_until_negative([1, 2, -1, 5]) == 3
assert sum_until_negative([4, 5]) == 9
assert sum_until_negative([]) == 0
assert sum_until_negative([-3, 8]) == 0
assert sum_until_negative([0, 6, -2]) == 6
assert sum_until_negative([7, 0, 2, -1, 1, -1]) == 9


# medium | story | lists, prefix sums, positions
def first_day_in_debt(start, changes):
    """An account begins with start, which is not negative, and each day its change is added. Return the number of the first day, counting from 1, that ends below zero, or 0 if none does."""
    balance = start
    for day, change in enumerate(changes, 1):
        balance += change
        if balance < 0:
            return day
    return 0


assert first_day_in_debt(5, [-3, -3, 10]) == 2
assert first_day_in_debt(5, [-5]) == 0
assert first_day_in_debt(0, [-1, 4]) == 1
assert first_day_in_debt(10, []) == 0
assert first_day_in_debt(2, [3, -4, -1, -1]) == 4
assert first_day_in_debt(1, [1, 1, 1]) == 0
assert first_day_in_debt(3, [-3, 2, -3, -9]) == 3


# hard | question | lists, runs, neighbours
def longest_rising_run(nums):
    """How long is the longest run of numbers next to each other in which each number is strictly greater than the one before? An empty list gives 0."""
    best = 0
    length = 0
    for i in range(len(nums)):
        if i > 0 and nums[i] > nums[i - 1]:
            length += 1
        else:
            length = 1
        best = max(best, length)
    return best


assert longest_rising_run([1, 2, 3, 1, 2]) == 3
assert longest_rising_run([]) == 0
assert longest_rising_run([4]) == 1
assert longest_rising_run([5, 4, 3]) == 1
assert longest_rising_run([2, 2, 2]) == 1
assert longest_rising_run([9, 1, 4, 6, 8]) == 4
assert longest_rising_run([1, 5, 5, 6, 7]) == 3
assert longest_rising_run([-3, -2, 0, -1]) == 3


# hard | given | lists, products
def products_of_others(nums):
    """Given a list of at least two numbers, return a list that holds, for each position, the product of all numbers at the other positions."""
    result = []
    for i in range(len(nums)):
        product = 1
        for j in range(len(nums)):
            if j != i:
                product *= nums[j]
        result.append(product)
    return result


assert products_of_others([2, 3, 4]) == [12, 8, 6]
assert products_of_others([5, 7]) == [7, 5]
assert products_of_others([0, 2, 3]) == [6, 0, 0]
assert products_of_others([0, 0, 4]) == [0, 0, 0]
assert products_of_others([-1, 2, 1]) == [2, -1, -2]
assert products_of_others([2, 2, 2]) == [4, 4, 4]
assert products_of_others([1, 1, 1, 9]) == [9, 9, 9, 1]


# hard | spec | lists, searching
def next_greater_numbers(nums):
    """For each number, find the first later number that is strictly greater, and return the list of what was found. Where no later number is greater, put None."""
    result = []
    for i in range(len(nums)):
        found = None
        for later in nums[i + 1:]:
            if later > nums[i]:
                found = later
                break
        result.append(found)
    return result


assert next_greater_numbers([2, 1, 3]) == [3, 3, None]
assert next_greater_numbers([]) == []
assert next_greater_numbers([5]) == [None]
assert next_greater_numbers([1, 4, 9]) == [4, 9, None]
assert next_greater_numbers([6, 6, 7]) == [7, 7, None]
assert next_greater_numbers([3, 2, 1]) == [None, None, None]
assert next_greater_numbers([4, 1, 2, 8, 5]) == [8, 2, 8, None, None]
