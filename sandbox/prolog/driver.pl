% Loads the candidate, answers for each literal case, writes the completion mark last.
% The command line ends with: mode, the candidate's file, the suite's file.
:- module(sandbox_driver, [start/3, load_candidate/2, loaded/2, loading/2, broken/2, heard_of/1, seal/4, done/1, replaced/0]).
:- use_module(library(lists)).
:- use_module(library(apply)).
:- use_module(reports).

:- dynamic loading/2, broken/2.     % what is being loaded: which, its file; which could not be read, why

main :-
    start(Nonce, Code, _),
    seal([lists, sandbox_driver, sandbox_reports], Before, Check, After),
    compared(Code),
    (   call(Check), After == Before -> done(Nonce) ; replaced, system:halt(1) ).

%   What a run begins with: the completion mark's nonce, the job's files.
start(Nonce, Code, Suite) :-
    current_prolog_flag(argv, Argv),
    append(_, [_, Code, Suite], Argv),
    opened(Nonce).

%   The mark, which only a main says, where the modules that judge are what they were.
done(Nonce) :-
    say(['["done",', text(Nonce), ']']),
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

%   What judges must be what was installed: when each of its predicates was last changed, and which of them and of the
%   system's own are wrapped. Check is a goal of the system's predicates alone, and finds After: a main holds it in a
%   local variable, since a predicate that checked could be another by then.
seal(Modules, Before, Check, After) :-
    Defined = (
        '$member'(M, Modules),
        system:predicate_property(M:H, defined),
        \+ system:predicate_property(M:H, imported_from(_)),
        \+ system:predicate_property(M:H, dynamic),
        system:functor(H, N, A)
    ),
    Each = (   Defined, system:predicate_property(M:H, last_modified_generation(G)), Mark = changed(M, N, A, G)
           ;   Defined, system:'$wrapped_predicate'(M:H, _), Mark = wrapped(M, N, A)
           ;   system:current_predicate(_, system:H), system:'$wrapped_predicate'(system:H, _), system:functor(H, N, A),
               Mark = wrapped(system, N, A)
           ),
    Whole = (system:findall(Mark, Each, Found), system:sort(Found, Marks)),
    copy_term(Whole-Marks, First-Before),
    copy_term(Whole-Marks, Check-After),
    call(First).

%   A file that defines one of them again is told of before it is done.
judges(Module) :- memberchk(Module, [plunit, sandbox_driver, sandbox_suites, sandbox_reports]).

%   --- the hook, last: it is in force from here on ---

:- multifile user:message_hook/3.
:- dynamic user:message_hook/3.
user:message_hook(redefined_procedure(_, Module:_), _, _) :- sandbox_driver:judges(Module), sandbox_driver:replaced.
user:message_hook(Term, error, _) :- sandbox_driver:heard(Term), fail.
