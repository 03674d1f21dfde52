(* Reports on descriptor 3, one line of JSON each; the nonce of the completion mark comes from descriptor 4.
   Linked before the candidate; `OUnit2` here stands before the library's own, so that a suite's main reports. *)

let out = open_out_gen [ Open_append; Open_wronly ] 0 "/proc/self/fd/3"

let nonce =
  let plan = open_in "/proc/self/fd/4" in
  let line = input_line plan in
  close_in plan;
  line

let say line =
  output_string out line;
  output_char out '\n';
  flush out

(* Whether a string is UTF-8, which JSON must be. *)
let is_utf8 s =
  let size = String.length s in
  let follows i count =
    i + count < size
    && List.for_all (fun k -> Char.code s.[i + k] land 0xC0 = 0x80) (List.init count (fun k -> k + 1))
  in
  let rec from i =
    if i >= size then true
    else
      let c = Char.code s.[i] in
      if c < 0x80 then from (i + 1)
      else if c >= 0xC2 && c < 0xE0 && follows i 1 then from (i + 2)
      else if c >= 0xE0 && c < 0xF0 && follows i 2 then from (i + 3)
      else if c >= 0xF0 && c < 0xF5 && follows i 3 then from (i + 4)
      else false
  in
  from 0

let quoted s =
  let buffer = Buffer.create (String.length s + 2) in
  Buffer.add_char buffer '"';
  String.iter
    (fun c ->
      match c with
      | '"' -> Buffer.add_string buffer "\\\""
      | '\\' -> Buffer.add_string buffer "\\\\"
      | c when Char.code c < 32 || Char.code c = 127 -> Buffer.add_string buffer (Printf.sprintf "\\u%04x" (Char.code c))
      | c -> Buffer.add_char buffer c)
    s;
  Buffer.add_char buffer '"';
  Buffer.contents buffer

let text s =
  let s = if String.length s > 300 then String.sub s 0 300 else s in
  quoted (if is_utf8 s then s else String.map (fun c -> if Char.code c > 126 then '?' else c) s)

let done_ () = say (Printf.sprintf "[\"done\",\"%s\"]" nonce)
let test name kind why = say (Printf.sprintf "[\"test\",%s,\"%s\",%s]" (text name) kind (text why))

(* What the compiled cases say their answers in: the type comes from the case, the value from the candidate. *)
let int = string_of_int
let bool = string_of_bool
let unit () = "null"

let string s =
  if is_utf8 s then quoted s
  else
    "{\"b\":\""
    ^ String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))
    ^ "\"}"

let float f =
  if Float.is_nan f then "NaN"
  else if f = Float.infinity then "Infinity"
  else if f = Float.neg_infinity then "-Infinity"
  else
    let s = Printf.sprintf "%.17g" f in
    if String.contains s '.' || String.contains s 'e' then s else s ^ ".0"

let list item items = "[" ^ String.concat "," (List.map item items) ^ "]"
let anything _ = "{\"o\":\"value\"}"

let case index answer =
  match answer () with
  | value -> say (Printf.sprintf "[%d,\"v\",%s]" index value)
  | exception ((Out_of_memory | Stack_overflow) as e) ->
      say (Printf.sprintf "[%d,\"x\",[\"%s\",\"Exception\"],\"\"]" index (Printexc.to_string e))
  | exception e ->
      let name = Printexc.exn_slot_name e in
      say (Printf.sprintf "[%d,\"x\",[%s,\"Exception\"],%s]" index (text name) (text (Printexc.to_string e)))
