# Compiled as a job's own modules are, so that a job finds them done; and the names that a candidate's modules cannot have.
ghc --make -v0 -w -O0 -dynamic -iown own/SandboxReports.hs own/Test/Hspec.hs own/Test/Hspec/Runner.hs
ghc-pkg dump --no-user-package-db | sed -n '/^exposed-modules:/,/^[a-z-]*dirs:/p' | tr -s ' ,' '\n' | grep '^[A-Z]' | sort -u > modules
test -s modules
