"""Ten HumanEval tasks solved by hand in five languages: what follows MultiPL-E's prompt, up to the function's end."""

from __future__ import annotations

LUA = {
    "add": "  return x + y\nend\n",
    "incr_list": "  local out = {}\n  for i, v in ipairs(l) do out[i] = v + 1 end\n  return out\nend\n",
    "strlen": "  return #string\nend\n",
    "get_positive": (
        "  local out = {}\n  for _, v in ipairs(l) do\n    if v > 0 then out[#out + 1] = v end\n  end\n"
        "  return out\nend\n"
    ),
    "max_element": "  return math.max(table.unpack(l))\nend\n",
    "sum_to_n": "  return n * (n + 1) // 2\nend\n",
    "greatest_common_divisor": "  while b ~= 0 do a, b = b, a % b end\n  return a\nend\n",
    "is_palindrome": "  return text == text:reverse()\nend\n",
    "concatenate": "  return table.concat(strings)\nend\n",
    "largest_divisor": "  for d = n - 1, 1, -1 do\n    if n % d == 0 then return d end\n  end\nend\n",
}
R = {
    "add": "  x + y\n}\n",
    "incr_list": "  if (length(l) == 0) NULL else l + 1\n}\n",
    "strlen": "  nchar(string)\n}\n",
    "get_positive": "  v <- l[l > 0]\n  if (length(v) == 0) NULL else v\n}\n",
    "max_element": "  max(unlist(l))\n}\n",
    "sum_to_n": "  sum(1:n)\n}\n",
    "greatest_common_divisor": "  while (b != 0) {\n    r <- a %% b\n    a <- b\n    b <- r\n  }\n  a\n}\n",
    "is_palindrome": '  text == paste(rev(strsplit(text, "")[[1]]), collapse = "")\n}\n',
    "concatenate": '  paste(unlist(strings), collapse = "")\n}\n',
    "largest_divisor": "  for (d in (n - 1):1) if (n %% d == 0) return(d)\n}\n",
}
RACKET = {
    "add": "  (+ x y))\n",
    "incr_list": "  (map add1 l))\n",
    "strlen": "  (string-length string))\n",
    "get_positive": "  (filter positive? l))\n",
    "max_element": "  (apply max l))\n",
    "sum_to_n": "  (quotient (* n (+ n 1)) 2))\n",
    "greatest_common_divisor": "  (gcd a b))\n",
    "is_palindrome": "  (equal? (string->list text) (reverse (string->list text))))\n",
    "concatenate": "  (string-append* strings))\n",
    "largest_divisor": "  (for/first ([d (in-range (- n 1) 0 -1)] #:when (zero? (remainder n d))) d))\n",
}
OCAML = {
    "add": " x + y\n",
    "incr_list": " List.map succ l\n",
    "strlen": " String.length string\n",
    "get_positive": " List.filter (fun v -> v > 0) l\n",
    "max_element": " List.fold_left max min_int l\n",
    "sum_to_n": " n * (n + 1) / 2\n",
    "greatest_common_divisor": "\n  let rec go a b = if b = 0 then a else go b (a mod b) in\n  go a b\n",
    "is_palindrome": (
        "\n  let size = String.length text in\n  String.init size (fun i -> text.[size - 1 - i]) = text\n"
    ),
    "concatenate": ' String.concat "" strings\n',
    "largest_divisor": "\n  let rec go d = if n mod d = 0 then d else go (d - 1) in\n  go (n - 1)\n",
}
PERL = {
    "add": "    return $x + $y;\n}\n",
    "incr_list": "    return [ map { $_ + 1 } @$l ];\n}\n",
    "strlen": "    return length $string;\n}\n",
    "get_positive": "    return [ grep { $_ > 0 } @$l ];\n}\n",
    "max_element": "    my ($most) = sort { $b <=> $a } @$l;\n    return $most;\n}\n",
    "sum_to_n": "    return $n * ( $n + 1 ) / 2;\n}\n",
    "greatest_common_divisor": "    ( $a, $b ) = ( $b, $a % $b ) while $b;\n    return $a;\n}\n",
    "is_palindrome": "    return $text eq reverse($text) ? 1 : '';\n}\n",
    "concatenate": "    return join '', @$strings;\n}\n",
    "largest_divisor": "    for my $d ( reverse 1 .. $n - 1 ) {\n        return $d if $n % $d == 0;\n    }\n}\n",
}
COMPLETIONS = {"lua": LUA, "r": R, "racket": RACKET, "ocaml": OCAML, "perl": PERL}
# What makes each of them wrong: the empty body, closed.
NOTHING = {"lua": "end\n", "r": "}\n", "racket": "  (void))\n", "ocaml": ' failwith "no"\n', "perl": "}\n"}
