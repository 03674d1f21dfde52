echo ';' > /box/empty.js
node --max-semi-space-size=2 --snapshot-blob start.blob --build-snapshot /box/empty.js
rm /box/empty.js
# Node refuses a snapshot that was made on a CPU with other features.
grep -m1 -E '^(flags|Features)' /proc/cpuinfo > start.cpu || true
