import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { buildProgram } from '../../cli/command-line.ts';
import { suiteAlertNames, suiteGroups } from '../../rules/suite.ts';

/** Of alerts whose names are those of promises: one runbook for each sort. */
const ofPromises = ['slo-page', 'slo-ticket', 'slo-absent-data', 'threshold-grade', 'threshold-no-data'];
const expected = [...suiteAlertNames, ...ofPromises];

const folder = import.meta.dirname;
const found = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -3));
const textOf = (name: string) => readFileSync(join(folder, `${name}.md`), 'utf8');

/** Runbooks that are missing, and those of no alert. */
const difference = (wanted: readonly string[], there: readonly string[]) => ({
  missing: wanted.filter((name) => !there.includes(name)),
  orphaned: there.filter((name) => !wanted.includes(name)),
});

const silent = {
  ...{ cwd: '.', environment: {}, isTerminal: false, columns: 100 },
  ...{ signal: new AbortController().signal, now: () => '', stdout: () => {}, stderr: () => {} },
};
const program = buildProgram(silent, () => {});

/** What is wrong with a command line as a runbook writes it; null when the program has such a command and options. */
function commandFault(line: string): string | null {
  const [, ...words] = line.split(' ');
  let command: Command = program;
  while (command.commands.length > 0 && words.length > 0 && !words[0]?.startsWith('-')) {
    const next = command.commands.find((each) => each.name() === words[0]);
    if (!next) return `"${words[0]}" is no command of "${command.name()}"`;
    command = next;
    words.shift();
  }
  if (command.commands.length > 0) return `"${command.name()}" wants a command below it`;
  const options = [...command.options, ...program.options];
  const operands: string[] = [];
  while (words.length > 0) {
    const [word = ''] = words.splice(0, 1);
    const option = options.find(({ long, short }) => long === word || short === word);
    if (option?.required === true) words.shift();
    else if (!option && word.startsWith('-')) return `"${command.name()}" has no option ${word}`;
    else if (!option) operands.push(word);
  }
  const wanted = command.registeredArguments.filter(({ required }) => required).map((each) => each.name());
  const missing = wanted.slice(operands.length);
  return missing.length === 0 ? null : `"${command.name()}" wants ${missing.join(', ')}`;
}

const commandsIn = (text: string) => [...text.matchAll(/`(citygauge [^`]+)`/g)].map(([, line = '']) => line);

describe('the runbooks', () => {
  it('are there for every alert, and for no other', () => {
    assert.deepEqual(difference(expected, found), { missing: [], orphaned: [] });
    assert.ok(found.length >= 20);
  });

  it('are missed when one is not there, and when an alert is gone', () => {
    assert.deepEqual(difference(['CityGaugeDown', 'CityGaugeNew'], ['CityGaugeDown', 'CityGaugeOld']), {
      missing: ['CityGaugeNew'],
      orphaned: ['CityGaugeOld'],
    });
  });

  it('say the same five things in both languages', () => {
    for (const name of found) {
      const text = textOf(name);
      assert.ok(text.startsWith(`# ${name}\n\n\``), name);
      const [, chinese = '', english = ''] = text.split(/^## (?:中文|English)$/m);
      for (const heading of ['含义', '影响', '先看', '处理', '静默']) {
        assert.match(chinese, new RegExp(`^- \\*\\*${heading}\\*\\*：.{10}`, 'mu'), `${name}: ${heading}`);
      }
      for (const heading of [
        'What it means',
        'Who is hit',
        'First look',
        'How to fix it',
        'How to silence it',
      ]) {
        assert.match(english, new RegExp(`^- \\*\\*${heading}\\*\\*: .{10}`, 'm'), `${name}: ${heading}`);
      }
    }
  });

  it('tell the urgency of their alert', () => {
    for (const rule of suiteGroups().flatMap(({ rules }) => rules)) {
      if (!('alert' in rule)) continue;
      assert.match(textOf(rule.alert), new RegExp(`^\`${rule.labels?.severity}\` · `, 'm'), rule.alert);
      assert.match(textOf(rule.alert), new RegExp(`amtool silence add alertname=${rule.alert} `));
    }
  });

  it('use commands and options that the program has', () => {
    const lines = found.flatMap((name) => commandsIn(textOf(name)).map((line) => ({ name, line })));
    assert.ok(lines.length > 60, `${lines.length} commands were looked at`);
    const faults = lines.flatMap(({ name, line }) => {
      const fault = commandFault(line);
      return fault === null ? [] : [`${name}: ${line}: ${fault}`];
    });
    assert.deepEqual(faults, []);
  });

  it('would be refused with a command that the program does not have', () => {
    assert.equal(commandFault('citygauge colect'), '"colect" is no command of "citygauge"');
    assert.equal(commandFault('citygauge quality'), '"quality" wants a command below it');
    assert.equal(commandFault('citygauge collect JOB --dryrun'), '"collect" has no option --dryrun');
    assert.equal(commandFault('citygauge threshold history --limit 5'), '"history" wants id');
    assert.equal(commandFault('citygauge threshold history ID --limit 5'), null);
    assert.equal(commandFault('citygauge collect JOB --dry-run --lang en'), null);
  });

  it('link to pages that are there', () => {
    const links = found.flatMap((name) =>
      [...textOf(name).matchAll(/\]\(([^)#]+)\)/g)].map(([, to = '']) => to),
    );
    assert.ok(links.length > 5);
    for (const link of links) assert.ok(readFileSync(join(folder, link), 'utf8').length > 0, link);
  });
});
