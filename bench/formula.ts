import { compile, evaluate } from 'mathjs';
import { parseFormula } from '../scoring/formula/formula.ts';
import { print, ratio, whole } from './figures.ts';

const text = '20*(5-floor(T1/2))/5 + 20*(25-floor(T2/10))/25 + 20*P3 + 10*P4 + 10*P5 + 20*P6';
const names = ['T1', 'T2', 'P3', 'P4', 'P5', 'P6'];
const scopes = Array.from({ length: 1000 }, (_, i) => ({
  T1: i % 11,
  T2: i % 97,
  P3: i / 1000,
  P4: 0.5,
  P5: 0.9,
  P6: 0.7,
}));

function perSecond(run: (scope: (typeof scopes)[number]) => number, seconds: number): number {
  let done = 0;
  let sum = 0;
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) {
    for (const scope of scopes) sum += run(scope);
    done += scopes.length;
  }
  if (!Number.isFinite(sum)) throw new Error('the formula gave no number');
  return (done / (performance.now() - start)) * 1000;
}

const { formula } = parseFormula(text, names);
if (!formula) throw new Error(`the formula does not parse: ${text}`);
const parsed = compile(text);
const order = formula.symbols;
const ours = perSecond(
  (scope) => formula.evaluate(order.map((name) => scope[name as keyof typeof scope])),
  2,
);
const theirs = perSecond((scope) => Number(parsed.evaluate(scope)), 2);
const plain = perSecond((scope) => Number(evaluate(text, scope)), 2);
print('formula', 'citygauge compiled, evaluations per second', whole(ours));
print('formula', 'mathjs evaluate(text, scope), evaluations per second', whole(plain));
print('formula', 'citygauge beside mathjs evaluate (at least x 100)', ratio(ours / plain));
print('formula', 'mathjs compile(text).evaluate(scope), per second', whole(theirs));
print('formula', 'citygauge beside mathjs compiled', ratio(ours / theirs));
