"""Exercises on numbers and digits."""

# ruff: noqa: E501 - the rows of a table stay on one line each, however long
# fmt: off

from __future__ import annotations

from scripts.micro.algorithms import Algorithm as A
from scripts.micro.shapes import running, show


def _euclid(a: int, b: int) -> str:
    steps = []
    while b:
        a, b = b, a % b
        steps.append(f"{a}, {b}")
    return " -> ".join(steps)


def _halvings(n: int) -> str:
    steps = []
    while n > 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps.append(show(n))
    return ", ".join(steps)


def _root(n: int) -> str:
    steps = []
    while n > 9:
        n = sum(map(int, str(n)))
        steps.append(show(n))
    return ", ".join(steps)


def _fib(n: int) -> str:
    row = [0, 1]
    while len(row) <= n:
        row.append(row[-1] + row[-2])
    return show(row[: n + 1])


def _upto(n: int) -> list[int]:
    return list(range(1, n + 1))


def _digits(n: int) -> list[int]:
    return [int(d) for d in str(n)]


def _divisors(n: int) -> list[int]:
    return [d for d in range(1, n + 1) if n % d == 0]


ENTRIES = [
    A("gcd", "arithmetic divisors algorithms", 2, "a|x|m:M b|y|p:M", "gcd greatest_common_divisor common_divisor", ("the greatest common divisor of `a` and `b`", "the largest number that divides both `a` and `b`"), (
        "while b:\n    a, b = b, a % b\nreturn a", "if b == 0:\n    return a\nreturn $f(b, a % b)", "best = 1\nfor d in range(1, min(a, b) + 1):\n    if a % d == 0 and b % d == 0:\n        best = d\nreturn best"), _euclid),
    A("lcm", "arithmetic divisors algorithms", 2, "a|x|p:H b|y|q:H", "lcm least_common_multiple", ("the least common multiple of `a` and `b`", "the smallest number that both `a` and `b` divide"), (
        "result = a\nwhile result % b != 0:\n    result += a\nreturn result", "for n in range(max(a, b), a * b + 1):\n    if n % a == 0 and n % b == 0:\n        return n"), lambda a, b: ", ".join(show(a * i) for i in range(1, b + 1) if all((a * j) % b for j in range(1, i)))),
    A("factorial", "arithmetic algorithms", 1, "n|num|number:F", "factorial fact", ("the factorial of `n`", "`n` factorial, the product of the numbers from 1 to `n`"), (
        "result = 1\nfor i in range(2, n + 1):\n    result *= i\nreturn result", "if n <= 1:\n    return 1\nreturn n * $f(n - 1)", "result = 1\nwhile n > 1:\n    result *= n\n    n -= 1\nreturn result"), lambda n: running(_upto(n), lambda a, b: a * b)),
    A("fibonacci", "sequences algorithms", 1, "n|k|index:I", "fibonacci fib nth_fibonacci", ("the `n`-th Fibonacci number, starting from 0 and 1", "the Fibonacci number at position `n` (0, 1, 1, 2, 3, ...)"), (
        "a, b = 0, 1\nfor _ in range(n):\n    a, b = b, a + b\nreturn a", "if n < 2:\n    return n\nreturn $f(n - 1) + $f(n - 2)"), _fib),
    A("fiblist", "sequences lists algorithms", 1, "n|count:H", "fibonacci_list first_fibonacci", ("a list of the first `n` Fibonacci numbers, starting with 0 and 1",), (
        "row = [0, 1]\nwhile len(row) < n:\n    row.append(row[-1] + row[-2])\nreturn row[:n]", "result = []\na, b = 0, 1\nfor _ in range(n):\n    result.append(a)\n    a, b = b, a + b\nreturn result")),
    A("prime", "divisors booleans algorithms", 1, "n|num|number:M", "is_prime prime check_prime", ("`n` is a prime number", "`n` is prime"), (
        "if n < 2:\n    return False\nfor d in range(2, n):\n    if n % d == 0:\n        return False\nreturn True", "return n > 1 and all(n % d != 0 for d in range(2, n))", "divisors = [d for d in range(1, n + 1) if n % d == 0]\nreturn len(divisors) == 2"), lambda n: show(_divisors(n)), True),
    A("primes", "divisors lists algorithms", 2, "n|limit:M", "primes_up_to list_primes primes", ("a list of the prime numbers up to and including `n`",), (
        "result = []\nfor k in range(2, n + 1):\n    if all(k % d != 0 for d in range(2, k)):\n        result.append(k)\nreturn result", "return [k for k in range(2, n + 1) if all(k % d for d in range(2, k))]")),
    A("factors", "divisors lists algorithms", 2, "n|num:M", "prime_factors factorize", ("the list of prime factors of `n` in ascending order, with repeats",), (
        "factors = []\nd = 2\nwhile n > 1:\n    if n % d == 0:\n        factors.append(d)\n        n //= d\n    else:\n        d += 1\nreturn factors", "factors = []\nd = 2\nwhile n > 1:\n    while n % d == 0:\n        factors.append(d)\n        n //= d\n    d += 1\nreturn factors")),
    A("perfect", "divisors booleans algorithms", 2, "n|num:M", "is_perfect perfect_number", ("`n` is a perfect number (the sum of its smaller divisors)",), (
        "return n == sum(d for d in range(1, n) if n % d == 0)", "total = 0\nfor d in range(1, n):\n    if n % d == 0:\n        total += d\nreturn total == n"), lambda n: f"{_divisors(n)[:-1]} -> {sum(_divisors(n)[:-1])}", True),
    A("power", "arithmetic algorithms", 1, "base|a|x:F exponent|n|k:K", "power raise_to pow_int", ("`base` to the power of `exponent`", "`base` multiplied by itself `exponent` times"), (
        "result = 1\nfor _ in range(exponent):\n    result *= base\nreturn result", "return base ** exponent", "if exponent == 0:\n    return 1\nreturn base * $f(base, exponent - 1)"), lambda a, n: running([a] * n, lambda x, y: x * y)),
    A("digitsum", "digits sums", 0, "n|num|number:G", "digit_sum sum_digits sum_of_digits", ("the sum of the digits of `n`",), (
        "return sum(int(d) for d in str(n))", "total = 0\nwhile n > 0:\n    total += n % 10\n    n //= 10\nreturn total", "total = 0\nfor d in str(n):\n    total += int(d)\nreturn total"), lambda n: running(_digits(n), lambda a, b: a + b)),
    A("digitcount", "digits counting", 0, "n|num|number:G", "count_digits num_digits digit_count", ("how many digits `n` has", "the number of digits of `n`"), ("return len(str(n))", "count = 0\nwhile n > 0:\n    count += 1\n    n //= 10\nreturn count")),
    A("revint", "digits sequences", 1, "n|num|number:G", "reverse_number reverse_digits flip_digits", ("the number made of the digits of `n` in reverse order",), ("return int(str(n)[::-1])", "result = 0\nwhile n > 0:\n    result = result * 10 + n % 10\n    n //= 10\nreturn result")),
    A("palnum", "digits booleans", 1, "n|num:G", "is_palindrome_number palindrome_number", ("`n` reads the same backwards",), ("return str(n) == str(n)[::-1]", "rev = 0\nrest = n\nwhile rest > 0:\n    rev = rev * 10 + rest % 10\n    rest //= 10\nreturn rev == n"), None, True),
    A("digitroot", "digits algorithms", 2, "n|num:G", "digital_root repeated_digit_sum", ("the digital root of `n`: add its digits again and again until one digit is left",), ("while n > 9:\n    n = sum(int(d) for d in str(n))\nreturn n", "if n < 10:\n    return n\nreturn $f(sum(int(d) for d in str(n)))"), _root),
    A("largestdigit", "digits extremes", 0, "n|num:G", "largest_digit max_digit biggest_digit", ("the largest digit of `n`",), ("return max(int(d) for d in str(n))", "best = 0\nwhile n > 0:\n    best = max(best, n % 10)\n    n //= 10\nreturn best")),
    A("smallestdigit", "digits extremes", 0, "n|num:G", "smallest_digit min_digit", ("the smallest digit of `n`",), ("return min(int(d) for d in str(n))", "best = 9\nfor d in str(n):\n    best = min(best, int(d))\nreturn best")),
    A("firstdigit", "digits positions", 0, "n|num:G", "first_digit leading_digit", ("the first digit of `n`",), ("return int(str(n)[0])", "while n > 9:\n    n //= 10\nreturn n")),
    A("lastdigit", "digits positions", 0, "n|num:G", "last_digit final_digit ones_digit", ("the last digit of `n`",), ("return n % 10", "return int(str(n)[-1])")),
    A("digitlist", "digits lists", 0, "n|num:G", "digits digit_list to_digits", ("the list of the digits of `n`",), ("return [int(d) for d in str(n)]", "return list(map(int, str(n)))", "result = []\nfor d in str(n):\n    result.append(int(d))\nreturn result")),
    A("fromdigits", "digits lists", 1, "digits|nums:LF", "from_digits digits_to_number make_number", ("the number whose digits are in the list `digits`",), ("result = 0\nfor d in digits:\n    result = result * 10 + d\nreturn result", "return int(''.join(str(d) for d in digits))")),
    A("sortdigits", "digits sorting", 1, "n|num:G", "sort_digits ordered_digits", ("the text of the digits of `n` in ascending order",), ("return ''.join(sorted(str(n)))", "digits = sorted(str(n))\nreturn ''.join(digits)")),
    A("hasdigit", "digits searching booleans", 0, "n|num:G d|digit|k:I", "has_digit contains_digit", ("`n` contains the digit `d`", "the digit `d` occurs in `n`"), ("return str(d) in str(n)", "for c in str(n):\n    if int(c) == d:\n        return True\nreturn False"), None, True),
    A("countdigit", "digits counting", 0, "n|num:G d|digit|k:F", "count_digit digit_occurrences", ("how often the digit `d` occurs in `n`",), ("return str(n).count(str(d))", "count = 0\nfor c in str(n):\n    if int(c) == d:\n        count += 1\nreturn count")),
    A("digitproduct", "digits arithmetic", 1, "n|num:N", "digit_product multiply_digits", ("the product of the digits of `n`",), ("result = 1\nfor d in str(n):\n    result *= int(d)\nreturn result", "result = 1\nwhile n > 0:\n    result *= n % 10\n    n //= 10\nreturn result"), lambda n: show(_digits(n))),
    A("armstrong", "digits booleans algorithms", 2, "n|num:N", "is_square_digit_sum happy_step", ("`n` equals the sum of the squares of its digits",), ("return n == sum(int(d) ** 2 for d in str(n))", "total = 0\nfor d in str(n):\n    total += int(d) * int(d)\nreturn total == n"), lambda n: show([d * d for d in _digits(n)]), True),
    A("leap", "conditionals booleans arithmetic", 1, "year|y:Y", "is_leap leap_year is_leap_year", ("`year` is a leap year",), (
        "return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)", "if year % 400 == 0:\n    return True\nif year % 100 == 0:\n    return False\nreturn year % 4 == 0"), lambda y: f"{y % 4 == 0}, {y % 100 == 0}, {y % 400 == 0}", True),
    A("clamp", "comparisons conditionals", 0, "x|n|value:I low|lo:F high|hi:P", "clamp limit restrict", ("`x` limited to the range from `low` to `high`", "`x`, but at least `low` and at most `high`"), ("return max(low, min(x, high))", "return max(min(x, high), low)"), lambda x, low, high: show(min(x, high))),
    A("sign", "conditionals comparisons", 0, "n|x|num:Z", "sign signum get_sign", ("1 if `n` is positive, -1 if it is negative and 0 if it is zero", "the sign of `n` as 1, 0 or -1"), ("if n > 0:\n    return 1\nif n < 0:\n    return -1\nreturn 0", "return (n > 0) - (n < 0)")),
    A("fizz", "conditionals divisors strings", 1, "n|num:M", "fizz_buzz fizzbuzz fizz", ("'fizzbuzz' if `n` is divisible by 3 and 5, 'fizz' if by 3 only, 'buzz' if by 5 only, and `n` as a text otherwise",), (
        "if n % 15 == 0:\n    return 'fizzbuzz'\nif n % 3 == 0:\n    return 'fizz'\nif n % 5 == 0:\n    return 'buzz'\nreturn str(n)", "text = ''\nif n % 3 == 0:\n    text += 'fizz'\nif n % 5 == 0:\n    text += 'buzz'\nreturn text or str(n)")),
    A("grade", "conditionals comparisons", 1, "score|points|n:I", "grade letter_grade to_grade", ("'A' if `score` is at least 8, 'B' if it is at least 5, and 'C' otherwise",), ("if score >= 8:\n    return 'A'\nif score >= 5:\n    return 'B'\nreturn 'C'", "if score >= 8:\n    return 'A'\nelif score >= 5:\n    return 'B'\nelse:\n    return 'C'")),
    A("collatz", "sequences algorithms", 2, "n|num|start:P", "collatz_steps count_steps", ("how many steps it takes from `n` to 1, halving even numbers and replacing odd ones by three times plus one",), (
        "steps = 0\nwhile n != 1:\n    n = n // 2 if n % 2 == 0 else 3 * n + 1\n    steps += 1\nreturn steps", "if n == 1:\n    return 0\nif n % 2 == 0:\n    return 1 + $f(n // 2)\nreturn 1 + $f(3 * n + 1)"), _halvings),
    A("binary", "digits strings algorithms", 1, "n|num:M", "to_binary binary as_binary", ("the binary digits of `n` as a text", "`n` written in binary"), ("return bin(n)[2:]", "text = ''\nwhile n > 0:\n    text = str(n % 2) + text\n    n //= 2\nreturn text"), lambda n: ", ".join(show(n >> i) for i in range(n.bit_length()))),
    A("frombinary", "digits strings algorithms", 1, "bits|s|text:BI", "from_binary binary_to_int", ("the number that the binary text `bits` stands for",), ("return int(bits, 2)", "value = 0\nfor bit in bits:\n    value = value * 2 + int(bit)\nreturn value"), lambda b: ", ".join(show(int(b[: i + 1], 2)) for i in range(len(b)))),
    A("bits", "digits counting", 1, "n|num:M", "count_bits count_ones ones_in_binary", ("the number of ones in the binary form of `n`",), ("return bin(n).count('1')", "count = 0\nwhile n > 0:\n    count += n % 2\n    n //= 2\nreturn count"), lambda n: show(bin(n)[2:])),
    A("poweroftwo", "booleans algorithms", 1, "n|num:M", "is_power_of_two power_of_two", ("`n` is a power of two",), ("while n > 1 and n % 2 == 0:\n    n //= 2\nreturn n == 1", "return n in (1, 2, 4, 8, 16)"), None, True),
    A("issquare", "booleans algorithms", 1, "n|num:M", "is_square perfect_square is_perfect_square", ("`n` is a perfect square",), ("root = int(n ** 0.5)\nreturn root * root == n", "return any(i * i == n for i in range(n + 1))", "i = 0\nwhile i * i < n:\n    i += 1\nreturn i * i == n"), None, True),
    A("sqrt", "arithmetic algorithms", 1, "n|num:N", "int_sqrt floor_root square_root", ("the square root of `n`, rounded down",), ("root = 0\nwhile (root + 1) * (root + 1) <= n:\n    root += 1\nreturn root", "return int(n ** 0.5)")),
    A("countdown", "sequences ranges lists", 0, "n|start:H", "countdown count_down", ("a list counting down from `n` to 1",), ("return list(range(n, 0, -1))", "result = []\nwhile n > 0:\n    result.append(n)\n    n -= 1\nreturn result")),
    A("table", "sequences lists arithmetic", 0, "n|num:P k|count:H", "multiples table first_multiples", ("a list of the first `k` multiples of `n`",), ("return [n * i for i in range(1, k + 1)]", "result = []\nfor i in range(1, k + 1):\n    result.append(n * i)\nreturn result")),
    A("divisorcount", "divisors counting", 1, "n|num:M", "count_divisors num_divisors divisor_count", ("how many divisors `n` has", "the number of divisors of `n`"), ("return sum(1 for d in range(1, n + 1) if n % d == 0)", "count = 0\nfor d in range(1, n + 1):\n    if n % d == 0:\n        count += 1\nreturn count"), lambda n: show(_divisors(n))),
    A("coprime", "divisors booleans algorithms", 2, "a|x:M b|y:M", "are_coprime coprime", ("`a` and `b` share no divisor greater than 1",), ("return not any(a % d == 0 and b % d == 0 for d in range(2, min(a, b) + 1))", "while b:\n    a, b = b, a % b\nreturn a == 1"), _euclid, True),
    A("minutes", "arithmetic pairs", 1, "minutes|n|total:N", "to_hours split_minutes hours_minutes", ("a tuple of the full hours and the minutes left in `minutes`",), ("return minutes // 60, minutes % 60", "hours = minutes // 60\nreturn (hours, minutes - hours * 60)")),
    A("divmod", "arithmetic pairs", 0, "a|x|n:N b|y|d:H", "divide quotient_remainder div_mod", ("a tuple of the quotient and the remainder of `a` divided by `b`",), ("return a // b, a % b", "return divmod(a, b)")),
    A("swap", "pairs", 0, "a|x:I b|y:I", "swap swap_pair exchange", ("a tuple of `b` and `a`, in this order",), ("return b, a", "return (b, a)", "a, b = b, a\nreturn a, b")),
    A("order", "pairs sorting comparisons", 0, "a|x:I b|y:I", "order order_pair smaller_first", ("a tuple of `a` and `b`, the smaller one first",), ("return (a, b) if a <= b else (b, a)", "return min(a, b), max(a, b)", "if a > b:\n    return b, a\nreturn a, b")),
    A("sumto", "sums ranges", 0, "n|limit:H", "sum_up_to sum_to total_to", ("the sum of all numbers from 1 to `n`",), ("return n * (n + 1) // 2", "return sum(range(1, n + 1))", "total = 0\nfor i in range(1, n + 1):\n    total += i\nreturn total"), lambda n: running(_upto(n), lambda a, b: a + b)),
    A("multiplesum", "sums ranges divisors", 2, "n|limit:M", "sum_multiples multiples_sum", ("the sum of the numbers below `n` that are divisible by 3 or 5",), ("return sum(i for i in range(n) if i % 3 == 0 or i % 5 == 0)", "total = 0\nfor i in range(n):\n    if i % 3 == 0 or i % 5 == 0:\n        total += i\nreturn total"), lambda n: show([i for i in range(n) if i % 3 == 0 or i % 5 == 0])),
    A("distance", "arithmetic pairs", 1, "p|first:PT q|second:PT", "manhattan taxi_distance grid_distance", ("the Manhattan distance between the points `p` and `q`",), ("return abs(p[0] - q[0]) + abs(p[1] - q[1])", "dx = abs(p[0] - q[0])\ndy = abs(p[1] - q[1])\nreturn dx + dy"), lambda p, q: f"{abs(p[0] - q[0])}, {abs(p[1] - q[1])}"),
]
