(* `OUnit2` as the library has it, but for the main: results are reported by name, in the suite's own order. *)

module OUnit2 = struct
  include OUnit2

  let rec name = function
    | OUnitTest.Label label :: _ -> label
    | OUnitTest.ListItem _ :: rest -> name rest
    | [] -> "test"

  let report (path, result, _) =
    match (result : OUnitTest.result) with
    | RSuccess -> Reports.test (name path) "ok" ""
    | RFailure (why, _, _) -> Reports.test (name path) "fail" why
    | RError (why, _) -> Reports.test (name path) "error" why
    | RSkip why | RTodo why -> Reports.test (name path) "skip" why
    | RTimeout _ -> Reports.test (name path) "error" "timed out"

  let run_test_tt_main ?exit:_ suite =
    let argv = [| "test"; "-runner"; "sequential"; "-no-output-file" |] in
    let conf = OUnitConf.load ~argv ~preset:(OUnitChooser.preset (OUnitRunner.preset [])) [] in
    let _, runner = OUnitRunner.choice conf in
    let _, chooser = OUnitChooser.choice conf in
    let results = OUnitCore.run_test_tt conf OUnitLogger.null_logger runner chooser suite in
    let order = OUnitTest.test_case_paths suite in
    List.iter (fun path -> List.iter (fun ((p, _, _) as one) -> if p = path then report one) results) order;
    Reports.done_ ()
end
