ocamlfind ocamlc -c reports.ml
ocamlfind ocamlc -package ounit2 -c suites.ml
