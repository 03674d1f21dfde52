% Runs a plunit suite after the candidate; says of each test by its name what came of it.
% The command line is the driver's.
:- module(sandbox_suites, []).
:- use_module(library(plunit)).
:- use_module(library(lists)).
:- use_module(reports).
:- use_module(driver).

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

main :-
    start(Nonce, Code, Suite),
    seal([lists, plunit, sandbox_driver, sandbox_suites, sandbox_reports], Before, Check, After),
    native(Code, Suite),
    (   call(Check), After == Before -> done(Nonce) ; replaced, system:halt(1) ).

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

%   What the candidate would make of the suite's own text, and of what is said while it runs.
hook(user:term_expansion(_, _)).
hook(user:term_expansion(_, _, _, _)).
hook(user:goal_expansion(_, _)).
hook(user:goal_expansion(_, _, _, _)).
hook(system:term_expansion(_, _)).
hook(system:term_expansion(_, _, _, _)).
hook(system:goal_expansion(_, _)).
hook(system:goal_expansion(_, _, _, _)).
hook(user:message_hook(_, _, _)).

hooks(Refs) :- findall(Ref, (hook(Head), catch(clause(Head, _, Ref), _, fail)), Refs).

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

:- multifile user:goal_expansion/2, user:prolog_load_file/2.
:- dynamic user:goal_expansion/2, user:prolog_load_file/2.
user:goal_expansion(Goal, true) :- sandbox_suites:left_out(Goal).
user:prolog_load_file(_:Spec, _) :- sandbox_suites:is_candidate(Spec).
