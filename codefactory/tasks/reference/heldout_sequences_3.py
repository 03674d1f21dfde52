"""Reference tasks, held out: short sequences of numbers, part 3 (written one by one for this project)."""


# easy | question | digits, counting
def count_digits_over_five(n):
    """How many digits of the non-negative number `n` are greater than 5?"""
    return len([d for d in str(n) if int(d) > 5])


assert count_digits_over_five(7261) == 2
assert count_digits_over_five(0) == 0
assert count_digits_over_five(555) == 0
assert count_digits_over_five(6) == 1
assert count_digits_over_five(89676) == 5


# easy | terse | digits, filtering
def odd_digits_list(n):
    """Return the odd digits of the non-negative number n as a list, in reading order."""
    return [int(d) for d in str(n) if int(d) % 2 == 1]


assert odd_digits_list(1234) == [1, 3]
assert odd_digits_list(0) == []
assert odd_digits_list(2846) == []
assert odd_digits_list(9) == [9]
assert odd_digits_list(7057) == [7, 5, 7]


# easy | imperative | digits, sums
def sum_digits_over_three(number):
    """Add those digits of the non-negative `number` that are larger than 3."""
    total = 0
    for d in str(number):
        if int(d) > 3:
            total += int(d)
    return total


assert sum_digits_over_three(1454) == 13
assert sum_digits_over_three(0) == 0
assert sum_digits_over_three(3210) == 0
assert sum_digits_over_three(9) == 9
assert sum_digits_over_three(7383) == 15


# easy | question | digits, parity
def only_even_digits(n):
    """Does the non-negative number `n` consist of even digits only?"""
    for d in str(n):
        if int(d) % 2 == 1:
            return False
    return True


assert only_even_digits(2480) == True
assert only_even_digits(241) == False
assert only_even_digits(0) == True
assert only_even_digits(5) == False
assert only_even_digits(66) == True


# easy | question | digits, comparison
def has_digit_over_seven(n):
    """Is any digit of the non-negative number n an 8 or a 9?"""
    return any(int(d) > 7 for d in str(n))


assert has_digit_over_seven(1283) == True
assert has_digit_over_seven(777) == False
assert has_digit_over_seven(0) == False
assert has_digit_over_seven(9) == True
assert has_digit_over_seven(4590) == True


# easy | spec | digits, maximum
def largest_odd_digit(n):
    """Return the largest odd digit of `n`, a number that is not negative. If all digits are even, return 0."""
    best = 0
    for d in str(n):
        if int(d) % 2 == 1 and int(d) > best:
            best = int(d)
    return best


assert largest_odd_digit(1386) == 3
assert largest_odd_digit(248) == 0
assert largest_odd_digit(0) == 0
assert largest_odd_digit(7) == 7
assert largest_odd_digit(95189) == 9


# easy | terse | digits, counting
def count_digit_four(n):
    """Count the fours among the digits of the non-negative number n."""
    count = 0
    while n > 0:
        if n % 10 == 4:
            count += 1
        n //= 10
    return count


assert count_digit_four(4041) == 2
assert count_digit_four(0) == 0
assert count_digit_four(1235) == 0
assert count_digit_four(4) == 1
assert count_digit_four(44454) == 4


# easy | given | digits, reversing
def digits_from_the_end(n):
    """Given a non-negative number `n`, return its digits as a list that begins with the last digit."""
    return [int(d) for d in str(n)[::-1]]


assert digits_from_the_end(123) == [3, 2, 1]
assert digits_from_the_end(0) == [0]
assert digits_from_the_end(50) == [0, 5]
assert digits_from_the_end(8) == [8]
assert digits_from_the_end(9904) == [4, 0, 9, 9]


# easy | question | digits
def final_digit(n):
    """Which digit comes last in the non-negative number `n`?"""
    return n % 10


assert final_digit(123) == 3
assert final_digit(40) == 0
assert final_digit(7) == 7
assert final_digit(0) == 0
assert final_digit(9998) == 8


# easy | imperative | digits, products
def product_of_digits(n):
    """Multiply all digits of the non-negative number n with each other."""
    product = 1
    for d in str(n):
        product *= int(d)
    return product


assert product_of_digits(234) == 24
assert product_of_digits(0) == 0
assert product_of_digits(505) == 0
assert product_of_digits(9) == 9
assert product_of_digits(1117) == 7


# easy | question | digits, parity
def first_digit_is_odd(number):
    """Is the leftmost digit of the positive `number` odd?"""
    return int(str(number)[0]) % 2 == 1


assert first_digit_is_odd(341) == True
assert first_digit_is_odd(413) == False
assert first_digit_is_odd(7) == True
assert first_digit_is_odd(20) == False
assert first_digit_is_odd(1000) == True


# easy | terse | digits, counting
def count_nonzero_digits(n):
    """Count the digits of the non-negative number `n` that are not 0."""
    return sum(1 for d in str(n) if d != "0")


assert count_nonzero_digits(1020) == 2
assert count_nonzero_digits(0) == 0
assert count_nonzero_digits(5) == 1
assert count_nonzero_digits(4321) == 4
assert count_nonzero_digits(900) == 1


# easy | imperative | digits, mapping
def doubled_digits(n):
    """Make a list with the double of each digit of the non-negative number n, left to right."""
    return [int(d) * 2 for d in str(n)]


assert doubled_digits(125) == [2, 4, 10]
assert doubled_digits(0) == [0]
assert doubled_digits(9) == [18]
assert doubled_digits(40) == [8, 0]
assert doubled_digits(3716) == [6, 14, 2, 12]


# easy | given | digits, sums
def first_plus_last_digit(n):
    """Given a positive number `n`, add its first digit to its last digit; a one-digit number counts its digit twice."""
    digits = str(n)
    return int(digits[0]) + int(digits[-1])


assert first_plus_last_digit(123) == 4
assert first_plus_last_digit(5) == 10
assert first_plus_last_digit(70) == 7
assert first_plus_last_digit(909) == 18
assert first_plus_last_digit(1111) == 2


# easy | question | digits, parity, sums
def sum_of_odd_digits(n):
    """What do you get when you add only the odd digits of `n`, which is not negative?"""
    return sum(int(d) for d in str(n) if int(d) % 2 == 1)


assert sum_of_odd_digits(1235) == 9
assert sum_of_odd_digits(0) == 0
assert sum_of_odd_digits(2046) == 0
assert sum_of_odd_digits(7) == 7
assert sum_of_odd_digits(9939) == 30


# medium | question | digits, duplicates, counting
def count_different_digits(n):
    """How many different digits does the non-negative number `n` have?"""
    return len(set(str(n)))


assert count_different_digits(1223) == 3
assert count_different_digits(0) == 1
assert count_different_digits(777) == 1
assert count_different_digits(40) == 2
assert count_different_digits(90210) == 4


# medium | terse | digits, sorting
def sorted_digits(n):
    """List the digits of the non-negative number n from the smallest to the largest."""
    return sorted(int(d) for d in str(n))


assert sorted_digits(312) == [1, 2, 3]
assert sorted_digits(0) == [0]
assert sorted_digits(505) == [0, 5, 5]
assert sorted_digits(9) == [9]
assert sorted_digits(87654) == [4, 5, 6, 7, 8]


# medium | spec | digits, filtering, conversion
def remove_zero_digits(n):
    """Return the number that is left when all zeros are struck out of the positive number `n`."""
    return int(str(n).replace("0", ""))


assert remove_zero_digits(1020) == 12
assert remove_zero_digits(7) == 7
assert remove_zero_digits(500) == 5
assert remove_zero_digits(3456) == 3456
assert remove_zero_digits(90807) == 987


# medium | imperative | digits, sums, parity
def digit_sum_is_even(n):
    """Check whether the digits of the non-negative number n add up to an even number."""
    total = 0
    for d in str(n):
        total += int(d)
    return total % 2 == 0


assert digit_sum_is_even(13) == True
assert digit_sum_is_even(12) == False
assert digit_sum_is_even(0) == True
assert digit_sum_is_even(7) == False
assert digit_sum_is_even(1111) == True


# medium | terse | digits, powers, sums
def sum_of_cubed_digits(n):
    """Return the sum of the cubes of the digits of the non-negative number `n`."""
    return sum(int(d) ** 3 for d in str(n))


assert sum_of_cubed_digits(12) == 9
assert sum_of_cubed_digits(0) == 0
assert sum_of_cubed_digits(3) == 27
assert sum_of_cubed_digits(201) == 9
assert sum_of_cubed_digits(555) == 375


# medium | spec | digits, comparison, products
def product_of_digits_above_two(number):
    """Multiply the digits of the non-negative `number` that are greater than 2. If there are none, return 1."""
    product = 1
    while number > 0:
        if number % 10 > 2:
            product *= number % 10
        number //= 10
    return product


assert product_of_digits_above_two(1345) == 60
assert product_of_digits_above_two(0) == 1
assert product_of_digits_above_two(2102) == 1
assert product_of_digits_above_two(9) == 9
assert product_of_digits_above_two(32323) == 27


# hard | imperative | digits, filtering, squares, sorting
def even_digit_squares_descending(n):
    """Square the even digits of the non-negative number `n` and return the squares, largest first."""
    return sorted([int(d) ** 2 for d in str(n) if int(d) % 2 == 0], reverse=True)


assert even_digit_squares_descending(2431) == [16, 4]
assert even_digit_squares_descending(0) == [0]
assert even_digit_squares_descending(135) == []
assert even_digit_squares_descending(68) == [64, 36]
assert even_digit_squares_descending(20427) == [16, 4, 4, 0]
