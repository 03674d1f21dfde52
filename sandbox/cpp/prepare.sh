FLAGS="-std=gnu++20 -w"
g++ $FLAGS -x c++-header all.hpp -o all.hpp.gch
for main in cases suites script; do g++ $FLAGS -include all.hpp -c $main.cpp; done
echo '#include <bits/stdc++.h>' > plain.hpp
g++ $FLAGS -dM -E -x c++ all.hpp > full.txt
g++ $FLAGS -dM -E -x c++ plain.hpp > plain.txt
python3 restore.py full.txt plain.txt > restore.hpp
rm full.txt plain.txt plain.hpp
