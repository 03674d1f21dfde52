"""Reference tasks, wide: lists of numbers, part 5 (written one by one for this project)."""


# easy | terse | lists, mapping, comparing
def flags_for_above(nums, limit):
    """Return a list with True for each number of nums that is strictly greater than limit and False for each other number."""
    return [n > limit for n in nums]


assert flags_for_above([1, 5, 9], 4) == [False, True, True]
assert flags_for_above([3, 4], 4) == [False, False]
assert flags_for_above([], 1) == []
assert flags_for_above([0], -1) == [True]
assert flags_for_above([-5, -2, -3], -3) == [False, True, False]
assert flags_for_above([7, 7, 2], 6) == [True, True, False]


# easy | terse | nested lists, sums
def grand_total(rows):
    """Return the sum of all numbers in all rows, where rows is a list of lists."""
    total = 0
    for row in rows:
        total += sum(row)
    return total


assert grand_total([[1, 2], [3]]) == 6
assert grand_total([]) == 0
assert grand_total([[]]) == 0
assert grand_total([[5], [-5], [2]]) == 2
assert grand_total([[], [4, 4], []]) == 8
assert grand_total([[1, 1, 1], [10, 20], [100]]) == 133


# easy | question | lists, reversing
def list_same_when_reversed(xs):
    """Does the list look the same when its items are read from back to front? An empty list gives True."""
    return xs == xs[::-1]


assert list_same_when_reversed([1, 2, 1]) == True
assert list_same_when_reversed([1, 2]) == False
assert list_same_when_reversed([]) == True
assert list_same_when_reversed([7]) == True
assert list_same_when_reversed([4, 5, 5, 4]) == True
assert list_same_when_reversed([1, 2, 3, 1]) == False
assert list_same_when_reversed([12, 21]) == False


# easy | imperative | lists built from a number
def ones_and_zeros(length):
    """Write a function that returns a list of the given length that switches between 1 and 0, starting with 1; length is zero or more."""
    result = []
    for i in range(length):
        result.append(1 - i % 2)
    return result


assert ones_and_zeros(4) == [1, 0, 1, 0]
assert ones_and_zeros(3) == [1, 0, 1]
assert ones_and_zeros(1) == [1]
assert ones_and_zeros(0) == []
assert ones_and_zeros(2) == [1, 0]
assert ones_and_zeros(7) == [1, 0, 1, 0, 1, 0, 1]


# easy | given | lists, slicing, removing
def without_position(xs, position):
    """Given a list and one of its positions, counting from 0, return a new list without the item at that position."""
    return xs[:position] + xs[position + 1:]


assert without_position([1, 2, 3], 1) == [1, 3]
assert without_position([4, 5], 0) == [5]
assert without_position([4, 5], 1) == [4]
assert without_position([9], 0) == []
assert without_position([7, 7, 7], 2) == [7, 7]
assert without_position([3, 1, 3, 1], 2) == [3, 1, 1]


# easy | given | lists, slicing
def first_half_of_list(nums):
    """Given a list, return its first half; if the length is odd, the middle item does not belong to the first half."""
    return nums[:len(nums) // 2]


assert first_half_of_list([1, 2, 3, 4]) == [1, 2]
assert first_half_of_list([1, 2, 3]) == [1]
assert first_half_of_list([5]) == []
assert first_half_of_list([]) == []
assert first_half_of_list([8, 9]) == [8]
assert first_half_of_list([6, 0, 6, 1, 6, 2, 6]) == [6, 0, 6]


# easy | spec | lists, two lists, lengths
def longer_list(a, b):
    """Return whichever of the two lists has more items. If both have the same number of items, return a."""
    if len(b) > len(a):
        return b
    return a


assert longer_list([1, 2], [9]) == [1, 2]
assert longer_list([1], [2, 3]) == [2, 3]
assert longer_list([1, 2], [3, 4]) == [1, 2]
assert longer_list([], []) == []
assert longer_list([], [0]) == [0]
assert longer_list([50, 60], [1, 1, 1]) == [1, 1, 1]
assert longer_list([3, 4], [1, 2]) == [3, 4]


# easy | story | lists, two lists, counting
def count_right_guesses(guesses, numbers):
    """A player guesses a row of hidden numbers. Both lists are equally long. Return at how many positions the guess is equal to the hidden number."""
    right = 0
    for g, n in zip(guesses, numbers):
        if g == n:
            right += 1
    return right


assert count_right_guesses([1, 2, 3], [1, 5, 3]) == 2
assert count_right_guesses([], []) == 0
assert count_right_guesses([1, 2], [2, 1]) == 0
assert count_right_guesses([4, 4], [4, 4]) == 2
assert count_right_guesses([0, 7, 0], [0, 0, 7]) == 1
assert count_right_guesses([3, 3, 3, 3], [3, 1, 1, 3]) == 2


# easy | story | lists, slicing, sums
def lead_of_first_picker(coins):
    """Anna and Ben take the coins of a row in turns from left to right, Anna first. Return Anna's sum minus Ben's sum."""
    return sum(coins[0::2]) - sum(coins[1::2])


assert lead_of_first_picker([5, 1, 2]) == 6
assert lead_of_first_picker([1, 9]) == -8
assert lead_of_first_picker([]) == 0
assert lead_of_first_picker([4]) == 4
assert lead_of_first_picker([3, 3, 3, 3]) == 0
assert lead_of_first_picker([10, 2, 1, 20, 5]) == -6


# medium | terse | lists, slicing, searching
def drop_leading_zeros(digits):
    """Return digits without the zeros at its start; zeros after the first other number stay."""
    start = 0
    while start < len(digits) and digits[start] == 0:
        start += 1
    return digits[start:]


assert drop_leading_zeros([0, 0, 3, 1]) == [3, 1]
assert drop_leading_zeros([0, 4, 0, 5, 0]) == [4, 0, 5, 0]
assert drop_leading_zeros([1, 0]) == [1, 0]
assert drop_leading_zeros([0, 0, 0]) == []
assert drop_leading_zeros([]) == []
assert drop_leading_zeros([7]) == [7]
assert drop_leading_zeros([0, 2, 2]) == [2, 2]


# medium | question | lists, two lists, sorting
def same_items_any_order(a, b):
    """Do both lists hold the same numbers equally often, no matter in which order?"""
    return sorted(a) == sorted(b)


assert same_items_any_order([1, 2, 3], [3, 1, 2]) == True
assert same_items_any_order([1, 1, 2], [1, 2, 2]) == False
assert same_items_any_order([], []) == True
assert same_items_any_order([4], [4, 4]) == False
assert same_items_any_order([1, 4], [2, 3]) == False
assert same_items_any_order([5, 0, 5], [0, 5, 5]) == True
assert same_items_any_order([-1, 1], [1, 1]) == False


# medium | imperative | lists, repeating
def each_as_often_as_itself(nums):
    """Write a function that returns a list in which every number n of nums appears n times in a row, in the order of nums; all numbers are zero or more."""
    result = []
    for n in nums:
        result += [n] * n
    return result


assert each_as_often_as_itself([1, 3]) == [1, 3, 3, 3]
assert each_as_often_as_itself([2, 0, 1]) == [2, 2, 1]
assert each_as_often_as_itself([]) == []
assert each_as_often_as_itself([0]) == []
assert each_as_often_as_itself([2, 2]) == [2, 2, 2, 2]
assert each_as_often_as_itself([4, 1]) == [4, 4, 4, 4, 1]


# medium | given | lists, slicing, reversing
def reverse_first_part(nums, k):
    """Given a list and a number k, return the list with its first k items in reverse order and the rest unchanged; k is from zero up to the length."""
    return nums[:k][::-1] + nums[k:]


assert reverse_first_part([1, 2, 3, 4], 3) == [3, 2, 1, 4]
assert reverse_first_part([1, 2, 3], 0) == [1, 2, 3]
assert reverse_first_part([1, 2, 3], 1) == [1, 2, 3]
assert reverse_first_part([1, 2, 3], 3) == [3, 2, 1]
assert reverse_first_part([], 0) == []
assert reverse_first_part([5, 6, 7, 8], 2) == [6, 5, 7, 8]


# medium | spec | lists, sorting, positions
def kth_smallest(nums, k):
    """Sort the numbers from smallest to largest, keeping repeats, and return the k-th one, where k equal to 1 means the smallest. If k is larger than the length, return None. k is at least 1."""
    if k > len(nums):
        return None
    return sorted(nums)[k - 1]


assert kth_smallest([5, 1, 3], 1) == 1
assert kth_smallest([5, 1, 3], 3) == 5
assert kth_smallest([2, 2, 9], 2) == 2
assert kth_smallest([4, 6], 3) == None
assert kth_smallest([], 1) == None
assert kth_smallest([-1, -8, 0, 7], 2) == -1
assert kth_smallest([6, 6, 6, 1], 3) == 6


# medium | story | lists, prefix sums, counting
def times_back_at_start(moves):
    """A robot on a line makes moves to the right (positive) or to the left (negative). Count the moves after which it stands at its starting place again."""
    place = 0
    count = 0
    for m in moves:
        place += m
        if place == 0:
            count += 1
    return count


assert times_back_at_start([1, -1, 2]) == 1
assert times_back_at_start([1, -1, -1, 1]) == 2
assert times_back_at_start([]) == 0
assert times_back_at_start([3, 4]) == 0
assert times_back_at_start([2, -3, 1]) == 1
assert times_back_at_start([-5, 5, 6]) == 1
assert times_back_at_start([4, -2, -2, -1, 1]) == 2


# hard | question | lists, neighbours
def goes_up_and_down(nums):
    """Do the steps between neighbours switch all the time between strictly up and strictly down, starting with either? Equal neighbours give False; fewer than two numbers give True."""
    for i in range(len(nums) - 1):
        if nums[i] == nums[i + 1]:
            return False
    for i in range(1, len(nums) - 1):
        if (nums[i] > nums[i - 1]) == (nums[i + 1] > nums[i]):
            return False
    return True


assert goes_up_and_down([1, 5, 2, 6]) == True
assert goes_up_and_down([2, 1, 3]) == True
assert goes_up_and_down([1, 2, 3]) == False
assert goes_up_and_down([2, 2]) == False
assert goes_up_and_down([]) == True
assert goes_up_and_down([7]) == True
assert goes_up_and_down([3, 9]) == True
assert goes_up_and_down([3, 1, 5, 5]) == False


# hard | imperative | lists, nested lists, dealing
def deal_cards(cards, players):
    """Write a function that deals the cards one by one to the players in turn, starting again with the first, and returns a list with each player's list of cards; players is at least 1."""
    hands = []
    for p in range(players):
        hands.append([])
    for i, card in enumerate(cards):
        hands[i % players].append(card)
    return hands


assert deal_cards([1, 2, 3, 4, 5], 2) == [[1, 3, 5], [2, 4]]
assert deal_cards([], 3) == [[], [], []]
assert deal_cards([7, 8], 1) == [[7, 8]]
assert deal_cards([9], 2) == [[9], []]
assert deal_cards([6, 5, 4, 3, 2, 1], 3) == [[6, 3], [5, 2], [4, 1]]
assert deal_cards([0, 0, 1], 2) == [[0, 1], [0]]


# hard | spec | lists built from a number, neighbours, sums
def triangle_row(n):
    """Row 1 is [1]. Each next row starts and ends with 1, with the sums of every two neighbours of the row before between them, in order. Return row n, which has n numbers; n is at least 1."""
    row = [1]
    for _ in range(n - 1):
        middle = [row[i] + row[i + 1] for i in range(len(row) - 1)]
        row = [1] + middle + [1]
    return row


assert triangle_row(1) == [1]
assert triangle_row(2) == [1, 1]
assert triangle_row(3) == [1, 2, 1]
assert triangle_row(4) == [1, 3, 3, 1]
assert triangle_row(5) == [1, 4, 6, 4, 1]
assert triangle_row(6) == [1, 5, 10, 10, 5, 1]
