// Reports of node:test on descriptor 3: one line for each test that has no tests of its own, the mark when all ended.
'use strict';
const { readFileSync, writeSync, closeSync } = require('fs');
const nonce = readFileSync(4, 'utf8').trim();
closeSync(4);
const write = writeSync;
const { stringify } = JSON; // of strings only: a list would be asked for its `toJSON`, which may be the candidate's
const text = (value) => stringify(`${value}`.slice(0, 300));

module.exports = async function* report(source) {
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, details, skip, todo } = event.data;
    const error = details?.error;
    if (details?.type === 'suite') {
      if (!error || error.failureType === 'subtestsFailed') continue;
    } else if (error?.failureType === 'subtestsFailed') continue;
    const skipped = skip !== undefined || todo !== undefined;
    const cause = error?.cause ?? error;
    const wrong = cause?.code === 'ERR_ASSERTION' ? 'fail' : 'error';
    const kind = skipped ? 'skip' : event.type === 'test:pass' ? 'ok' : wrong;
    write(3, `["test",${text(name)},"${kind}",${text(cause?.message ?? cause ?? '')}]\n`);
  }
  write(3, `["done",${stringify(nonce)}]\n`);
};
