"""Reference tasks, training: integers and arithmetic, part 1 (written one by one for this project)."""


# easy | terse | integers, digits
def first_digit(n):
    """Return the first (leftmost) digit of the positive number n."""
    while n >= 10:
        n = n // 10
    return n


assert first_digit(7) == 7
assert first_digit(42) == 4
assert first_digit(100) == 1
assert first_digit(98765) == 9


# easy | imperative | integers, digits, counting
def count_digits(n):
    """Write a function that returns how many digits the number n has, not counting a minus sign."""
    return len(str(abs(n)))


assert count_digits(0) == 1
assert count_digits(9) == 1
assert count_digits(10) == 2
assert count_digits(-345) == 3
assert count_digits(12000) == 5


# easy | question | integers, digits, sum
def digit_sum(n):
    """What do the digits of the non-negative number n add up to?"""
    total = 0
    while n > 0:
        total += n % 10
        n //= 10
    return total


assert digit_sum(0) == 0
assert digit_sum(8) == 8
assert digit_sum(123) == 6
assert digit_sum(9070) == 16


# medium | given | integers, digits, sign
def reverse_digits(n):
    """Given a number n, return the number with its digits in reverse order.
    The sign stays the same, and zeros that end up in front disappear."""
    backwards = int(str(abs(n))[::-1])
    return -backwards if n < 0 else backwards


assert reverse_digits(123) == 321
assert reverse_digits(-52) == -25
assert reverse_digits(1200) == 21
assert reverse_digits(0) == 0


# medium | spec | integers, digits, product
def product_of_nonzero_digits(n):
    """Multiply all digits of the non-negative number n that are not zero. If n is 0, return 0."""
    if n == 0:
        return 0
    result = 1
    for d in str(n):
        if d != "0":
            result *= int(d)
    return result


assert product_of_nonzero_digits(0) == 0
assert product_of_nonzero_digits(234) == 24
assert product_of_nonzero_digits(505) == 25
assert product_of_nonzero_digits(100) == 1
assert product_of_nonzero_digits(7) == 7


# easy | story | integers, digits
def tens_digit(ticket):
    """A raffle sorts its tickets by their tens digit; return that digit, which is 0 for tickets below 10."""
    return ticket // 10 % 10


assert tens_digit(57) == 5
assert tens_digit(8) == 0
assert tens_digit(1234) == 3
assert tens_digit(600) == 0


# medium | question | integers, digits, parity
def count_even_digits(n):
    """How many digits of the non-negative number n are even? The digit 0 is even."""
    return sum(1 for d in str(n) if int(d) % 2 == 0)


assert count_even_digits(0) == 1
assert count_even_digits(135) == 0
assert count_even_digits(2468) == 4
assert count_even_digits(1020) == 3


# easy | terse | integers, digits, maximum
def largest_digit(n):
    """Return the largest digit of the number n, ignoring its sign."""
    return max(int(d) for d in str(abs(n)))


assert largest_digit(0) == 0
assert largest_digit(381) == 8
assert largest_digit(-274) == 7
assert largest_digit(5555) == 5


# hard | spec | integers, digits, loops
def is_happy(n):
    """Replace the positive number n by the sum of the squares of its digits, again and again.
    Return True if this reaches 1 and False if it reaches 4."""
    while n != 1 and n != 4:
        total = 0
        for d in str(n):
            total += int(d) ** 2
        n = total
    return n == 1


assert is_happy(1) == True
assert is_happy(4) == False
assert is_happy(19) == True
assert is_happy(2) == False
assert is_happy(100) == True


# easy | terse | integers, parity
def is_odd(n):
    """Return True if n is odd, otherwise False."""
    return n % 2 == 1


assert is_odd(3) == True
assert is_odd(10) == False
assert is_odd(0) == False
assert is_odd(-7) == True


# easy | given | integers, divisibility
def divides_both(d, a, b):
    """Given a positive number d, return True if d divides both a and b without a remainder, otherwise False."""
    return a % d == 0 and b % d == 0


assert divides_both(3, 9, 12) == True
assert divides_both(3, 9, 10) == False
assert divides_both(3, 10, 9) == False
assert divides_both(1, 7, 5) == True
assert divides_both(5, 0, 20) == True


# easy | story | integers, division
def leftover_candies(candies, children):
    """Children share candies so that each gets the same number and as many as possible; return how many are left."""
    return candies % children


assert leftover_candies(10, 3) == 1
assert leftover_candies(12, 4) == 0
assert leftover_candies(2, 5) == 2
assert leftover_candies(0, 6) == 0


# easy | imperative | integers, divisibility, counting
def count_multiples_up_to(limit, k):
    """Write a function that counts the multiples of the positive number k from 1 to limit, limit included."""
    return limit // k


assert count_multiples_up_to(10, 3) == 3
assert count_multiples_up_to(12, 4) == 3
assert count_multiples_up_to(4, 5) == 0
assert count_multiples_up_to(0, 2) == 0


# medium | question | integers, divisibility, loops
def smallest_divisor(n):
    """What is the smallest divisor of n that is greater than 1? The number n is at least 2."""
    d = 2
    while n % d != 0:
        d += 1
    return d


assert smallest_divisor(2) == 2
assert smallest_divisor(15) == 3
assert smallest_divisor(49) == 7
assert smallest_divisor(13) == 13
assert smallest_divisor(100) == 2


# medium | given | integers, divisibility, lists
def all_divisors(n):
    """Given a positive number n, return the list of all its divisors from smallest to largest, including 1 and n."""
    return [d for d in range(1, n + 1) if n % d == 0]


assert all_divisors(1) == [1]
assert all_divisors(6) == [1, 2, 3, 6]
assert all_divisors(7) == [1, 7]
assert all_divisors(16) == [1, 2, 4, 8, 16]


# medium | imperative | integers, gcd
def greatest_common_divisor(a, b):
    """Write a function that returns the largest number that divides both positive numbers a and b."""
    while b != 0:
        a, b = b, a % b
    return a


assert greatest_common_divisor(12, 18) == 6
assert greatest_common_divisor(7, 5) == 1
assert greatest_common_divisor(4, 20) == 4
assert greatest_common_divisor(9, 9) == 9


# hard | terse | integers, primes, lists
def primes_up_to(n):
    """Return the list of all primes up to and including n, in increasing order."""
    primes = []
    for candidate in range(2, n + 1):
        if all(candidate % p != 0 for p in primes):
            primes.append(candidate)
    return primes


assert primes_up_to(10) == [2, 3, 5, 7]
assert primes_up_to(2) == [2]
assert primes_up_to(1) == []
assert primes_up_to(0) == []
assert primes_up_to(19) == [2, 3, 5, 7, 11, 13, 17, 19]


# medium | spec | integers, powers
def is_power_of_two(n):
    """Return True if n is 1 or can be made from 1 by doubling again and again. Zero and negative numbers give False."""
    if n < 1:
        return False
    while n % 2 == 0:
        n //= 2
    return n == 1


assert is_power_of_two(1) == True
assert is_power_of_two(16) == True
assert is_power_of_two(12) == False
assert is_power_of_two(0) == False
assert is_power_of_two(-8) == False
