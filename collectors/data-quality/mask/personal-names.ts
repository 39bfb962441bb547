/**
 * Names of columns that hold personal data. Words of national identification (GB/T 35273-2020, annex A: personal
 * information) in the spellings that tables use; better one column too many masked than one too few.
 */
const chineseWords = [
  '姓名',
  '名字',
  '联系人',
  '申请人',
  '投诉人',
  '报案人',
  '反映人',
  '来电人',
  '诉求人',
  '举报人',
  '信访人',
  '来访人',
  '求助人',
  '报修人',
  '上报人',
  '反馈人',
  '经办人',
  '负责人',
  '监护人',
  '户主',
  '业主',
  '当事人',
  '法定代表人',
  '身份证',
  '证件号',
  '护照',
  '手机',
  '电话',
  '联系方式',
  '邮箱',
  '微信',
  '住址',
  '家庭地址',
  '通讯地址',
  '出生',
  '生日',
  '银行卡',
  '银行账号',
  '车牌',
  '社保号',
  '病历',
] as const;

/** Whole words of a name, split at case, digits, underscores and blanks; `street_name` is none. */
const englishWords = [
  'phone',
  'mobile',
  'tel',
  'telephone',
  'cell',
  'cellphone',
  'fax',
  'email',
  'mail',
  'wechat',
  'passport',
  'ssn',
  'idcard',
  'idno',
  'birth',
  'birthday',
  'birthdate',
  'dob',
  'surname',
  'firstname',
  'lastname',
  'fullname',
  'realname',
  'xm',
  'sfzh',
  'sfzhm',
  'sjh',
  'sjhm',
  'lxdh',
  'lxr',
  'zjhm',
  'bankcard',
  'iban',
] as const;

const englishPairs =
  /(?:^|_)(?:first|last|full|real|given|family|middle|person|customer|user|citizen|contact|applicant|complainant|petitioner|informant|owner|caller|resident|reporter)_name(?:_|$)|(?:^|_)(?:id|identity|resident|national)_(?:card|no|num|number)(?:_|$)|(?:^|_)bank_(?:card|account)|(?:^|_)home_addr|(?:^|_)card_no(?:_|$)|^(?:name|reporter|caller|applicant|complainant|petitioner|informant|contact)$/;

/** `ContactPhone2` as `contact_phone`. */
function looseWords(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^\p{L}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
}

/** Whether a column's name says that a person stands in it. */
export function looksPersonalName(column: string): boolean {
  const loose = looseWords(column);
  if (chineseWords.some((word) => loose.includes(word))) return true;
  const words = loose.split('_');
  return englishPairs.test(loose) || words.some((word) => (englishWords as readonly string[]).includes(word));
}
