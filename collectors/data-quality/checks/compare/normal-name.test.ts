import assert from 'node:assert/strict';
import { normalName } from './normal-name.ts';

describe('name as it is compared', () => {
  it('leaves out case, width, blanks and punctuation', () => {
    assert.equal(normalName(' Ｈｕａ－Ｘｉｎｇ  Parks '), 'huaxingparks');
    assert.equal(normalName('华兴（上海）物业'), '华兴上海物业');
  });

  it('leaves out the legal form at the end', () => {
    assert.equal(normalName('华兴物业有限责任公司'), '华兴物业');
    assert.equal(normalName('华兴物业有限公司'), '华兴物业');
    assert.equal(normalName('Hua Xing Co., Ltd.'), 'huaxing');
    assert.equal(normalName('Hua Xing, Inc'), 'huaxing');
  });

  it('keeps a name that is nothing but a legal form, or only ends in its letters', () => {
    assert.equal(normalName('有限公司'), '有限公司');
    assert.equal(normalName('Limited'), 'limited');
    assert.equal(normalName('Bluecorp'), 'bluecorp');
  });

  it('is empty for punctuation alone', () => {
    assert.equal(normalName(' -- '), '');
  });
});
