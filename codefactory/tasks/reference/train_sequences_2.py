"""Reference tasks, training: short sequences of numbers, part 2 (written one by one for this project)."""


# easy | question | digits, parity, counting
def count_odd_digits(n):
    """How many digits of `n` are odd? The number is not negative."""
    count = 0
    for d in str(n):
        if int(d) % 2 == 1:
            count += 1
    return count


assert count_odd_digits(123) == 2
assert count_odd_digits(0) == 0
assert count_odd_digits(2468) == 0
assert count_odd_digits(9715) == 4


# easy | terse | digits, minimum
def smallest_digit(n):
    """Return the smallest digit of the non-negative number n."""
    return min(int(d) for d in str(n))


assert smallest_digit(537) == 3
assert smallest_digit(8) == 8
assert smallest_digit(4091) == 0
assert smallest_digit(99) == 9


# easy | imperative | digits, filtering
def digits_over_four(n):
    """List the digits of the non-negative number `n` that are greater than 4, from left to right."""
    return [int(d) for d in str(n) if int(d) > 4]


assert digits_over_four(3596) == [5, 9, 6]
assert digits_over_four(1234) == []
assert digits_over_four(0) == []
assert digits_over_four(7) == [7]


# easy | terse | digits, sums
def sum_of_even_digits(n):
    """Add the even digits of the non-negative number n."""
    total = 0
    while n > 0:
        if n % 10 % 2 == 0:
            total += n % 10
        n //= 10
    return total


assert sum_of_even_digits(1246) == 12
assert sum_of_even_digits(0) == 0
assert sum_of_even_digits(1357) == 0
assert sum_of_even_digits(808) == 16


# easy | question | digits, parity
def only_odd_digits(n):
    """Are all digits of the non-negative number `n` odd?"""
    return all(int(d) % 2 == 1 for d in str(n))


assert only_odd_digits(1359) == True
assert only_odd_digits(1389) == False
assert only_odd_digits(0) == False
assert only_odd_digits(7) == True


# easy | question | digits, counting
def repeats_digit_nine(number):
    """Is the digit 9 used more than once in the non-negative number?"""
    return str(number).count("9") > 1


assert repeats_digit_nine(9192) == True
assert repeats_digit_nine(0) == False
assert repeats_digit_nine(8965) == False
assert repeats_digit_nine(999) == True


# easy | terse | ranges, parity
def evens_up_to(n):
    """List the even numbers from 1 to `n`, with n included."""
    return [i for i in range(1, n + 1) if i % 2 == 0]


assert evens_up_to(7) == [2, 4, 6]
assert evens_up_to(1) == []
assert evens_up_to(0) == []
assert evens_up_to(8) == [2, 4, 6, 8]


# easy | imperative | ranges, sums
def sum_odds_to(n):
    """Add up the odd numbers from 1 to n, including n; for n below 1 return 0."""
    total = 0
    for i in range(1, n + 1):
        if i % 2 == 1:
            total += i
    return total


assert sum_odds_to(5) == 9
assert sum_odds_to(0) == 0
assert sum_odds_to(1) == 1
assert sum_odds_to(10) == 25


# easy | question | ranges, divisibility, counting
def count_fours_between(a, b):
    """How many numbers from `a` to `b` (both included) are divisible by 4?"""
    count = 0
    for i in range(a, b + 1):
        if i % 4 == 0:
            count += 1
    return count


assert count_fours_between(1, 12) == 3
assert count_fours_between(4, 4) == 1
assert count_fours_between(5, 7) == 0
assert count_fours_between(9, 3) == 0


# easy | given | ranges, powers
def cubes_to(n):
    """Given n, return the list of the cubes of the numbers 1 to n."""
    return [i ** 3 for i in range(1, n + 1)]


assert cubes_to(3) == [1, 8, 27]
assert cubes_to(0) == []
assert cubes_to(1) == [1]
assert cubes_to(5) == [1, 8, 27, 64, 125]


# easy | terse | ranges
def list_from_to(a, b):
    """Return the numbers from `a` up to and including `b` as a list; it is empty if a is larger."""
    return list(range(a, b + 1))


assert list_from_to(2, 5) == [2, 3, 4, 5]
assert list_from_to(7, 7) == [7]
assert list_from_to(4, 1) == []
assert list_from_to(-1, 1) == [-1, 0, 1]


# easy | question | divisors, counting
def number_of_divisors(n):
    """How many divisors does the positive number `n` have, with 1 and n among them?"""
    count = 0
    for d in range(1, n + 1):
        if n % d == 0:
            count += 1
    return count


assert number_of_divisors(6) == 4
assert number_of_divisors(1) == 1
assert number_of_divisors(7) == 2
assert number_of_divisors(12) == 6


# easy | terse | divisors, sums
def sum_of_divisors(n):
    """Sum of all divisors of the positive number n, 1 and n included."""
    return sum(d for d in range(1, n + 1) if n % d == 0)


assert sum_of_divisors(6) == 12
assert sum_of_divisors(1) == 1
assert sum_of_divisors(5) == 6
assert sum_of_divisors(10) == 18


# easy | imperative | divisors, filtering
def even_divisors(n):
    """Find the even divisors of the positive number `n` and return them in rising order."""
    return [d for d in range(1, n + 1) if n % d == 0 and d % 2 == 0]


assert even_divisors(12) == [2, 4, 6, 12]
assert even_divisors(9) == []
assert even_divisors(2) == [2]
assert even_divisors(10) == [2, 10]


# easy | terse | slicing
def last_four_values(values):
    """Give back the last four values, or all of them if there are not so many."""
    return values[-4:]


assert last_four_values([1, 2, 3, 4, 5]) == [2, 3, 4, 5]
assert last_four_values([5, 6]) == [5, 6]
assert last_four_values([]) == []
assert last_four_values([9, 8, 7, 6, 5, 4]) == [7, 6, 5, 4]


# easy | spec | slicing
def without_first_two(xs):
    """Return xs without its first two elements. A list that short becomes empty."""
    return xs[2:]


assert without_first_two([1, 2, 3, 4]) == [3, 4]
assert without_first_two([5, 6]) == []
assert without_first_two([]) == []
assert without_first_two([0, 0, 9]) == [9]


# easy | imperative | slicing, positions
def second_fourth_sixth(nums):
    """Pick the second, fourth, sixth number of `nums` and so on."""
    return nums[1::2]


assert second_fourth_sixth([1, 2, 3, 4]) == [2, 4]
assert second_fourth_sixth([5]) == []
assert second_fourth_sixth([]) == []
assert second_fourth_sixth([9, 7, 5, 3, 1]) == [7, 3]


# easy | given | slicing, positions
def keep_one_skip_three(values):
    """Given values, keep the first one, then skip three, keep one, skip three, and so on."""
    return values[::4]


assert keep_one_skip_three([1, 2, 3, 4, 5, 6, 7]) == [1, 5]
assert keep_one_skip_three([]) == []
assert keep_one_skip_three([8, 9]) == [8]
assert keep_one_skip_three([0, 5, 6, 2, 3, 1, 1, 1, 4]) == [0, 3, 4]


# medium | spec | digits, products
def product_of_odd_digits(n):
    """Multiply the odd digits of the non-negative number n. Without odd digits the answer is 1."""
    product = 1
    for d in str(n):
        if int(d) % 2 == 1:
            product *= int(d)
    return product


assert product_of_odd_digits(1234) == 3
assert product_of_odd_digits(0) == 1
assert product_of_odd_digits(286) == 1
assert product_of_odd_digits(579) == 315


# medium | terse | digits, squares, sums
def sum_of_squared_digits(n):
    """Square each digit of the non-negative number `n` and add the squares."""
    return sum(int(d) ** 2 for d in str(n))


assert sum_of_squared_digits(34) == 25
assert sum_of_squared_digits(0) == 0
assert sum_of_squared_digits(7) == 49
assert sum_of_squared_digits(1203) == 14


# medium | question | ranges, squares, sums
def sum_even_squares_to(n):
    """What is the sum of the squares of all even numbers from 1 to n?"""
    return sum(i * i for i in range(1, n + 1) if i % 2 == 0)


assert sum_even_squares_to(4) == 20
assert sum_even_squares_to(1) == 0
assert sum_even_squares_to(0) == 0
assert sum_even_squares_to(7) == 56


# medium | imperative | ranges, parity, products
def product_of_odds_between(a, b):
    """Multiply the odd numbers from `a` to `b`, both ends included; if there are none, return 1."""
    product = 1
    for i in range(a, b + 1):
        if i % 2 == 1:
            product *= i
    return product


assert product_of_odds_between(2, 7) == 105
assert product_of_odds_between(4, 4) == 1
assert product_of_odds_between(9, 9) == 9
assert product_of_odds_between(6, 3) == 1


# medium | question | divisors, parity, maximum
def largest_odd_divisor(n):
    """Which is the largest odd number that divides the positive number `n`?"""
    return max(d for d in range(1, n + 1) if n % d == 0 and d % 2 == 1)


assert largest_odd_divisor(12) == 3
assert largest_odd_divisor(1) == 1
assert largest_odd_divisor(8) == 1
assert largest_odd_divisor(45) == 45


# medium | terse | slicing, sums
def sum_of_every_second(nums):
    """Sum of every second number of nums, beginning with the first."""
    return sum(nums[::2])


assert sum_of_every_second([1, 2, 3, 4]) == 4
assert sum_of_every_second([]) == 0
assert sum_of_every_second([9]) == 9
assert sum_of_every_second([2, 50, -2, 60, 7]) == 7


# hard | question | ranges, digits, parity, counting
def count_odd_with_seven(a, b):
    """How many odd numbers from `a` to `b`, both included and not negative, contain the digit 7?"""
    count = 0
    for i in range(a, b + 1):
        if i % 2 == 1 and "7" in str(i):
            count += 1
    return count


assert count_odd_with_seven(1, 20) == 2
assert count_odd_with_seven(70, 79) == 5
assert count_odd_with_seven(20, 26) == 0
assert count_odd_with_seven(7, 7) == 1


# hard | imperative | digits, duplicates, sums
def sum_of_distinct_large_digits(n):
    """Take the digits of the non-negative number n that are at least 5, use each different one once, and add them."""
    return sum(set(int(d) for d in str(n) if int(d) >= 5))


assert sum_of_distinct_large_digits(5563) == 11
assert sum_of_distinct_large_digits(0) == 0
assert sum_of_distinct_large_digits(1234) == 0
assert sum_of_distinct_large_digits(99887) == 24
