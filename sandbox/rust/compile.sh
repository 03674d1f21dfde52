# Compiles; where the types of the cases' empty lists were the only trouble, once more with integers in them.
rustc "$@" 2> .said && exit 0
if [ -e .cases ] && grep -q 'error\[E028[2-4]\]' .said; then
  rustc --cfg second_try "$@" 2> .again && exit 0
fi
cat .said
exit 1
