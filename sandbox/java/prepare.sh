# The driver, and the archive of the classes that two jobs load: one that is compared, one of tests.
HERE=$(pwd)
CLASS_PATH=$(PYTHONPATH=/sandbox python3 -c 'import harness; print(harness.CLASS_PATH)')
FLAGS=$(PYTHONPATH=/sandbox python3 -c 'import harness; print(*harness.FLAGS)')
javac -d /box/classes -cp "$CLASS_PATH" sandbox/*.java
jar --create --file driver.jar -C /box/classes sandbox
mkdir -p /box/train/candidate
cd /box/train
cp "$HERE/training/Solution.java" candidate/
cp "$HERE/training/SolutionTest.java" .
printf 'Solution.f(new ArrayList<>(List.of(1, 2)), "a")\0Solution.f(null, "b")' > .cases
for mode in compared shared; do
  echo nonce > /box/nonce
  java $FLAGS -XX:+UseSerialGC -Xshare:off -XX:DumpLoadedClassList=/box/$mode.lst -cp "$CLASS_PATH" \
    sandbox.Driver $mode candidate/Solution.java SolutionTest.java 3>/box/said 4</box/nonce
  grep -q done /box/said
done
# Numbers of classes differ between the two lists, and are only needed for classes of other loaders, which stay out.
cat /box/compared.lst /box/shared.lst | sed -e '/ source: /d' -e 's/ id: [0-9]*$//' | awk '!seen[$0]++' > /box/all.lst
java -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile=/box/all.lst -XX:SharedArchiveFile="$HERE/driver.jsa" \
  -cp "$CLASS_PATH" > /box/dumped || { tail -5 /box/dumped; exit 1; }
rm -rf /box/* /box/.[!.]*
