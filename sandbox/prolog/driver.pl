% Loads the candidate, answers for each case, writes the completion mark last.
% The command line ends with: mode, the candidate's file, the suite's file.
:- module(sandbox_driver, [main/0]).
:- use_module(library(plunit)).
:- use_module(library(lists)).
:- use_module(library(apply)).
:- use_module(reports).

:- dynamic loading/2, broken/2.     % what is being loaded: which, its file; which could not be read, why

main :-
    set_prolog_flag(autoload, true),            % a saved state has it off, and takes no limit from its command line
    set_prolog_flag(stack_limit, 200 000 000),
    current_prolog_flag(argv, Argv),
    append(_, [Mode, Code, Suite], Argv),
    opened(Nonce),
    sealed(Before),
    (   Mode == compared -> compared(Code) ; native(Code, Suite) ),
    (   sealed(Before) -> say(['["done",', text(Nonce), ']'])
    ;   test('the framework', error, 'a predicate of it was replaced')
    ),
    halt(0).

%   --- the candidate ---

%   A file goes on after an error in it: what cannot be read is only said, and is heard here.
heard(error(syntax_error(What), _)) :- !, heard_of(syntax(What)).
heard(Term) :- loading(suite, _), heard_of(Term).

heard_of(What) :-
    loading(Which, _),
    (   broken(Which, _) -> true ; assertz(broken(Which, What)) ).

loaded(Which, Name) :-
    absolute_file_name(Name, File),
    setup_call_cleanup(asserta(loading(Which, File), Ref), load_files(user:File, []), erase(Ref)).

load_candidate(Code, Module) :-
    catch(loaded(candidate, Code), Error, fault(raised, Error)),
    (   broken(candidate, syntax(What)) -> fault(syntax, What) ; true ),
    absolute_file_name(Code, File),
    (   module_property(Module, file(File)) -> true ; Module = user ).

fault(syntax, What) :-
    message(What, Text),
    say(['["syntax",', text(Text), ']']),
    halt(0).
fault(raised, Error) :-
    kind(Error, Kind),
    message(Error, Text),
    say(['["raised",', text(Kind), ',', text(Text), ']']),
    halt(0).

kind(error(Formal, _), Kind) :- compound(Formal), !, compound_name_arity(Formal, Kind, _).
kind(error(Kind, _), Kind) :- atom(Kind), !.
kind(Term, Kind) :- compound(Term), !, compound_name_arity(Term, Kind, _).
kind(Term, Term).

%   --- literal cases ---

compared(Code) :-
    load_candidate(Code, Module),
    open('.cases', read, In, [encoding(utf8)]),
    read_string(In, _, Text),
    close(In),
    split_string(Text, "\x0\", "", Expressions),
    forall(nth0(Index, Expressions, Expression), answer(Index, Expression, Module)).

answer(Index, Expression, Module) :-
    (   catch(result(Expression, Module, Result), Error, true)
    ->  (   var(Error)
        ->  tagged(Result, Text),
            say(['[', Index, ',"v",', Text, ']'])
        ;   kind(Error, Kind),
            message(Error, Text),
            say(['[', Index, ',"x",[', text(Kind), ',"Exception"],', text(Text), ']'])
        )
    ;   say(['[', Index, ',"v",{"o":"no answer"}]'])
    ).

%   The first answer of a goal: what its last argument is bound to.
result(Expression, Module, Result) :-
    string_concat(Expression, " .", Source),
    setup_call_cleanup(
        open_string(Source, In),
        read_term(In, Goal, [double_quotes(string), module(sandbox_driver)]),
        close(In)),
    functor(Goal, _, Arity),
    arg(Arity, Goal, Result),
    once(Module:Goal).

%   --- native suites ---

%   The suite says how it is to be run; it is run here, once, and to its end.
left_out(Goal) :-
    nonvar(Goal),
    memberchk(Goal, [halt, halt(_), run_tests, run_tests(_), plunit:run_tests, plunit:run_tests(_)]),
    loading(suite, File),
    prolog_load_context(source, File).

%   The candidate is loaded once, also where the suite asks for it again.
is_candidate(Spec) :-
    loading(suite, _),
    candidate(File),
    catch(absolute_file_name(Spec, File, [file_type(prolog), access(read), file_errors(fail)]), _, fail).

:- dynamic candidate/1.

native(Code, Suite) :-
    hooks(Hooks),
    load_candidate(Code, _),
    absolute_file_name(Code, File),
    assertz(candidate(File)),
    forall((hook(Head), clause(Head, _, Ref), \+ memberchk(Ref, Hooks)), erase(Ref)),
    catch(loaded(suite, Suite), Error, heard_of(Error)),
    (   broken(suite, What) -> message(What, Text), test('the file', error, Text) ; true ),
    (   catch(run_tests, _, true) -> true ; true ),
    forall(plunit:current_test(Unit, Name, Line, _, _), report(Unit, Name, Line)).

%   What the candidate would make of the suite's own text.
hook(user:term_expansion(_, _)).
hook(user:term_expansion(_, _, _, _)).
hook(user:goal_expansion(_, _)).
hook(user:goal_expansion(_, _, _, _)).
hook(system:term_expansion(_, _)).
hook(system:term_expansion(_, _, _, _)).
hook(system:goal_expansion(_, _)).
hook(system:goal_expansion(_, _, _, _)).

hooks(Refs) :- findall(Ref, (hook(Head), catch(clause(Head, _, Ref), _, fail)), Refs).

%   What judges must be what was installed: when each of its predicates was last changed.
sealed(Marks) :-
    findall(Head-Generation, (own(Head), predicate_property(Head, last_modified_generation(Generation))), Found),
    sort(Found, Marks).

own(Module:Head) :-
    member(Module, [plunit, sandbox_driver, sandbox_reports]),
    predicate_property(Module:Head, defined),
    \+ predicate_property(Module:Head, imported_from(_)),
    \+ predicate_property(Module:Head, dynamic).

report(Unit, Name, Line) :-
    findall(Kind-Why, outcome(Unit, Name, Line, Kind, Why), Found),
    (   member(Kind, [error, fail, skip, ok]), memberchk(Kind-Why, Found) -> true
    ;   Kind = skip, Why = 'it was not run'
    ),
    test(Name, Kind, Why).

outcome(Unit, Name, Line, ok, '') :- plunit:passed(Unit, Named, Line, _, _), same(Name, Named).
outcome(Unit, Name, Line, Kind, Why) :-
    plunit:failed(Unit, Named, Line, How),
    same(Name, Named),
    ( expected(How) -> Kind = fail ; Kind = error ),
    message(How, Why).
outcome(Unit, Name, Line, fail, Why) :-
    plunit:failed_assertion(Unit, Named, Line, _, _, _, Goal),
    same(Name, Named),
    message(Goal, Why).
outcome(Unit, Name, Line, skip, Why) :- plunit:blocked(Unit, Named, Line, Reason), same(Name, Named), message(Reason, Why).
outcome(Unit, Name, Line, skip, Why) :- plunit:fixme(Unit, Named, Line, Reason, _), same(Name, Named), message(Reason, Why).

%   A test that is run for each of some values has them beside its name.
same(Name, Name).
same(Name, @(Name, _)).

%   How a test fails that has not raised.
expected(How) :- memberchk(How, [succeeded, succeeded(_), failed, no_exception, assertion, wrong_answer(_)]), !.
expected(wrong_answer(_, _)).
expected(wrong_error(_, _)).

%   --- hooks, last: they are in force from here on ---

:- multifile user:message_hook/3, user:goal_expansion/2, user:prolog_load_file/2.
:- dynamic user:message_hook/3, user:goal_expansion/2, user:prolog_load_file/2.
user:message_hook(Term, error, _) :- sandbox_driver:heard(Term), fail.
user:goal_expansion(Goal, true) :- sandbox_driver:left_out(Goal).
user:prolog_load_file(_:Spec, _) :- sandbox_driver:is_candidate(Spec).

%   --- the saved state ---

save(File) :-
    qsave_program(File, [goal(sandbox_driver:main), toplevel(halt(1)), init_file(none), stand_alone(false), foreign(no_save)]).
