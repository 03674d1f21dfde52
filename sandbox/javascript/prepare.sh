echo ';' > /box/empty.js
node --max-semi-space-size=2 --snapshot-blob start.blob --build-snapshot /box/empty.js
rm /box/empty.js
