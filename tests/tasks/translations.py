"""Ten HumanEval tasks solved by hand in five languages: what follows MultiPL-E's prompt, up to the function's end.

By number and name: two tasks are called `add`. OCaml has two others, since MultiPL-E writes -1 as `(~1)` there.
"""

from __future__ import annotations

LUA = {
    "53_add": "  return x + y\nend\n",
    "42_incr_list": "  local out = {}\n  for i, v in ipairs(l) do out[i] = v + 1 end\n  return out\nend\n",
    "23_strlen": "  return #string\nend\n",
    "30_get_positive": (
        "  local out = {}\n  for _, v in ipairs(l) do\n    if v > 0 then out[#out + 1] = v end\n  end\n"
        "  return out\nend\n"
    ),
    "35_max_element": "  return math.max(table.unpack(l))\nend\n",
    "60_sum_to_n": "  return n * (n + 1) // 2\nend\n",
    "13_greatest_common_divisor": "  while b ~= 0 do a, b = b, a % b end\n  return a\nend\n",
    "48_is_palindrome": "  return text == text:reverse()\nend\n",
    "28_concatenate": "  return table.concat(strings)\nend\n",
    "24_largest_divisor": "  for d = n - 1, 1, -1 do\n    if n % d == 0 then return d end\n  end\nend\n",
}
R = {
    "53_add": "  x + y\n}\n",
    "42_incr_list": "  if (length(l) == 0) NULL else l + 1\n}\n",
    "23_strlen": "  nchar(string)\n}\n",
    "30_get_positive": "  v <- l[l > 0]\n  if (length(v) == 0) NULL else v\n}\n",
    "35_max_element": "  max(unlist(l))\n}\n",
    "60_sum_to_n": "  sum(1:n)\n}\n",
    "13_greatest_common_divisor": "  while (b != 0) {\n    r <- a %% b\n    a <- b\n    b <- r\n  }\n  a\n}\n",
    "48_is_palindrome": '  text == paste(rev(strsplit(text, "")[[1]]), collapse = "")\n}\n',
    "28_concatenate": '  paste(unlist(strings), collapse = "")\n}\n',
    "24_largest_divisor": "  for (d in (n - 1):1) if (n %% d == 0) return(d)\n}\n",
}
RACKET = {
    "53_add": "  (+ x y))\n",
    "42_incr_list": "  (map add1 l))\n",
    "23_strlen": "  (string-length string))\n",
    "30_get_positive": "  (filter positive? l))\n",
    "35_max_element": "  (apply max l))\n",
    "60_sum_to_n": "  (quotient (* n (+ n 1)) 2))\n",
    "13_greatest_common_divisor": "  (gcd a b))\n",
    "48_is_palindrome": "  (equal? (string->list text) (reverse (string->list text))))\n",
    "28_concatenate": "  (string-append* strings))\n",
    "24_largest_divisor": "  (for/first ([d (in-range (- n 1) 0 -1)] #:when (zero? (remainder n d))) d))\n",
}
OCAML = {
    "53_add": " x + y\n",
    "42_incr_list": " List.map succ l\n",
    "23_strlen": " String.length string\n",
    "55_fib": "\n  let rec go a b n = if n = 0 then a else go b (a + b) (n - 1) in\n  go 0 1 n\n",
    "31_is_prime": "\n  let rec go d = d * d > n || (n mod d <> 0 && go (d + 1)) in\n  n > 1 && go 2\n",
    "60_sum_to_n": " n * (n + 1) / 2\n",
    "13_greatest_common_divisor": "\n  let rec go a b = if b = 0 then a else go b (a mod b) in\n  go a b\n",
    "48_is_palindrome": (
        "\n  let size = String.length text in\n  String.init size (fun i -> text.[size - 1 - i]) = text\n"
    ),
    "28_concatenate": ' String.concat "" strings\n',
    "24_largest_divisor": "\n  let rec go d = if n mod d = 0 then d else go (d - 1) in\n  go (n - 1)\n",
}
PERL = {
    "53_add": "    return $x + $y;\n}\n",
    "42_incr_list": "    return [ map { $_ + 1 } @$l ];\n}\n",
    "23_strlen": "    return length $string;\n}\n",
    "30_get_positive": "    return [ grep { $_ > 0 } @$l ];\n}\n",
    "35_max_element": "    my ($most) = sort { $b <=> $a } @$l;\n    return $most;\n}\n",
    "60_sum_to_n": "    return $n * ( $n + 1 ) / 2;\n}\n",
    "13_greatest_common_divisor": "    ( $a, $b ) = ( $b, $a % $b ) while $b;\n    return $a;\n}\n",
    "48_is_palindrome": "    return $text eq reverse($text) ? 1 : '';\n}\n",
    "28_concatenate": "    return join '', @$strings;\n}\n",
    "24_largest_divisor": "    for my $d ( reverse 1 .. $n - 1 ) {\n        return $d if $n % $d == 0;\n    }\n}\n",
}
COMPLETIONS = {"lua": LUA, "r": R, "racket": RACKET, "ocaml": OCAML, "perl": PERL}
# What makes each of them wrong: the empty body, closed.
NOTHING = {"lua": "end\n", "r": "}\n", "racket": "  (void))\n", "ocaml": ' failwith "no"\n', "perl": "}\n"}
