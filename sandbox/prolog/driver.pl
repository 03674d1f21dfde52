% Loads the candidate, answers for each literal case, writes the completion mark last.
% The command line ends with: mode, the candidate's file, the suite's file.
:- module(sandbox_driver, [start/3, load_candidate/2, loaded/2, loading/2, broken/2, heard_of/1, sealed/2, finish/2]).
:- use_module(library(lists)).
:- use_module(library(apply)).
:- use_module(reports).

:- dynamic loading/2, broken/2.     % what is being loaded: which, its file; which could not be read, why

main :-
    start(Nonce, Code, _),
    Modules = [sandbox_driver, sandbox_reports],
    sealed(Modules, Before),
    compared(Code),
    finish(Nonce, Modules-Before).

%   What a run begins with: the completion mark's nonce, the job's files.
start(Nonce, Code, Suite) :-
    current_prolog_flag(argv, Argv),
    append(_, [_, Code, Suite], Argv),
    opened(Nonce).

%   The mark, where the modules that judge are what they were.
finish(Nonce, Modules-Before) :-
    (   sealed(Modules, Before) -> say(['["done",', text(Nonce), ']']) ; replaced ),
    halt(0).

replaced :-
    test('the framework', error, 'a predicate of it was replaced'),
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

%   What judges must be what was installed: when each of its predicates was last changed.
sealed(Modules, Marks) :-
    findall(Head-Generation, (own(Modules, Head), predicate_property(Head, last_modified_generation(Generation))), Found),
    sort(Found, Marks).

own(Modules, Module:Head) :-
    member(Module, Modules),
    predicate_property(Module:Head, defined),
    \+ predicate_property(Module:Head, imported_from(_)),
    \+ predicate_property(Module:Head, dynamic).

%   A file that defines one of them again is told of before it is done.
judges(Module) :- memberchk(Module, [plunit, sandbox_driver, sandbox_suites, sandbox_reports]).

%   --- the hook, last: it is in force from here on ---

:- multifile user:message_hook/3.
:- dynamic user:message_hook/3.
user:message_hook(redefined_procedure(_, Module:_), _, _) :- sandbox_driver:judges(Module), sandbox_driver:replaced.
user:message_hook(Term, error, _) :- sandbox_driver:heard(Term), fail.
