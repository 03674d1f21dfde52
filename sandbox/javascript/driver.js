// Loads the candidate, answers for each case on descriptor 3, writes the completion mark last.
// argv: mode, the candidate's file. What the candidate could replace is taken before its first line runs.
'use strict';
const fs = require('fs');
const { writeSync, readFileSync } = fs;
const exit = process.exit.bind(process);
const { stringify } = JSON;
const { isInteger, isFinite, isNaN } = Number;
const { isArray } = Array;
const { entries, getPrototypeOf, is } = Object;

const [code] = process.argv.slice(3);
const nonce = readFileSync(4, 'utf8').trim();
fs.closeSync(4);

const say = (value) => writeSync(3, value + '\n');
const leave = () => exit(0);
const text = (value) => stringify(String(value).slice(0, 300));

let budget = 0;
const row = (items, depth) => items.map((item) => tagged(item, depth + 1)).join(',');
const pairs = (items, depth) => `{"d":[${items.map((pair) => `[${row(pair, depth)}]`).join(',')}]}`;

function number(value) {
  if (isNaN(value)) return 'NaN';
  if (!isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (is(value, -0)) return '-0.0';
  return isInteger(value) ? BigInt(value).toString() : stringify(value);
}

function tagged(value, depth) {
  budget -= 1;
  if (budget < 0 || depth > 60) return '{"o":"too large"}';
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean': return value ? 'true' : 'false';
    case 'number': return number(value);
    case 'bigint': return `{"i":"${value < 0n ? '-' : ''}${(value < 0n ? -value : value).toString(16)}"}`;
    case 'string': return stringify(value);
    case 'object': break;
    default: return `{"o":"${typeof value}"}`;
  }
  if (isArray(value)) return `[${row(Array.from(value), depth)}]`;
  if (value instanceof Map) return pairs([...value], depth);
  if (value instanceof Set) return `{"s":[${row([...value], depth)}]}`;
  const prototype = getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return pairs(entries(value), depth);
  return `{"o":${text(prototype?.constructor?.name ?? 'object')}}`;
}

function names(error) {
  const own = error instanceof Error ? [error.name, 'Error', 'Exception'] : [typeof error, 'Exception'];
  return `[${own.map(text).join(',')}]`;
}

function described(error) {
  try { return text(error instanceof Error ? `${error.name}: ${error.message}` : error); } catch { return '"an error"'; }
}

// The cases are read in the candidate's own function, so that they see what it declares; modules lose their `export`.
function closures(cases) {
  const source = readFileSync(code, 'utf8').replace(/^export\s+(default\s+)?(?=(async\s+)?function|class|const|let|var)/gm, '');
  const arrows = cases.map((expression) => `() => (${expression})`).join(',\n');
  const wrap = (body) => new Function('require', 'module', 'exports', body);
  const module = { exports: {} };
  let whole;
  try {
    whole = wrap(`${source}\n;return [${arrows}];`);
  } catch (error) {
    say(`["syntax",${described(error)}]`);
    leave();
  }
  try {
    return whole(require, module, module.exports);
  } catch (error) {
    say(`["raised",${stringify(error instanceof Error ? error.name : typeof error)},${described(error)}]`);
    return leave();
  }
}

function compared() {
  const cases = readFileSync('.cases', 'utf8').split('\0');
  closures(cases).forEach((run, index) => {
    let line;
    try {
      const value = run();
      budget = 100000;
      line = `[${index},"v",${tagged(value, 0)}]`;
    } catch (error) {
      line = `[${index},"x",${names(error)},${described(error)}]`;
    }
    say(line);
  });
  say(`["done","${nonce}"]`);
  leave();
}

compared();
