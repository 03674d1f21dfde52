sbcl --non-interactive --no-sysinit --no-userinit --load build.lisp
rm -rf /box/.cache driver.fasl
