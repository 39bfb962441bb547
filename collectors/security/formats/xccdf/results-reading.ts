import { reportLimits } from '../../reading/limits.ts';
import { tooManyEntries } from '../../reading/report-draft.ts';
import type { XmlHandler, XmlTag } from '../../reading/xml-stream.ts';
import type { RuleResult, RuleText, TestResult } from './results.ts';

const namespace = /^http:\/\/checklists\.nist\.gov\/xccdf\/1\.[12]$/;
const textual = new Set(['target', 'target-address', 'fact', 'title', 'result', 'instance']);
const namingFacts = /:(?:fqdn|host_name|ipv4|ipv6)$/;

/** Gathers test results and the texts of rules from XCCDF alone or within a collection (ARF, data stream). */
export class ResultsReading implements XmlHandler {
  readonly results: TestResult[] = [];
  readonly rules = new Map<string, RuleText>();
  readonly #fileName: string;
  readonly #path: XmlTag[] = [];
  #test: TestResult | null = null;
  #ruleResult: RuleResult | null = null;
  #rule: RuleText | null = null;
  #entries = 0;

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  open(tag: XmlTag): boolean {
    const parent = this.#path.at(-1)?.name;
    this.#path.push(tag);
    if (!namespace.test(tag.uri)) return false;
    const { name, attributes, line } = tag;
    if (name === 'Rule') this.#openRule(attributes);
    else if (name === 'TestResult') this.#openTest(tag);
    else if (name === 'rule-result' && this.#test) {
      this.#count();
      this.#ruleResult = {
        line,
        rule: attributes.get('idref') ?? '',
        severity: attributes.get('severity') ?? null,
        result: '',
        instances: [],
      };
      this.#test.ruleResults.push(this.#ruleResult);
    } else if (name === 'profile' && parent === 'TestResult' && this.#test)
      this.#test.profile = attributes.get('idref') ?? null;
    if (!textual.has(name)) return false;
    return this.#test !== null || (name === 'title' && parent === 'Rule');
  }

  close(tag: XmlTag, text: string | null): void {
    this.#path.pop();
    if (!namespace.test(tag.uri)) return;
    const parent = this.#path.at(-1)?.name;
    if (tag.name === 'Rule') this.#rule = null;
    else if (tag.name === 'TestResult') this.#test = null;
    else if (tag.name === 'rule-result') this.#ruleResult = null;
    else if (text !== null) this.#take({ tag, parent, text: text.trim() });
  }

  #take(given: { readonly tag: XmlTag; readonly parent: string | undefined; readonly text: string }): void {
    const { tag, parent, text } = given;
    const { name } = tag;
    if (name === 'title' && parent === 'Rule' && this.#rule) this.#rule.title ??= text;
    if (parent === 'rule-result' && this.#ruleResult) {
      if (name === 'result') this.#ruleResult.result = text;
      if (name === 'instance') {
        this.#count();
        this.#ruleResult.instances.push(text);
      }
    }
    if (!this.#test) return;
    if (name === 'target' && parent === 'TestResult') this.#test.target ??= text;
    const isName = name === 'target-address' || namingFacts.test(tag.attributes.get('name') ?? '');
    if (isName && this.#test.names.length < reportLimits.aliases) this.#test.names.push(text);
  }

  #openRule(attributes: XmlTag['attributes']): void {
    this.#count();
    this.#rule = { severity: attributes.get('severity') ?? null, title: null };
    const id = attributes.get('id');
    if (id !== undefined) this.rules.set(id, this.#rule);
  }

  #openTest({ attributes, line }: XmlTag): void {
    this.#test = {
      line,
      testSystem: attributes.get('test-system') ?? null,
      endTime: attributes.get('end-time') ?? null,
      ...{ target: null, profile: null, names: [], ruleResults: [] },
    };
    this.results.push(this.#test);
  }

  #count(): void {
    this.#entries += 1;
    if (this.#entries > reportLimits.entries) throw tooManyEntries(this.#fileName);
  }
}
