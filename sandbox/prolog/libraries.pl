% Compiles the libraries that programs ask for: a job reads them several times as quickly.
:- initialization(main, main).

main :-
    forall(library(Name), qcompile(library(Name))).

library(Name) :-
    member(Name,
           [ aggregate, ansi_term, apply, apply_macros, assoc, clpfd, date, dcg/basics, dcg/high_order, debug, dicts,
             error, gensym, heaps, listing, lists, main, nb_set, occurs, operators, option, ordsets, pairs, plunit,
             prolog_clause, prolog_code, prolog_source, prolog_stack, random, rbtrees, readutil, solution_sequences,
             strings, terms, ugraphs, varnumbers, yall
           ]).
