% Reports on descriptor 3, one line of JSON each; the nonce of the completion mark comes from descriptor 4, where
% it can be read once.
:- module(sandbox_reports, [opened/1, say/1, test/3, message/2, text//1, tagged/2]).

opened(Nonce) :-
    open('/proc/self/fd/4', read, Plan),
    read_string(Plan, "\n", "\n", _, Nonce),
    close(Plan),
    open('/proc/self/fd/3', append, _, [alias(sandbox_out), encoding(utf8), close_on_abort(false)]).

% A line is written at once, or not at all.
say(Parts) :-
    phrase(parts(Parts), Codes),
    format(sandbox_out, "~s~n", [Codes]),
    flush_output(sandbox_out).

parts([]) --> [].
parts([text(Text)|Rest]) --> !, text(Text), parts(Rest).
parts([Part|Rest]) --> { format(codes(Codes), "~w", [Part]) }, plain(Codes), parts(Rest).

test(Name, Kind, Why) :-
    say(['["test",', text(Name), ',', text(Kind), ',', text(Why), ']']).

%   The first of what can be said about a term, on one line.
message(Term, Text) :-
    format(string(Whole), "~q", [Term]),
    string_length(Whole, Length),
    Most is min(300, Length),
    sub_string(Whole, 0, Most, _, Text).

text(Text) -->
    { format(codes(Codes), "~w", [Text]) },
    "\"", escaped(Codes), "\"".

escaped([]) --> [].
escaped([C|Rest]) --> unit(C), escaped(Rest).

unit(C) --> { memberchk(C, `"\\`) }, !, "\\", [C].
unit(C) --> { C >= 32, C < 127 }, !, [C].
unit(C) --> { C < 0x10000 }, !, { format(codes(Codes), "\\u~|~`0t~16r~4+", [C]) }, plain(Codes).
unit(C) -->
    { High is 0xd800 + ((C - 0x10000) >> 10), Low is 0xdc00 + ((C - 0x10000) /\ 0x3ff) },
    unit(High), unit(Low).

plain([]) --> [].
plain([C|Rest]) --> [C], plain(Rest).

%!  tagged(+Value, -Text)
%
%   A value as the host reads it: numbers, strings, lists, true and false. An atom is another thing than a string.
tagged(Value, Text) :-
    nb_setval(sandbox_budget, 100000),
    phrase(tagged_(Value, 0), Codes),
    string_codes(Text, Codes).

tagged_(Value, _) --> { var(Value) }, !, opaque(unbound).
tagged_(_, Depth) --> { spent(Depth) }, !, opaque('too large').
tagged_(Value, _) --> { integer(Value) }, !, { format(codes(Codes), "~d", [Value]) }, plain(Codes).
tagged_(Value, _) --> { float(Value) }, !, { float_text(Value, Codes) }, plain(Codes).
tagged_(Value, _) --> { string(Value) }, !, text(Value).
tagged_(true, _) --> !, "true".
tagged_(false, _) --> !, "false".
tagged_(Value, Depth) --> { is_list(Value) }, !, { Inner is Depth + 1 }, "[", row(Value, Inner), "]".
tagged_(Value, _) --> { rational(Value, N, D) }, !,
    { format(codes(Codes), "{\"F\":[\"~16r\",\"~16r\"]}", [N, D]) }, plain(Codes).
tagged_(Value, _) --> { atom(Value) }, !, opaque(atom(Value)).
tagged_(Value, _) --> { compound(Value), compound_name_arity(Value, Name, Arity) }, !, opaque(Name/Arity).
tagged_(_, _) --> opaque(value).

spent(Depth) :-
    nb_getval(sandbox_budget, Left),
    Rest is Left - 1,
    nb_setval(sandbox_budget, Rest),
    (   Left =< 0 -> true ; Depth > 60 ).

row([], _) --> [].
row([One], Depth) --> !, tagged_(One, Depth).
row([One|Rest], Depth) --> tagged_(One, Depth), ",", row(Rest, Depth).

opaque(What) --> { format(string(Text), "~q", [What]) }, "{\"o\":", text(Text), "}".

float_text(Value, Codes) :-
    float_class(Value, Class),
    (   Class == nan -> Text = "NaN"
    ;   Class == infinite -> ( Value > 0 -> Text = "Infinity" ; Text = "-Infinity" )
    ;   format(string(Text), "~w", [Value])
    ),
    string_codes(Text, Codes).
