import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { words as qualityWords } from '../cli/quality-words.ts';
import { wordsIn } from '../cli/words.ts';
import { translator } from '../dashboards/web/texts.ts';
import { wordingResources } from '../reports/document/wording.ts';
import {
  languages,
  observationStates,
  provenances,
  provenanceTitles,
  stateTitles,
} from '../scoring/contract.ts';

const counts = ['read', 'new', 'changed', 'unchanged', 'faulty', 'rejected'] as const;

describe('the words of the product', () => {
  it('name every state and evidence class in both languages, each with a name of its own', () => {
    assert.deepEqual(
      Object.keys(stateTitles).slice(0, observationStates.length).sort(),
      [...observationStates].sort(),
    );
    assert.deepEqual(Object.keys(provenanceTitles).sort(), [...provenances].sort());
    for (const titles of [stateTitles, provenanceTitles])
      for (const language of languages) {
        const names = Object.values(titles).map((title) => title[language]);
        assert.equal(new Set(names).size, names.length);
        assert.ok(names.every((name) => name !== ''));
      }
  });

  it('call the outcome of an import alike on the pages and on the command line', () => {
    for (const language of languages) {
      const [word, t] = [wordsIn(language), translator(language)];
      for (const name of counts) assert.equal(t(`import.count.${name}`).toLowerCase(), word(name), name);
    }
  });

  it('call the hash of an evaluation alike on the pages and in reports', () => {
    const pages = { zh: '评估结果校验码', en: 'evaluation fingerprint' };
    for (const language of languages) {
      assert.ok(translator(language)('verdict.hash').includes(pages[language]));
      assert.ok(wordingResources[language]['cover.sha256'].toLowerCase().startsWith(pages[language]));
    }
  });

  it('call what checks look at alike on the pages, on the command line and in reports', () => {
    const [t, report] = [translator('zh'), wordingResources.zh];
    const inReports = {
      source: 'quality.source',
      check: 'quality.check',
      ratio: 'quality.ratio',
      department: 'column.department',
    } as const;
    for (const name of ['source', 'check', 'ratio', 'department'] as const) {
      assert.equal(qualityWords[name].zh, t(`quality.${name}`), name);
      assert.equal(report[inReports[name]], t(`quality.${name}`), name);
    }
    assert.equal(qualityWords.nobody.zh, t('quality.noDepartment'));
    assert.equal(report['quality.nobody'], t('quality.noDepartment'));
    assert.equal(report['security.noOwner'], t('security.unowned'));
    assert.ok(report['security.reopened'].includes(t('security.change.reopened')));
  });

  it('leave no second name for what has one', () => {
    const others =
      /实测|自动采集|有证据填报|报送附佐证|评估结果指纹|时间有误：|检核规则(?!文件)|重现|重新出现|无责任人|未明确责任/;
    for (const [key, text] of Object.entries(wordingResources.zh)) assert.doesNotMatch(text, others, key);
  });
});
